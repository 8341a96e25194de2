/** What one request through the gate has at hand. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '../../platform/caller.ts'
import type { GateHost } from '../gate.ts'
import type { Room } from '../http-bodies.ts'
import type { Forwarder } from '../http-forward.ts'
import type { AgentCards, KnownCard } from './agent-cards.ts'
import type { CardPins } from './card-pins.ts'
import type { AgentInterface } from './card-reading.ts'
import type { Echoes } from './echoes.ts'

export const GATE = 'a2a'

/** What all exchanges have in common. */
export interface Shared {
  readonly host: GateHost
  readonly forwarder: Forwarder
  readonly room: Room
  readonly cards: AgentCards
  readonly pins: CardPins
  readonly echoes: Echoes
  /** Agents that each caller's session was told about, and handed something to. */
  readonly introduced: WeakMap<Caller, Set<string>>
}

export interface Exchange extends Shared {
  /** Of the agent. */
  readonly name: string
  readonly known: KnownCard
  readonly caller: Caller
  readonly at: AgentInterface
  /** What follows the address of the interface. */
  readonly path: string
  readonly question: string
  /** Where clients find the agent at the gate. */
  readonly base: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** By which name policies know an agent. */
export function serverOf(name: string): string {
  return `a2a:${name}`
}

/** The keys that a JSON pointer names. */
export function segments(pointer: string): readonly string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

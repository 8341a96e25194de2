/** What an agent's card says, as far as it matters here: what is pinned of it, where its messages go, and what a client is shown. */
import type { Json, JsonObject, ToolDefinition } from '@assize/kernel'
import { listOf, objectOf, textOf } from '../mcp-protocol.ts'

/** A place that takes messages of an agent. */
export interface AgentInterface {
  readonly binding: 'rpc' | 'rest'
  readonly url: URL
  /** The interface as its card has it. */
  readonly given: JsonObject
}

const MOST_INTERFACES = 20
const BINDINGS: ReadonlyMap<string, AgentInterface['binding']> = new Map([
  ['JSONRPC', 'rpc'],
  ['HTTP+JSON', 'rest'],
])

/** Both versions of the protocol say it differently; a card may do both. */
function givenIn(card: JsonObject): readonly JsonObject[] {
  const main = textOf(card['url'])
  const given: readonly JsonObject[] = [
    ...listOf(card['supportedInterfaces']).map(objectOf),
    ...(main === undefined ? [] : [{ url: main, transport: textOf(card['preferredTransport']) ?? 'JSONRPC' }]),
    ...listOf(card['additionalInterfaces']).map(objectOf),
  ]
  return given.slice(0, MOST_INTERFACES)
}

function bindingOf(given: JsonObject): string {
  return textOf(given['protocolBinding']) ?? textOf(given['transport']) ?? ''
}

/** Whether a card names an address of the binding that cannot be held here. */
export function offersGrpc(card: JsonObject): boolean {
  return givenIn(card).some((one) => bindingOf(one).toUpperCase() === 'GRPC')
}

export function interfacesOf(card: JsonObject, allowed: (url: URL) => boolean): readonly AgentInterface[] {
  return givenIn(card).flatMap((one) => {
    const binding = BINDINGS.get(bindingOf(one))
    const address = textOf(one['url']) ?? ''
    if (binding === undefined || !URL.canParse(address)) return []
    const url = new URL(address)
    return /^https?:$/.test(url.protocol) && allowed(url) ? [{ binding, url, given: one }] : []
  })
}

/** Members that say what the agent is and does; others, such as its version, may change without a person being asked. */
const PINNED = ['name', 'provider', 'skills', 'supportedInterfaces', 'url', 'additionalInterfaces', 'securitySchemes', 'capabilities']

/** The card as the kernel pins it: as the definition of the one tool that hands a task to the agent. */
export function definitionOf(card: JsonObject): ToolDefinition {
  const description = textOf(card['description'])
  const schema = Object.fromEntries(PINNED.flatMap((name) => (card[name] === undefined ? [] : [[name, card[name] as Json]])))
  return { name: SEND, ...(description === undefined ? {} : { description }), inputSchema: schema }
}

/** The tool that hands a task on. */
export const SEND = 'message/send'

/** Members that hold addresses, as written by both versions and by either spelling of their fields. */
const ADDRESSES = new Set(['supportedinterfaces', 'additionalinterfaces', 'url', 'preferredtransport', 'signatures'])

/**
 * The card that a client gets: its messages go to the gate. Its signatures no longer fit then and are left out; they were checked
 * here, where there are keys for that.
 */
export function cardAtGate(card: JsonObject, interfaces: readonly AgentInterface[], at: (index: number) => string): JsonObject {
  const kept = Object.entries(card).filter(([name]) => !ADDRESSES.has(name.toLowerCase().replaceAll('_', '')))
  const placed = interfaces.map(({ given }, index): JsonObject => ({ ...given, url: at(index) }))
  const modern = placed.filter((one) => one['protocolBinding'] !== undefined)
  const older = placed.filter((one) => one['protocolBinding'] === undefined)
  const [main, ...more] = older
  return {
    ...Object.fromEntries(kept),
    ...(modern.length === 0 ? {} : { supportedInterfaces: modern }),
    ...(main === undefined ? {} : { url: main['url'] as Json, preferredTransport: main['transport'] as Json }),
    ...(more.length === 0 ? {} : { additionalInterfaces: more }),
  }
}

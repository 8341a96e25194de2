/** Which messages belong together: an application's process, a server, and where the protocol has one, their session. */
import type { Caller } from '../../platform/caller.ts'
import type { GateHost } from '../gate.ts'
import { McpConversation } from '../mcp-conversation.ts'
import { Offers } from '../mcp-offers.ts'

export const GATE = 'mcp-http'
const MOST_SESSIONS = 2000
const MOST_OFFERS = 500

export class Conversations {
  private readonly host: GateHost
  /** Oldest use first, both. */
  private readonly sessions = new Map<string, McpConversation>()
  private readonly offers = new Map<string, Offers>()
  private calls = 0

  constructor(host: GateHost) {
    this.host = host
  }

  /** One for a single request and its answer, where nothing says that more belongs to it. */
  passing(caller: Caller, server: string): McpConversation {
    const offers = recalled(this.offers, `${placeOf(caller)} ${server}`, MOST_OFFERS, () => new Offers())
    const callId = () => `${GATE}-${(this.calls += 1)}`
    return new McpConversation({ gate: GATE, server, caller, offers, callId }, this.host)
  }

  /** The one that this id stands for, which server or client may give at any time. */
  session(caller: Caller, server: string, id: string): McpConversation {
    return recalled(this.sessions, keyOf(caller, server, id), MOST_SESSIONS, () => this.passing(caller, server))
  }

  end(caller: Caller, server: string, id: string): void {
    this.sessions.delete(keyOf(caller, server, id))
  }
}

function keyOf(caller: Caller, server: string, id: string): string {
  return `${placeOf(caller)} ${server} ${id}`
}

function placeOf({ ancestry, user }: Caller): string {
  const process = ancestry[1]
  return process === undefined ? user : `${process.pid} ${process.started}`
}

function recalled<Value>(map: Map<string, Value>, key: string, most: number, make: () => Value): Value {
  const found = map.get(key) ?? make()
  map.delete(key)
  map.set(key, found)
  if (map.size > most) {
    const oldest = map.keys().next()
    if (!oldest.done) map.delete(oldest.value)
  }
  return found
}

/** One client and the server that was started for it: every message of the server finds the request that it belongs to. */
import type { Json, JsonObject } from '@assize/kernel'
import { scan } from '../../../platform/json-scan.ts'
import { splice, type Splice } from '../../json-splice.ts'
import { errorReply, objectOf } from '../../mcp-protocol.ts'
import { messageFrom } from '../messages.ts'
import { HeaderNames } from '../mirrored-headers.ts'
import type { Reply } from './reply.ts'

/** A server behind the gate, as a listener needs it. */
export interface ServerBehindGate {
  readonly full: boolean
  take(line: Buffer): void
  resume(): void
  close(): void
}

export interface Asked {
  /** As written. */
  readonly id: string
  readonly method: string
  readonly line: Buffer
  /** The protocol without sessions: ids of one process may meet, errors have a status, and who hangs up takes the request back. */
  readonly stateless: boolean
}

interface Pending {
  readonly reply: Reply
  readonly asked: Omit<Asked, 'line'>
  /** Token by which the server tells how far it is, as the client wrote it. */
  readonly token: Json | undefined
}

const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId'
const SERVER_GONE = -32000
const STATUS: Readonly<Record<number, number>> = { [-32601]: 404, [-32602]: 400, [-32020]: 400, [-32021]: 400, [-32022]: 400 }
/** Messages kept for a stream that is not open yet, and their bytes together. */
const [MOST_KEPT, MOST_KEPT_BYTES] = [256, 1024 * 1024]
/** Requests that wait for the server at once. */
const MOST_PENDING = 1000
/** Messages that are about no request. */
const GENERAL = /^notifications\/(?:[\w/]+\/list_changed|resources\/updated)$/

export class ClientServer {
  readonly names = new HeaderNames()
  server: ServerBehindGate | undefined
  /** When it was last heard of, milliseconds of a monotonic clock. */
  used = performance.now()
  private readonly pending = new Map<string, Pending>()
  private readonly kept: Buffer[] = []
  private keptBytes = 0
  private general: Reply | undefined
  private renumbered = 0

  /** Nobody waits for anything: who hung up in a session does not, though its server may still be at work. */
  get idle(): boolean {
    return this.general === undefined && [...this.pending.values()].every(({ reply }) => reply.gone)
  }

  get full(): boolean {
    if (this.pending.size >= MOST_PENDING) this.forgetGone()
    return this.pending.size >= MOST_PENDING || (this.server?.full ?? false)
  }

  /** A message that wants no answer. */
  tell(line: Buffer): void {
    this.used = performance.now()
    this.server?.take(line)
  }

  /** False: a request of the same id is open, and the protocol does not allow that. */
  ask(asked: Asked, reply: Reply): boolean {
    this.used = performance.now()
    const taken = this.pending.has(asked.id)
    if (taken && !asked.stateless) return false
    const token = tokenOf(asked.line)
    const id = taken ? JSON.stringify(`assize-${(this.renumbered += 1)}`) : asked.id
    const { line, ...kept } = asked
    this.pending.set(id, { reply, asked: kept, token })
    reply.onDrain(() => this.hungUp(id, reply))
    this.server?.take(taken ? (renamed(line, id, token) ?? line) : line)
    return true
  }

  /** The stream for what is about no request. False: there is one already. */
  listen(reply: Reply): boolean {
    this.used = performance.now()
    if (this.general !== undefined && !this.general.gone) return false
    this.general = reply
    reply.begin()
    for (const line of this.kept.splice(0)) reply.send(line)
    this.keptBytes = 0
    return true
  }

  /** The client of that stream hung up. */
  deaf(reply: Reply): void {
    if (this.general === reply) this.general = undefined
    this.used = performance.now()
  }

  /** A message of the server. False: no more for now. */
  heard(line: Buffer): boolean {
    const { id, method } = scan(line)
    if (method !== undefined) return this.said(line, method)
    const pending = id === undefined ? undefined : this.pending.get(id)
    if (id === undefined || pending === undefined) return true
    this.pending.delete(id)
    this.used = performance.now()
    const { asked, reply } = pending
    if (asked.method === 'tools/list') this.names.learn(messageFrom(line).result)
    const own = id === asked.id ? line : (splice(line, [{ path: ['id'], value: asked.id, raw: true }]) ?? line)
    reply.finish(own, asked.stateless ? statusOf(line) : 200)
    return true
  }

  /** The server is gone: nobody waits for it any more. */
  end(): void {
    this.server = undefined
    for (const { asked, reply } of this.pending.values()) {
      const next = asked.stateless ? 'The next request starts it again.' : 'Its session is over: begin another with `initialize`.'
      reply.finish(errorReply(asked.id, SERVER_GONE, `The MCP server ended before it answered. ${next}`), 502)
    }
    this.pending.clear()
    this.general?.end()
    this.general = undefined
  }

  private said(line: Buffer, method: string): boolean {
    const message = objectOf(parsed(line))
    const [to, own] = this.placeOf(line, objectOf(message['params']))
    const stream = to ?? (GENERAL.test(method) ? (this.general ?? this.newest()) : (this.newest() ?? this.general))
    if (stream === undefined) {
      this.keep(line)
      return true
    }
    if (stream.send(own)) return true
    stream.onDrain(() => this.server?.resume())
    return false
  }

  private keep(line: Buffer): void {
    if (this.kept.length >= MOST_KEPT || this.keptBytes + line.length > MOST_KEPT_BYTES) return
    this.keptBytes += line.length
    this.kept.push(Buffer.from(line))
  }

  /** Their answers find nobody. */
  private forgetGone(): void {
    for (const [id, { reply }] of this.pending) if (reply.gone) this.pending.delete(id)
  }

  /** The stream of the request that a message says it is about, and the message as that client knows itself. */
  private placeOf(line: Buffer, params: JsonObject): readonly [Reply | undefined, Buffer] {
    const subscription = objectOf(params['_meta'])[SUBSCRIPTION]
    const subscribed = subscription === undefined ? undefined : this.pending.get(JSON.stringify(subscription))
    if (subscribed !== undefined) {
      const named = { path: ['params', '_meta', SUBSCRIPTION], value: subscribed.asked.id, raw: true } as const
      return [subscribed.reply, JSON.stringify(subscription) === subscribed.asked.id ? line : (splice(line, [named]) ?? line)]
    }
    const token = params['progressToken']
    if (token === undefined) return [undefined, line]
    const renumbered = this.pending.get(JSON.stringify(token))
    if (renumbered !== undefined && renumbered.asked.id !== JSON.stringify(token)) {
      const own = splice(line, [{ path: ['params', 'progressToken'], value: JSON.stringify(renumbered.token ?? null), raw: true }])
      return [renumbered.reply, own ?? line]
    }
    return [[...this.pending.values()].find((pending) => pending.token === token && pending.reply.open)?.reply, line]
  }

  private newest(): Reply | undefined {
    return [...this.pending.values()].findLast(({ reply }) => reply.open)?.reply
  }

  private hungUp(id: string, reply: Reply): void {
    const pending = this.pending.get(id)
    if (pending?.reply !== reply || !reply.gone || !pending.asked.stateless) return
    this.pending.delete(id)
    const params = `{"requestId":${id},"reason":"the client hung up"}`
    this.server?.take(Buffer.from(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":${params}}\n`))
  }
}

function tokenOf(line: Buffer): Json | undefined {
  if (!line.includes('progressToken')) return undefined
  return objectOf(objectOf(objectOf(parsed(line))['params'])['_meta'])['progressToken']
}

/** The request under another id, by which the server also tells how far it is. */
function renamed(line: Buffer, id: string, token: Json | undefined): Buffer | undefined {
  const changes: Splice[] = [{ path: ['id'], value: id, raw: true }]
  if (token !== undefined) changes.push({ path: ['params', '_meta', 'progressToken'], value: id, raw: true })
  return splice(line, changes)
}

function statusOf(line: Buffer): number {
  const code = objectOf(objectOf(parsed(line))['error'])['code']
  return typeof code === 'number' ? (STATUS[code] ?? 200) : 200
}

function parsed(line: Buffer): Json {
  try {
    return JSON.parse(line.toString('utf8')) as Json
  } catch {
    return null
  }
}

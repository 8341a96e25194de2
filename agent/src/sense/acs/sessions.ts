/** What the guardian keeps of each session of its clients: what was negotiated, what it saw, and the head of its chain. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '@assize/kernel'
import type { AcsEnvelope } from './envelope.ts'

const MOST_SESSIONS = 2000
const MOST_SEEN = 20_000
const MOST_OPEN_CALLS = 1000

/** A decision whose call has not reported back. */
export interface OpenCall {
  readonly decision: string
  readonly tool: string
  readonly args: AcsArguments
  /** Milliseconds since 1970. */
  readonly since: number
}
export type AcsArguments = Readonly<Record<string, import('@assize/kernel').Json>>

/** The session that a sub-agent's belongs to, and the agents between, outermost first. */
export interface Ancestry {
  readonly root: string
  readonly chain: readonly string[]
}

export class AcsSession {
  readonly id: string
  readonly methods: ReadonlySet<string>
  readonly ancestry: Ancestry
  private readonly seen = new Map<string, number>()
  private readonly calls = new Map<string, OpenCall>()
  private head: string | undefined

  constructor(id: string, methods: Iterable<string>, ancestry: Ancestry) {
    this.id = id
    this.methods = new Set(methods)
    this.ancestry = ancestry
  }

  /** False when the id was used before. Ids older than the window are forgotten: their time stamp refuses them. */
  first(requestId: string, now: number, windowMs: number): boolean {
    if (this.seen.has(requestId)) return false
    if (this.seen.size >= MOST_SEEN) for (const [id, at] of this.seen) if (at < now - 2 * windowMs) this.seen.delete(id)
    // Still full: more in one window than anybody asks.
    if (this.seen.size >= MOST_SEEN) return false
    this.seen.set(requestId, now)
    return true
  }

  /** Takes a step into the chain and gives its new head. */
  append({ method, params }: AcsEnvelope): string {
    const { signature: _, ...request } = params
    const entry = {
      entry_id: params.request_id,
      step_id: params.request_id,
      step_type: method,
      timestamp: params.timestamp,
      request_hash: createHash('sha256').update(canonicalJson(request)).digest('hex'),
    }
    const hash = createHash('sha256').update(canonicalJson(entry))
    if (this.head !== undefined) hash.update(Buffer.from(this.head, 'hex'))
    this.head = hash.digest('hex')
    return this.head
  }

  opened(requestId: string, call: OpenCall): void {
    if (this.calls.size >= MOST_OPEN_CALLS) this.calls.delete(this.calls.keys().next().value ?? '')
    this.calls.set(requestId, call)
  }

  closed(requestId: string | undefined): OpenCall | undefined {
    const call = requestId === undefined ? undefined : this.calls.get(requestId)
    if (requestId !== undefined) this.calls.delete(requestId)
    return call
  }
}

export class AcsSessions {
  /** Oldest use first. */
  private readonly byId = new Map<string, AcsSession>()
  private readonly ancestries = new Map<string, Ancestry>()

  begin(id: string, methods: Iterable<string>): AcsSession {
    const session = new AcsSession(id, methods, this.ancestries.get(id) ?? { root: id, chain: [] })
    this.byId.delete(id)
    if (this.byId.size >= MOST_SESSIONS) this.byId.delete(this.byId.keys().next().value ?? '')
    this.byId.set(id, session)
    return session
  }

  get(id: string): AcsSession | undefined {
    return this.byId.get(id)
  }

  /** A sub-agent will come with a session of its own. */
  delegate(parent: AcsSession, child: string): void {
    if (this.ancestries.size >= MOST_SESSIONS) this.ancestries.delete(this.ancestries.keys().next().value ?? '')
    this.ancestries.set(child, { root: parent.ancestry.root, chain: [...parent.ancestry.chain, child] })
  }

  end(id: string): void {
    this.byId.delete(id)
    this.ancestries.delete(id)
  }
}

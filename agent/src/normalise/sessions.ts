import type { Session, ToolCall } from '@assize/kernel'

/** One conversation with an AI application, whichever gates its calls come through. */
export interface LogicalSession {
  readonly id: string
  /** What the kernel remembers of it, without what still stands in `late`. */
  state: Session
  /** Released calls that are not taken in yet: done before anything else happens to the session, and not while a call waits. */
  readonly late: ToolCall[]
  /** Monotonic milliseconds of its last event. */
  lastAt: number
  hostSession: string | undefined
  readonly place: string
}

export const MOST_SESSIONS = 2000
export const IDLE_MS = 24 * 3_600_000

export interface SessionsOptions {
  readonly newId: () => string
  /** What a session remembers at its beginning. */
  readonly fresh: () => Session
  /** Monotonic milliseconds. */
  readonly clock: () => number
  /** Told of sessions that are over or forgotten. */
  readonly ended?: (id: string) => void
}

/**
 * Joins what belongs together. A host session id is the strongest sign; a gate whose protocol has none belongs to the
 * conversations of the same place: the host's process, or where the system does not tell, the working directory.
 */
export class Sessions {
  private readonly options: SessionsOptions
  /** Oldest use first. */
  private readonly byId = new Map<string, LogicalSession>()
  /** The last of them. */
  private newest: LogicalSession | undefined
  private readonly byHost = new Map<string, LogicalSession>()
  private readonly byPlace = new Map<string, Set<LogicalSession>>()

  constructor(options: SessionsOptions) {
    this.options = options
  }

  get size(): number {
    return this.byId.size
  }

  /** The session an event belongs to; begins one if there is none. */
  resolve(place: string, hostSession: string | undefined): LogicalSession {
    const found = hostSession === undefined ? this.latestAt(place) : this.ofHost(place, hostSession)
    const session = found ?? this.begin(place, hostSession)
    session.lastAt = this.options.clock()
    // Nearly every event is of the session that had the one before.
    if (this.newest !== session) {
      this.newest = session
      this.byId.delete(session.id)
      this.byId.set(session.id, session)
    }
    return session
  }

  /** Takes in sessions of an earlier run, oldest use first. */
  restore(sessions: Iterable<Pick<LogicalSession, 'id' | 'place' | 'hostSession' | 'state'>>): void {
    for (const { id, place, hostSession, state } of sessions)
      this.enter({ id, state, late: [], lastAt: this.options.clock(), hostSession, place })
  }

  all(): readonly LogicalSession[] {
    return [...this.byId.values()]
  }

  get(id: string): LogicalSession | undefined {
    return this.byId.get(id)
  }

  /** Every session that may have read what came in at a place without a session id: an injection taints them all. */
  reached(place: string, hostSession: string | undefined): readonly LogicalSession[] {
    const session = this.resolve(place, hostSession)
    if (hostSession !== undefined) return [session]
    return [...(this.byPlace.get(place) ?? [session])]
  }

  /** The host said that the conversation is over. */
  end(hostSession: string): void {
    const session = this.byHost.get(hostSession)
    if (session !== undefined) this.forget(session)
  }

  private latestAt(place: string): LogicalSession | undefined {
    let latest: LogicalSession | undefined
    for (const session of this.byPlace.get(place) ?? []) if (latest === undefined || session.lastAt >= latest.lastAt) latest = session
    return latest
  }

  /** A session that began at a gate without ids is taken over by the first host session of its place: it is the same conversation. */
  private ofHost(place: string, hostSession: string): LogicalSession | undefined {
    const known = this.byHost.get(hostSession)
    if (known !== undefined) return known
    for (const session of this.byPlace.get(place) ?? []) {
      if (session.hostSession !== undefined) continue
      session.hostSession = hostSession
      this.byHost.set(hostSession, session)
      return session
    }
    return undefined
  }

  private begin(place: string, hostSession: string | undefined): LogicalSession {
    this.expire()
    const session: LogicalSession = {
      id: this.options.newId(),
      state: this.options.fresh(),
      late: [],
      lastAt: this.options.clock(),
      hostSession,
      place,
    }
    this.enter(session)
    return session
  }

  private enter(session: LogicalSession): void {
    const { id, place, hostSession } = session
    this.byId.set(id, session)
    if (hostSession !== undefined) this.byHost.set(hostSession, session)
    const here = this.byPlace.get(place) ?? new Set()
    here.add(session)
    this.byPlace.set(place, here)
  }

  private expire(): void {
    const idle = this.options.clock() - IDLE_MS
    for (const session of this.byId.values()) {
      if (session.lastAt >= idle && this.byId.size < MOST_SESSIONS) return
      this.forget(session)
    }
  }

  private forget(session: LogicalSession): void {
    this.byId.delete(session.id)
    this.options.ended?.(session.id)
    if (this.newest === session) this.newest = undefined
    if (session.hostSession !== undefined) this.byHost.delete(session.hostSession)
    const here = this.byPlace.get(session.place)
    here?.delete(session)
    if (here?.size === 0) this.byPlace.delete(session.place)
  }
}

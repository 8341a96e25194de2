import type { App, Principal, Session, ToolCall } from '@assize/kernel'
import type { Caller } from '../platform/caller.ts'
import { appOf, hostProcess } from './app.ts'
import { Lineage } from './lineage.ts'
import { type LogicalSession, Sessions } from './sessions.ts'

export interface IdentifierOptions {
  readonly tenant: () => string
  readonly hostname: string
  readonly os: 'linux' | 'darwin' | 'win32'
  readonly newId: () => string
  /** What a session remembers at its beginning. */
  readonly fresh: () => Session
  /** Monotonic milliseconds. */
  readonly clock: () => number
  /** Told of sessions that are over or forgotten. */
  readonly ended?: (id: string) => void
}

/** A call with everything known about who makes it. */
export interface Identified {
  readonly session: LogicalSession
  readonly principal: Principal
  readonly call: ToolCall
}

/** What a gate knows about where an event came from. */
export interface Whence {
  readonly gate: string
  readonly caller: Caller
  readonly hostSession?: string
  /** The trace that it belongs to, as the caller says. */
  readonly trace?: string
}

export interface Identifier {
  call(whence: Whence, call: ToolCall, chain: readonly string[]): Identified
  /** The sessions that an observed event enters. */
  reached(whence: Whence): readonly LogicalSession[]
  ended(whence: Whence): void
  readonly lineage: Lineage
  readonly sessions: Sessions
}

/** Turns what a gate saw into who did what. */
export function createIdentifier(options: IdentifierOptions): Identifier {
  const sessions = new Sessions(options)
  const lineage = new Lineage()
  const known = new WeakMap<Caller, { readonly place: string; readonly app: App }>()
  const standing = ({ gate, caller }: Whence) => {
    const found = known.get(caller) ?? standingOf(gate, caller)
    known.set(caller, found)
    return found
  }
  const last = new WeakMap<LogicalSession, Principal>()
  /** Nearly every call of a session is made on the same behalf. */
  const principalOf = (session: LogicalSession, who: Pick<Principal, 'app' | 'chain' | 'tenant' | 'user'>): Principal => {
    const known = last.get(session)
    if (known !== undefined && isSame(known, who)) return known
    const { app, chain, tenant, user } = who
    // In the order of the record, so that it is written as it stands.
    const principal = { app, chain, host: options.hostname, session: session.id, tenant, user }
    last.set(session, principal)
    return principal
  }
  return {
    sessions,
    lineage,
    call(whence, call, chain) {
      const { place, app } = standing(whence)
      const session = sessions.resolve(place, hostSessionOf(whence))
      if (whence.trace !== undefined) lineage.enter(session.id, whence.trace, app.name)
      const above = lineage.chainOf(session.id)
      const whole = above.length === 0 ? chain : [...above, ...chain]
      const principal = principalOf(session, { app, chain: whole, tenant: options.tenant(), user: whence.caller.user })
      return { session, principal, call: { home: whence.caller.home, platform: options.os === 'win32' ? 'windows' : 'posix', ...call } }
    },
    reached(whence) {
      const { place, app } = standing(whence)
      const reached = sessions.reached(place, hostSessionOf(whence))
      const { trace } = whence
      if (trace !== undefined) for (const { id } of reached) lineage.enter(id, trace, app.name)
      return reached
    },
    ended(whence) {
      const hostSession = hostSessionOf(whence)
      if (hostSession !== undefined) sessions.end(hostSession)
    },
  }
}

function isSame(known: Principal, who: Pick<Principal, 'app' | 'chain' | 'tenant' | 'user'>): boolean {
  if (known.app !== who.app || known.user !== who.user || known.tenant !== who.tenant) return false
  return known.chain.length === who.chain.length && known.chain.every((link, index) => link === who.chain[index])
}

/** Ids of different hosts never meet. */
function hostSessionOf(whence: Whence): string | undefined {
  return whence.hostSession === undefined ? undefined : `${whence.gate} ${whence.hostSession}`
}

function standingOf(gate: string, caller: Caller): { readonly place: string; readonly app: App } {
  const host = hostProcess(caller.ancestry)
  const place = host === undefined ? `directory ${caller.user} ${caller.cwd}` : `process ${host.pid} ${host.started}`
  return { place, app: appOf(gate, host, caller.claims['app']) }
}

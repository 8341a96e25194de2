/** What sessions remember, and what outlives them. */
import { type Grant, inheritFrom, observe, type Principal, type Session, sessionDigest } from '@assize/kernel'
import type { LogicalSession, SessionStore, Standings } from './normalise/index.ts'
import type { Memory } from './pipeline.ts'
import { messageOf } from './platform/errors.ts'

/** A released call is taken in once its answer is out, or before the session is needed next: whoever waits for the release does not wait for that. */
export function sessionMemory({
  keep,
  standings,
  store,
  log,
}: {
  readonly keep: (grant: Grant) => void
  readonly standings: Standings
  /** Writes down what changed, off the way of any call. */
  readonly store: Pick<SessionStore, 'changed'>
  readonly log: (text: string) => void
}): Memory {
  const principals = new WeakMap<LogicalSession, Principal>()
  const takeOver = inheritance()
  /** What the session just did counts beyond it. */
  const note = (session: LogicalSession): void => {
    const [principal, step] = [principals.get(session), session.state.history.steps.at(-1)]
    if (principal !== undefined && step !== undefined) standings.note(principal, step)
  }
  const catchUp = (session: LogicalSession): Session => {
    for (const call of session.late.splice(0)) {
      session.state = observe(session.state, call)
      note(session)
      store.changed(session, false)
    }
    return session.state
  }
  const catchUpLater = (session: LogicalSession): void => {
    try {
      catchUp(session)
    } catch (error) {
      log(`a released call could not be taken into its session: ${messageOf(error)}`)
    }
  }
  return {
    recall(session, principal) {
      if (!principals.has(session)) session.state = observe(session.state, { type: 'standing', conduct: standings.of(principal) })
      if (principals.get(session) !== principal) principals.set(session, principal)
      return catchUp(session)
    },
    inherit(session, parents) {
      catchUp(session)
      const taken = takeOver(session, parents)
      if (taken) store.changed(session, true)
    },
    remember(session, event) {
      if (event.type === 'tool.call') {
        if (session.late.push(event) === 1) setImmediate(catchUpLater, session)
        return
      }
      session.state = observe(catchUp(session), event)
      store.changed(session, event.type === 'context')
      if (event.type === 'refused') note(session)
      if (event.type === 'grant' && event.grant.scope === 'always') keep(event.grant)
    },
  }
}

/** Of one session; whoever was forgotten is taken over from the beginning again. */
const MOST_PARENTS = 64

/** Takes over what those have read that a session works for; false when all of it is there already. */
function inheritance(): (session: LogicalSession, parents: Parameters<Memory['inherit']>[1]) => boolean {
  const inherited = new WeakMap<LogicalSession, Map<string, { readonly digest: string; readonly since: number }>>()
  return (session, parents) => {
    const known = inherited.get(session) ?? new Map<string, { readonly digest: string; readonly since: number }>()
    inherited.set(session, known)
    const before = session.state
    for (const { session: id, state: parent, chain, to } of parents) {
      const [key, digest] = [`${id} ${to}`, sessionDigest(parent)]
      const last = known.get(key)
      if (last?.digest === digest) continue
      session.state = inheritFrom(session.state, { parent, chain, to, since: last?.since ?? 0 })
      known.delete(key)
      known.set(key, { digest, since: parent.evidence.count })
      const [oldest] = known.keys()
      if (known.size > MOST_PARENTS && oldest !== undefined) known.delete(oldest)
    }
    return session.state !== before
  }
}

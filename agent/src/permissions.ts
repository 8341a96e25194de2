/** Permissions that people gave: taken in when they answer, listed, and taken back. */
import type { Grant } from '@assize/kernel'
import { type Answerer, type ApprovalDesk, grantsOf, type GrantStore } from './act/index.ts'
import type { Sessions } from './normalise/index.ts'
import type { Memory } from './pipeline.ts'
import type { Journal } from './record/index.ts'

/** A permission and the session it holds in; those for always hold in every session. */
export interface HeldGrant extends Grant {
  readonly session?: string
}

export interface Permissions {
  /** Answers a question; a late yes still counts for the next attempt. */
  answer(id: string, given: Answerer): ReturnType<ApprovalDesk['answer']>
  list(): readonly HeldGrant[]
  /** False when there is no such permission. It ends at once, also in sessions that are running. */
  revoke(id: string, by: string): boolean
}

export interface PermissionsOptions {
  readonly desk: ApprovalDesk
  readonly grants: GrantStore
  readonly sessions: Sessions
  readonly memory: Memory
  readonly journal: Journal
  readonly newId: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export function createPermissions(options: PermissionsOptions): Permissions {
  const { grants, sessions, memory, journal, now } = options
  const isInForce = (grant: Grant): boolean => grant.expiresAt === undefined || grant.expiresAt > now()
  const list = (): readonly HeldGrant[] => {
    const kept = grants.all().filter(isInForce)
    const known = new Set(kept.map(({ id }) => id))
    const ofSessions = sessions
      .all()
      .flatMap((session) => session.state.grants.map((grant): HeldGrant => ({ ...grant, session: session.id })))
      .filter((grant) => isInForce(grant) && !known.has(grant.id))
    return [...kept, ...ofSessions]
  }
  return {
    answer: (id, given) => answer(options, id, given),
    list,
    revoke(id, by) {
      const found = list().find((grant) => grant.id === id)
      if (found === undefined) return false
      grants.remove(id)
      for (const session of sessions.all())
        if (session.state.grants.some((grant) => grant.id === id)) memory.remember(session, { type: 'revoked', grant: id })
      const { policy, effectClass, target } = found
      journal.append({ kind: 'state', change: 'grant-revoked', detail: { id, policy, effectClass, target, by } })
      return true
    },
  }
}

function answer(
  { desk, sessions, memory, journal, newId, now }: PermissionsOptions,
  id: string,
  given: Answerer,
): ReturnType<Permissions['answer']> {
  const result = desk.answer(id, given)
  const approval = desk.get(id)
  const session = approval === undefined ? undefined : sessions.get(approval.decision.principal.session)
  if (result !== 'late' || !given.approved || approval === undefined || session === undefined) return result
  for (const grant of grantsOf(approval.decision.decision, { ...given, late: true }, { newId, now: now() }))
    memory.remember(session, { type: 'grant', grant })
  journal.append({
    kind: 'outcome',
    decision: approval.decision.id,
    outcome: 'approved',
    detail: { approval: approval.id, by: given.by, scope: given.scope, late: true },
  })
  return result
}

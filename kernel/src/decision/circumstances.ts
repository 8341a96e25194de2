import { policiesGranted } from '../capability/grant/grant.ts'
import { allows, alongChain, intersection, OWN, UNLIMITED } from '../capability/grant/limits.ts'
import type { Policy } from '../capability/policy.ts'
import type { CallReading } from '../effect/effects-of.ts'
import type { Conduct, Grant, Limits, ToolCall } from '../event/event.ts'
import type { Principal } from '../event/principal.ts'
import type { Finding } from '../finding/finding.ts'
import type { History } from '../sequence/history.ts'
import { loopFinding, loopOf } from '../sequence/loop.ts'
import { sequencesEndingIn } from '../sequence/match.ts'
import { spentBy } from '../sequence/spent.ts'
import { stepOf } from '../sequence/step.ts'
import { trustIn } from '../trust/conduct.ts'
import type { Situation } from './situation.ts'

interface Circumstances {
  readonly session: {
    readonly history: History
    readonly conduct: Conduct
    readonly grants: readonly Grant[]
    readonly limits: ReadonlyMap<string, Limits>
  }
  readonly principal: Principal
  readonly call: ToolCall
  readonly policy: Policy
  readonly now: number
}

/** What the session has done so far and would have done with this call, and the sequences that this call would complete. */
export function courseOf(
  { session, call, policy }: Circumstances,
  reading: CallReading,
): { readonly course: Situation['course']; readonly hits: readonly Finding[] } {
  const { steps, spent } = session.history
  const step = stepOf(call, reading)
  const loop = loopOf(steps, step)
  const looping = loopFinding(loop)
  const sequences = sequencesEndingIn(policy.sequences, steps, step)
  const { calls, bytes, money } = spentBy(spent, reading)
  return {
    course: { repeats: loop.repeats, sessionCalls: calls, sessionBytes: bytes, sessionMoney: money },
    hits: looping === undefined ? sequences : [...sequences, looping],
  }
}

/** Whether a finding is about the course of the session and not about what the call holds. */
export function isHit(finding: Finding): boolean {
  return finding.detector === 'sequence'
}

/** What the caller may and has earned: permissions and limits along its chain, and its good name. */
export function authorityOf({ session, principal, policy, now }: Circumstances): Situation['authority'] {
  const handed = intersection(session.limits.get(OWN) ?? UNLIMITED, alongChain(session.limits, principal.chain))
  const limits = intersection(handed, alongChain(policy.agents, principal.chain))
  return (effect) => ({
    granted: policiesGranted(session.grants, effect, { limits, now }),
    beyondDelegation: !allows(limits, effect, now),
    trust: trustIn(session.conduct, effect.class, principal),
  })
}

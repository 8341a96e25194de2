/** The parts of a session that follow from what its agents did and handed on: history, conduct and limits. */
import { speaksOf } from './capability/grant/grant.ts'
import { alongChain, intersection, OTHERS, OWN, UNLIMITED } from './capability/grant/limits.ts'
import type { CallReading } from './effect/effects-of.ts'
import type { Conduct, Delegation, Grant, Limits, Refused, ToolCall } from './event/event.ts'
import { type History, withCall, withRefusal } from './sequence/history.ts'
import { classesOf, type Step, stepOf } from './sequence/step.ts'
import { behavedBadly, behavedWell } from './trust/conduct.ts'

/** Delegated agents whose limits are kept by name; those of any further ones hold for all that are not known. */
export const LIMITED_AGENTS = 64

/** What moves with every call. */
interface Course {
  readonly history: History
  readonly conduct: Conduct
}

export function afterRelease({ history, conduct }: Course, call: ToolCall, reading: CallReading): Course {
  const step = stepOf(call, reading)
  return { history: withCall(history, step, reading), conduct: conductAfter(conduct, step) }
}

export function afterRefusal({ history, conduct }: Course, refused: Refused, reading: CallReading): Course {
  const step: Step = { ...stepOf(refused.call, reading), refused: true, misconduct: weightOf(refused) }
  return { history: withRefusal(history, step), conduct: conductAfter(conduct, step) }
}

/** What is known of a principal once its call was released or stopped; the same for a session and for what outlives it. */
export function conductAfter(conduct: Conduct, step: Step): Conduct {
  if (!step.refused) return behavedWell(conduct, classesOf(step))
  return step.misconduct === 0 ? conduct : behavedBadly(conduct, classesOf(step), step.misconduct)
}

/** Of misconduct: what a person said no to, and what a policy stopped for a grave reason. Anything else may well be an error. */
function weightOf({ by, severity }: Refused): number {
  if (by === 'person') return 10
  return by === 'policy' && severity === 'critical' ? 5 : 0
}

/** A permission for once is used up by the first call that it spoke of. */
export function isUsedUp(grant: Grant, { effects }: CallReading): boolean {
  return grant.scope === 'once' && effects.some(({ effect }) => speaksOf(grant, effect, 0))
}

/** Whoever hands work on hands on no more than it has; handing on again replaces what was handed on before. */
export function afterDelegation(known: ReadonlyMap<string, Limits>, { to, limits, chain }: Delegation): ReadonlyMap<string, Limits> {
  const rights = intersection(known.get(OWN) ?? UNLIMITED, alongChain(known, chain ?? []))
  const handed = intersection(rights, limits ?? UNLIMITED)
  if (to === OWN || (Object.keys(handed).length === 0 && !known.has(to))) return known
  const next = new Map([...known].filter(([name]) => name !== to)).set(to, handed)
  const oldest = [...next.keys()].find((name) => name !== OTHERS && name !== OWN)
  if (next.size <= LIMITED_AGENTS || oldest === undefined) return next
  // Forgetting a limit would widen what an agent may do, so it goes on to hold for everybody who is not known by name.
  next.set(OTHERS, intersection(next.get(OTHERS) ?? UNLIMITED, next.get(oldest) ?? UNLIMITED))
  next.delete(oldest)
  return next
}

/** The parts of a session that follow from what its agents did and handed on: history, conduct and limits. */
import { speaksOf } from './capability/grant/grant.ts'
import { alongChain, intersection, OTHERS, UNLIMITED } from './capability/grant/limits.ts'
import { type CallReading, effectsOf } from './effect/effects-of.ts'
import type { Conduct, Delegation, Grant, Limits, Refused, ToolCall } from './event/event.ts'
import { type History, withCall, withRefusal } from './sequence/history.ts'
import { behavedBadly, behavedWell } from './trust/conduct.ts'

/** Delegated agents whose limits are kept by name; those of any further ones hold for all that are not known. */
export const LIMITED_AGENTS = 64

/** What moves with every call. */
interface Course {
  readonly history: History
  readonly conduct: Conduct
}

export function afterRelease({ history, conduct }: Course, call: ToolCall, reading: CallReading): Course {
  return { history: withCall(history, call, reading), conduct: conductAfter(conduct, call) }
}

export function afterRefusal({ history, conduct }: Course, refused: Refused): Course {
  return { history: withRefusal(history, refused.call, effectsOf(refused.call)), conduct: conductAfter(conduct, refused) }
}

/** What is known of a principal once its call was released or stopped; the same for a session and for what outlives it. */
export function conductAfter(conduct: Conduct, event: ToolCall | Refused): Conduct {
  if (event.type === 'tool.call') return behavedWell(conduct, classesIn(effectsOf(event)))
  const weight = weightOf(event)
  return weight === 0 ? conduct : behavedBadly(conduct, classesIn(effectsOf(event.call)), weight)
}

/** Of misconduct: what a person said no to, and what a policy stopped for a grave reason. Anything else may well be an error. */
function weightOf({ by, severity }: Refused): number {
  if (by === 'person') return 10
  return by === 'policy' && severity === 'critical' ? 5 : 0
}

function classesIn({ effects }: CallReading): readonly ReturnType<typeof effectsOf>['effects'][number]['effect']['class'][] {
  return effects.map(({ effect }) => effect.class)
}

/** A permission for once is used up by the first call that it spoke of. */
export function isUsedUp(grant: Grant, { effects }: CallReading): boolean {
  return grant.scope === 'once' && effects.some(({ effect }) => speaksOf(grant, effect, 0))
}

/** Whoever hands work on hands on no more than it has; handing on again replaces what was handed on before. */
export function afterDelegation(known: ReadonlyMap<string, Limits>, { to, limits, chain }: Delegation): ReadonlyMap<string, Limits> {
  const handed = intersection(alongChain(known, chain ?? []), limits ?? UNLIMITED)
  if (Object.keys(handed).length === 0 && !known.has(to)) return known
  const next = new Map([...known].filter(([name]) => name !== to)).set(to, handed)
  const oldest = [...next.keys()].find((name) => name !== OTHERS)
  if (next.size <= LIMITED_AGENTS || oldest === undefined) return next
  // Forgetting a limit would widen what an agent may do, so it goes on to hold for everybody who is not known by name.
  next.set(OTHERS, intersection(next.get(OTHERS) ?? UNLIMITED, next.get(oldest) ?? UNLIMITED))
  next.delete(oldest)
  return next
}

/** How far a principal has earned to be trusted with a kind of effect: a decayed Beta reputation, moved by what it does. */
import { EFFECT_CLASSES, type EffectClass } from '../effect/effect.ts'
import type { Conduct } from '../event/event.ts'
import type { App, Principal } from '../event/principal.ts'

export const NO_CONDUCT: Conduct = {}

/** What everybody begins with: two calls that went well against eight that did not. */
const [PRIOR_GOOD, PRIOR_BAD] = [2, 8]
/** What a further call leaves of the weight of those before it: some two hundred calls are remembered. */
const KEPT = 0.995
/** What misconduct in one class leaves of the good name in the others. */
const SPILLED = 0.5
/** Days after which half of the good, and half of the bad, is forgotten: bad conduct is remembered longer. */
const [GOOD_DAYS, BAD_DAYS] = [30, 90]

/** After a call with these effects was let go. Earned slowly. */
export function behavedWell(conduct: Conduct, classes: readonly EffectClass[]): Conduct {
  const next: Record<string, readonly [number, number]> = { ...conduct }
  for (const name of new Set(classes)) {
    const [good, bad] = conduct[name] ?? [0, 0]
    next[name] = [good * KEPT + 1, bad * KEPT]
  }
  return next
}

/** After a call with these effects was stopped, by a policy (5) or by a person (10). Lost at once, and a little everywhere. */
export function behavedBadly(conduct: Conduct, classes: readonly EffectClass[], weight: number): Conduct {
  const concerned = new Set(classes)
  const next: Record<string, readonly [number, number]> = {}
  for (const name of EFFECT_CLASSES) {
    const known = conduct[name]
    if (concerned.has(name)) next[name] = [0, (known?.[1] ?? 0) * KEPT + weight]
    else if (known !== undefined) next[name] = [known[0] * SPILLED, known[1]]
  }
  return next
}

/** What is still known after so many days in which nothing was seen. */
export function aged(conduct: Conduct, days: number): Conduct {
  const [forGood, forBad] = [0.5 ** (Math.max(0, days) / GOOD_DAYS), 0.5 ** (Math.max(0, days) / BAD_DAYS)]
  return Object.fromEntries(Object.entries(conduct).map(([name, [good, bad]]) => [name, [good * forGood, bad * forBad]]))
}

/** 0 to 100, whole: the expected share of good conduct, never above what the principal's identity is worth. 20 for a newcomer. */
export function trustIn(conduct: Conduct, effectClass: EffectClass, principal: Principal): number {
  const [good, bad] = conduct[effectClass] ?? [0, 0]
  const earned = (PRIOR_GOOD + good) / (PRIOR_GOOD + good + PRIOR_BAD + bad)
  return Math.min(Math.floor(earned * 100), identityWorth(principal.app) - CHAIN_COST * Math.min(principal.chain.length, 5))
}

/** Each agent between the application and the call makes it less sure who acts. */
const CHAIN_COST = 8

/** The most that may be earned under an identity of this strength: nobody may inherit a good name by taking a name. */
function identityWorth(app: App): number {
  if (app.name === '' || app.name === 'unknown') return 40
  return app.binaryHash === undefined ? 70 : 95
}

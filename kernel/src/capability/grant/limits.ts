/** What one agent hands on to another: always a part of its own authority, so a chain can only narrow. */
import type { Effect } from '../../effect/effect.ts'
import type { Limits } from '../../event/event.ts'
import { addressDomain, isBelow, isInDomain, networkTarget } from '../target.ts'

export const UNLIMITED: Limits = {}

/** Most targets that limits may name; those beyond are dropped, which only narrows. */
export const LIMIT_TARGETS = 64

/** What both allow. */
export function intersection(left: Limits, right: Limits): Limits {
  const effects = both(left.effects, right.effects, (one, other) => one.filter((name) => other.includes(name)))
  const targets = both(left.targets, right.targets, commonTargets)
  const expiresAt = both(left.expiresAt, right.expiresAt, Math.min)
  const grants = both(left.grants, right.grants, (one, other) => one && other)
  return {
    ...(effects === undefined ? {} : { effects }),
    ...(targets === undefined ? {} : { targets: targets.slice(0, LIMIT_TARGETS) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(grants === undefined ? {} : { grants }),
  }
}

function both<Part>(left: Part | undefined, right: Part | undefined, join: (one: Part, other: Part) => Part): Part | undefined {
  if (left === undefined) return right
  return right === undefined ? left : join(left, right)
}

/** Places are nested or apart, never crossed, so the narrower of each pair is what they share. */
function commonTargets(left: readonly string[], right: readonly string[]): readonly string[] {
  const shared = left.flatMap((one) => right.flatMap((other) => (covers(one, other) ? [other] : covers(other, one) ? [one] : [])))
  return [...new Set(shared)]
}

/** Whether the effect lies within the limits at this time. */
export function allows(limits: Limits, effect: Effect, now: number): boolean {
  if (limits.expiresAt !== undefined && now >= limits.expiresAt) return false
  if (limits.effects !== undefined && !limits.effects.includes(effect.class)) return false
  return limits.targets === undefined || limits.targets.some((place) => covers(place, effect.target))
}

/** Whether a target is this place or lies in it. */
export function covers(place: string, target: string): boolean {
  if (place === '') return false
  if (place === target || isBelow(target, place)) return true
  if (/[/:@\s]/.test(place)) return false
  return isInDomain(target.includes('@') && !target.includes('/') ? addressDomain(target) : networkTarget(target).host, place)
}

/** Key of the limits of agents that are not known by name. */
export const OTHERS = ''

/** Key of the limits of the session's own agent, where it works for another. No agent has this name. */
export const OWN = '\u0000own'

/** What is left at the end of a chain: the intersection over its links. A link that nobody limited takes nothing away. */
export function alongChain(limits: ReadonlyMap<string, Limits>, chain: readonly string[]): Limits {
  if (limits.size === 0 || chain.length === 0) return UNLIMITED
  return chain.reduce<Limits>((left, link) => intersection(left, limits.get(link) ?? limits.get(OTHERS) ?? UNLIMITED), UNLIMITED)
}

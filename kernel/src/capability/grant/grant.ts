/** Permissions: what a person allowed, and what one agent hands on to another. */
import type { Effect } from '../../effect/effect.ts'
import type { Grant, Limits } from '../../event/event.ts'
import { covers } from './limits.ts'

/** Whether a permission speaks of this effect at this time: of its class, and of its target or the place it lies in. */
export function speaksOf(grant: Grant, effect: Effect, now: number): boolean {
  if (grant.effectClass !== effect.class) return false
  if (grant.expiresAt !== undefined && grant.expiresAt <= now) return false
  return grant.reach === 'below' ? covers(grant.target, effect.target) : grant.target === effect.target
}

/** The policies that need not ask about this effect, for whoever acts within these limits. */
export function policiesGranted(
  grants: readonly Grant[],
  effect: Effect,
  { limits, now }: { readonly limits: Limits; readonly now: number },
): readonly string[] {
  if (grants.length === 0 || limits.grants === false) return []
  return grants.filter((grant) => speaksOf(grant, effect, now)).map((grant) => grant.policy)
}

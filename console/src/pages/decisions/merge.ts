import type { DecisionSummary } from '../../api/types.ts'

/** Most decisions kept from the live stream before the list is fetched again instead. */
export const MOST_LIVE = 1_000

/** What came live stands before what was fetched; each decision once. */
export function merge(live: readonly DecisionSummary[], fetched: readonly DecisionSummary[]): readonly DecisionSummary[] {
  if (live.length === 0) return fetched
  const known = new Set(fetched.map((decision) => decision.id))
  return [...live.filter((decision) => !known.has(decision.id)), ...fetched]
}

/** Puts newcomers in front, newest first, each once. */
export function arrive(had: readonly DecisionSummary[], arrived: readonly DecisionSummary[]): readonly DecisionSummary[] {
  const known = new Set(had.map((decision) => decision.id))
  const fresh = arrived.filter((decision, at) => !known.has(decision.id) && arrived.findIndex((other) => other.id === decision.id) === at)
  return fresh.length === 0 ? had : [...fresh, ...had]
}

import type { DecisionFilter } from '../../api/queries.ts'
import type { DecisionSummary, Verdict } from '../../api/types.ts'
import { isVerdict } from '../../design/verdict.tsx'

/** What the address of the decisions list holds. Everything a person chose is there, so that a link restores the view. */
export interface DecisionSearch extends DecisionFilter {
  readonly paused?: boolean
}

const TEXTS = ['app', 'tool', 'agent', 'policy', 'effect', 'search'] as const
const TIMES = ['since', 'until'] as const
export type TextFilter = (typeof TEXTS)[number]

/** Reads the address; what makes no sense is left out, never an error. */
export function readDecisionSearch(raw: Record<string, unknown>): DecisionSearch {
  const read: Record<string, unknown> = {}
  const verdicts = (Array.isArray(raw['verdict']) ? raw['verdict'] : [raw['verdict']]).filter(isVerdict)
  if (verdicts.length > 0) read['verdict'] = [...new Set<Verdict>(verdicts)]
  for (const name of TEXTS) {
    const value = raw[name]
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') read[name] = String(value).slice(0, 200)
  }
  for (const name of TIMES) {
    const value = raw[name]
    if (typeof value === 'string' && Number.isFinite(Date.parse(value))) read[name] = new Date(value).toISOString()
  }
  if (raw['paused'] === true) read['paused'] = true
  return read
}

export function filterOf({ paused: _paused, ...filter }: DecisionSearch): DecisionFilter {
  return filter
}

/** Adds or takes away one verdict. */
export function toggleVerdict(search: DecisionSearch, verdict: Verdict): DecisionSearch {
  const { verdict: had = [], ...rest } = search
  const next = had.includes(verdict) ? had.filter((one) => one !== verdict) : [...had, verdict]
  return next.length === 0 ? rest : { ...rest, verdict: next }
}

/** Sets one text filter, or takes it away when it is already so or empty. */
export function toggleText(search: DecisionSearch, name: TextFilter, value: string): DecisionSearch {
  const { [name]: had, ...rest } = search
  return had === value || value === '' ? rest : { ...rest, [name]: value }
}

export function isFiltered(search: DecisionSearch): boolean {
  return Object.keys(filterOf(search)).length > 0
}

/** Whether a decision that just arrived belongs in the list; the same rules as the hub's. */
export function passes(filter: DecisionFilter, decision: DecisionSummary): boolean {
  if (filter.verdict !== undefined && !filter.verdict.includes(decision.verdict)) return false
  if (filter.app !== undefined && filter.app !== decision.app) return false
  if (filter.tool !== undefined && filter.tool !== decision.tool) return false
  if (filter.agent !== undefined && filter.agent !== decision.agent) return false
  if (filter.policy !== undefined && filter.policy !== decision.policy) return false
  if (filter.effect !== undefined && !decision.effectClasses.includes(filter.effect)) return false
  if (filter.since !== undefined && Date.parse(decision.at) < Date.parse(filter.since)) return false
  if (filter.until !== undefined && Date.parse(decision.at) > Date.parse(filter.until)) return false
  return filter.search === undefined || holds(decision, filter.search)
}

function holds(decision: DecisionSummary, words: string): boolean {
  const wanted = words.toLowerCase()
  return [decision.title, decision.tool, decision.server, decision.app].some((text) => text.toLowerCase().includes(wanted))
}

import type { Counts, DecisionFilter, Facet } from '../facts.ts'
import { conditions } from './conditions.ts'
import type { Sqlite } from './schema.ts'

const FACETS: readonly Facet[] = ['verdict', 'app', 'tool', 'agent', 'effect', 'policy']
const MOST_VALUES = 50
/** A filtered facet looks at this many of the newest matches: enough to guide, and never a long wait. */
const MOST_COUNTED = 100_000

const COLUMNS: Readonly<Record<Facet, string>> = {
  verdict: 'd.verdict',
  app: 'd.app',
  tool: 'd.tool',
  agent: 'd.agent',
  effect: 'd.effects',
  policy: 'd.policy',
}

type Tally = Map<string | number, number>

/** Counts each facet over the filter without the facet itself. Facets that share a filter share one pass over the rows. */
export function readFacets(db: Sqlite): (tenant: string, filter: DecisionFilter) => Record<Facet, Counts> {
  const running = db.prepare<unknown[], { value: string; count: number }>(
    'SELECT value, count FROM decision_facets WHERE tenant = ? AND facet = ? ORDER BY count DESC LIMIT ?',
  )
  const agentId = db.prepare<[number | string], string>('SELECT id FROM agents WHERE key = ?').pluck()
  const everything = (tenant: string, facet: Facet): Counts =>
    top(running.all(tenant, facet, MOST_VALUES).map(({ value, count }) => [value, count]))
  const named = (facet: Facet, tally: Tally): Counts =>
    top([...tally].map(([value, count]) => [facet === 'agent' ? (agentId.get(value) ?? '') : String(value), count]))
  return (tenant, filter) => {
    const counts = new Map<Facet, Counts>()
    for (const [narrowed, facets] of groups(filter)) {
      if (Object.values(narrowed).every((value) => value === undefined))
        for (const facet of facets) counts.set(facet, everything(tenant, facet))
      else for (const [facet, tally] of pass(db, tenant, { filter: narrowed, facets })) counts.set(facet, named(facet, tally))
    }
    return Object.fromEntries(counts) as Record<Facet, Counts>
  }
}

/** The filters needed, with the facets each serves: the whole one, and one less for every facet that is filtered by. */
function groups(filter: DecisionFilter): readonly (readonly [DecisionFilter, readonly Facet[]])[] {
  const own = FACETS.filter((facet) => filter[facet] !== undefined)
  const others = FACETS.filter((facet) => filter[facet] === undefined)
  return [[filter, others], ...own.map((facet) => [{ ...filter, [facet]: undefined }, [facet]] as const)]
}

function pass(
  db: Sqlite,
  tenant: string,
  { filter, facets }: { readonly filter: DecisionFilter; readonly facets: readonly Facet[] },
): ReadonlyMap<Facet, Tally> {
  const { where, values } = conditions(tenant, filter)
  const rows = db.prepare<unknown[], readonly (string | number)[]>(
    `SELECT ${facets.map((facet) => COLUMNS[facet]).join(', ')} FROM decisions d WHERE ${where.join(' AND ')} ORDER BY d.received DESC LIMIT ${MOST_COUNTED}`,
  )
  const tallies = facets.map((): Tally => new Map())
  for (const row of rows.raw().iterate(...values))
    for (const [index, tally] of tallies.entries()) tally.set(row[index] ?? '', (tally.get(row[index] ?? '') ?? 0) + 1)
  return new Map(
    facets.map((facet, index) => [facet, facet === 'effect' ? split(tallies[index] ?? new Map()) : (tallies[index] ?? new Map())]),
  )
}

/** Decisions have several effects; each counts. */
function split(rows: Tally): Tally {
  const counts: Tally = new Map()
  for (const [value, count] of rows) for (const name of String(value).split(' ')) counts.set(name, (counts.get(name) ?? 0) + count)
  return counts
}

function top(rows: readonly (readonly [string, number])[]): Counts {
  const best = rows.filter(([value]) => value !== '').sort(([, left], [, right]) => right - left)
  // Values are hostile text: a plain object would let `__proto__` vanish.
  return Object.assign(Object.create(null), Object.fromEntries(best.slice(0, MOST_VALUES))) as Counts
}

import type { Counts, DecisionDetailRow, DecisionFilter, DecisionRow, Facet, Verdict } from '../facts.ts'
import type { StoreReads } from '../reads.ts'
import type { Page, PageQuery } from '../page.ts'
import type { Sqlite } from './schema.ts'
import { type Synchronous, pageOf, positionOf } from './rows.ts'

type DecisionReads = Synchronous<
  Pick<
    StoreReads,
    'decisions' | 'decisionsAfter' | 'lastReceived' | 'decision' | 'facets' | 'session' | 'decisionsPerHour' | 'decisionsPerAgent'
  >
>

const COLUMNS = `d.received, d.id, d.at, d.verdict, d.title, d.policy, d.session, d.gate, d.app, d.user, d.tool, d.server, d.effects, d.micros, a.id AS agent, a.hostname
  FROM decisions d JOIN agents a ON a.key = d.agent`
const FACETS: readonly Facet[] = ['verdict', 'app', 'tool', 'agent', 'effect', 'policy']
const MOST_VALUES = 50
/** A filtered facet looks at this many of the newest matches: enough to guide, and never a long wait. */
const MOST_COUNTED = 200_000

export function readDecisions(db: Sqlite): DecisionReads {
  const after = db.prepare<unknown[], RawDecision>(`SELECT ${COLUMNS} WHERE d.tenant = ? AND d.received > ? ORDER BY d.received LIMIT ?`)
  const session = db.prepare<unknown[], RawDecision>(`SELECT ${COLUMNS} WHERE d.tenant = ? AND d.session = ? ORDER BY d.received LIMIT ?`)
  const last = db.prepare<[string], number>('SELECT received FROM decisions WHERE tenant = ? ORDER BY received DESC LIMIT 1').pluck()
  const perHour = db.prepare<unknown[], { hour: number; verdict: string; count: number }>(
    `SELECT hour, verdict, sum(count) AS count FROM decision_hours WHERE tenant = @tenant AND hour >= @since AND (@agent IS NULL OR agent = (SELECT key FROM agents WHERE tenant = @tenant AND id = @agent)) GROUP BY hour, verdict ORDER BY hour`,
  )
  const perAgent = db.prepare<unknown[], { agent: string; verdict: string; count: number }>(
    'SELECT a.id AS agent, h.verdict, sum(h.count) AS count FROM decision_hours h JOIN agents a ON a.key = h.agent WHERE h.tenant = ? AND h.hour >= ? GROUP BY h.agent, h.verdict',
  )
  return {
    decisions: (tenant, filter, page) => list(db, tenant, filter, page),
    decisionsAfter: (tenant, received, limit) => after.all(tenant, received, limit).map(decisionOf),
    lastReceived: (tenant) => last.get(tenant) ?? 0,
    decision: reader(db),
    facets: (tenant, filter) =>
      Object.fromEntries(FACETS.map((facet) => [facet, countFacet(db, tenant, { facet, filter })])) as Record<Facet, Counts>,
    session: (tenant, id, limit) => session.all(tenant, id, limit).map(decisionOf),
    decisionsPerHour: (tenant, since, agent) => perHour.all({ tenant, since, agent: agent ?? null }),
    decisionsPerAgent: (tenant, since) => perAgent.all(tenant, since),
  }
}

interface RawDecision extends Omit<DecisionRow, 'effectClasses'> {
  readonly effects: string
}

function decisionOf({ effects, ...row }: RawDecision): DecisionRow {
  return { ...row, effectClasses: effects === '' ? [] : effects.split(' ') }
}

function list(db: Sqlite, tenant: string, filter: DecisionFilter, page: PageQuery): Page<DecisionRow> {
  const { where, values } = conditions(tenant, filter)
  const position = positionOf(page.cursor)
  if (position !== undefined) {
    where.push('d.received < ?')
    values.push(position)
  }
  const rows = db
    .prepare<unknown[], RawDecision>(`SELECT ${COLUMNS} WHERE ${where.join(' AND ')} ORDER BY d.received DESC LIMIT ?`)
    .all(...values, page.limit + 1)
  return pageOf(rows.map(decisionOf), page.limit, (row) => row.received)
}

function conditions(tenant: string, filter: DecisionFilter): { where: string[]; values: (string | number)[] } {
  const where = ['d.tenant = ?']
  const values: (string | number)[] = [tenant]
  const add = (condition: string, ...more: (string | number)[]) => {
    where.push(condition)
    values.push(...more)
  }
  const { verdict, app, tool, agent, session, policy, effect, search, since, until } = filter
  if (verdict !== undefined && verdict.length > 0) add(`d.verdict IN (${verdict.map(() => '?').join(', ')})`, ...verdict)
  if (app !== undefined) add('d.app = ?', app)
  if (tool !== undefined) add('d.tool = ?', tool)
  if (agent !== undefined) add('d.agent = (SELECT key FROM agents WHERE tenant = ? AND id = ?)', tenant, agent)
  if (session !== undefined) add('d.session = ?', session)
  if (policy !== undefined) add('d.policy = ?', policy)
  if (effect !== undefined) add("instr(' ' || d.effects || ' ', ?) > 0", ` ${effect} `)
  if (search !== undefined && search !== '') {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    add(
      "(d.title LIKE ? ESCAPE '\\' OR d.tool LIKE ? ESCAPE '\\' OR d.server LIKE ? ESCAPE '\\' OR d.app LIKE ? ESCAPE '\\')",
      pattern,
      pattern,
      pattern,
      pattern,
    )
  }
  if (since !== undefined) add('d.at >= ?', since)
  if (until !== undefined) add('d.at < ?', until)
  return { where, values }
}

function countFacet(db: Sqlite, tenant: string, question: { facet: Facet; filter: DecisionFilter }): Counts {
  const { facet } = question
  const { [facet]: _own, ...filter } = question.filter
  if (Object.values(filter).every((value) => value === undefined)) return allCounts(db, tenant, facet)
  const { where, values } = conditions(tenant, filter)
  const column = facet === 'agent' ? '(SELECT id FROM agents WHERE key = d.agent)' : facet === 'effect' ? 'd.effects' : `d.${facet}`
  const rows = db
    .prepare<unknown[], { value: string; count: number }>(
      `SELECT value, count(*) AS count FROM (SELECT ${column} AS value FROM decisions d WHERE ${where.join(' AND ')} ORDER BY d.received DESC LIMIT ${MOST_COUNTED}) GROUP BY value`,
    )
    .all(...values)
  return top(facet === 'effect' ? split(rows) : rows)
}

function allCounts(db: Sqlite, tenant: string, facet: Facet): Counts {
  return top(
    db
      .prepare<unknown[], { value: string; count: number }>(
        'SELECT value, count FROM decision_facets WHERE tenant = ? AND facet = ? ORDER BY count DESC LIMIT ?',
      )
      .all(tenant, facet, MOST_VALUES),
  )
}

function split(rows: readonly { value: string; count: number }[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) for (const name of row.value.split(' ')) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + row.count)
  return [...counts].map(([value, count]) => ({ value, count }))
}

function top(rows: readonly { value: string; count: number }[]): Counts {
  const best = [...rows].sort((left, right) => right.count - left.count).slice(0, MOST_VALUES)
  // Values are hostile text: a plain object would let `__proto__` vanish.
  const counts = Object.create(null) as Record<string, number>
  for (const { value, count } of best) if (value !== '') counts[value] = count
  return counts
}

function reader(db: Sqlite): DecisionReads['decision'] {
  const one = db.prepare<
    unknown[],
    RawDecision & { epoch: number; seq: number; hash: Buffer; receivedAt: number; body: Buffer; agentKey: number }
  >(
    `SELECT ${COLUMNS.replace('\n  FROM decisions d', ', e.epoch, e.seq, e.hash, e.received_at AS receivedAt, e.body, d.agent AS agentKey FROM decisions d JOIN entries e ON e.received = d.received')} WHERE d.tenant = ? AND d.id = ? ORDER BY d.received LIMIT 1`,
  )
  const previous = db
    .prepare<[number, number, number], Buffer>('SELECT hash FROM entries WHERE agent = ? AND epoch = ? AND seq = ?')
    .pluck()
  const outcomes = db.prepare<unknown[], { outcome: string; at: number; body: Buffer }>(
    'SELECT o.outcome, o.at, e.body FROM outcomes o JOIN entries e ON e.received = o.received WHERE o.tenant = ? AND o.agent = ? AND o.decision = ? ORDER BY o.received LIMIT 100',
  )
  return (tenant, id): DecisionDetailRow | undefined => {
    const row = one.get(tenant, id)
    if (row === undefined) return undefined
    const { agentKey, hash, body, ...rest } = row
    return {
      ...decisionOf(rest),
      epoch: row.epoch,
      seq: row.seq,
      receivedAt: row.receivedAt,
      verdict: row.verdict as Verdict,
      hash: hash.toString('hex'),
      previousHash: (previous.get(agentKey, row.epoch, row.seq - 1) ?? Buffer.alloc(32)).toString('hex'),
      body: body.toString('utf8'),
      outcomes: outcomes
        .all(tenant, agentKey, id)
        .map((outcome) => ({ outcome: outcome.outcome, at: outcome.at, body: outcome.body.toString('utf8') })),
    }
  }
}

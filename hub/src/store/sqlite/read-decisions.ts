import type { DecisionDetailRow, DecisionFilter, DecisionRow, Verdict } from '../facts.ts'
import type { StoreReads } from '../reads.ts'
import type { Page, PageQuery } from '../page.ts'
import { conditions } from './conditions.ts'
import { readFacets } from './read-facets.ts'
import type { Sqlite } from './schema.ts'
import { type Synchronous, pageOf, positionOf } from './rows.ts'

type DecisionReads = Synchronous<
  Pick<
    StoreReads,
    'decisions' | 'decisionsAfter' | 'lastReceived' | 'decision' | 'facets' | 'session' | 'decisionsPerHour' | 'decisionsPerAgent'
  >
>

const COLUMNS = `d.received, d.id, d.at, d.verdict, d.title, d.policy, d.session, d.gate, d.app, d.user, d.tool, d.server, d.effects, d.micros, a.id AS agent, a.hostname,
  CASE WHEN d.verdict = 'ask' THEN (SELECT o.outcome FROM outcomes o WHERE o.decision = d.id AND o.agent = d.agent AND o.outcome IN ('approved', 'denied', 'expired')
    ORDER BY o.received DESC LIMIT 1) END AS answer
  FROM decisions d JOIN agents a ON a.key = d.agent`

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
    facets: readFacets(db),
    session: (tenant, id, limit) => session.all(tenant, id, limit).map(decisionOf),
    decisionsPerHour: (tenant, since, agent) => perHour.all({ tenant, since, agent: agent ?? null }),
    decisionsPerAgent: (tenant, since) => perAgent.all(tenant, since),
  }
}

interface RawDecision extends Omit<DecisionRow, 'effectClasses' | 'answer'> {
  readonly effects: string
  readonly answer: string | null
}

function decisionOf({ effects, answer, ...row }: RawDecision): DecisionRow {
  const decision = { ...row, effectClasses: effects === '' ? [] : effects.split(' ') }
  return answer === null ? decision : { ...decision, answer }
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

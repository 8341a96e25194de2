import type { AgentRow, AlarmRow, ApprovalRow } from '../facts.ts'
import type { StoreReads } from '../reads.ts'
import { optionally, pageOf, positionOf, type Synchronous, withoutNulls } from './rows.ts'
import type { Sqlite } from './schema.ts'

type AgentReads = Synchronous<
  Pick<StoreReads, 'agents' | 'allAgents' | 'agent' | 'alarms' | 'stored' | 'approvals' | 'approval' | 'waitingApprovals'>
>

const AGENT = `key, id, hostname, platform, architecture, os_release AS osRelease, agent_version AS agentVersion, team AS "group", enrolled_at AS enrolledAt,
  last_seen_at AS lastSeenAt, certificate_expires_at AS certificateExpiresAt, revoked_at AS revokedAt, health, health_at AS healthAt FROM agents`
const APPROVAL = `p.key, p.id, p.decision, p.agent, coalesce(a.hostname, '') AS hostname, p.question, p.asked_at AS askedAt, p.expires_at AS expiresAt, p.state,
  p.answered_by AS answeredBy, p.answered_at AS answeredAt FROM approvals p LEFT JOIN agents a ON a.tenant = p.tenant AND a.id = p.agent`

type Keyed<Row> = Row & { readonly key: number }

export function readAgents(db: Sqlite): AgentReads {
  const page = db.prepare<unknown[], Keyed<AgentRow>>(`SELECT ${AGENT} WHERE tenant = ? AND key < ? ORDER BY key DESC LIMIT ?`)
  const all = db.prepare<unknown[], Keyed<AgentRow>>(`SELECT ${AGENT} WHERE tenant = ? ORDER BY hostname, key`)
  const one = db.prepare<unknown[], Keyed<AgentRow>>(`SELECT ${AGENT} WHERE tenant = ? AND id = ?`)
  const alarms = db.prepare<unknown[], AlarmRow>(
    'SELECT agent, code, text, at FROM alarms WHERE tenant = ? AND at >= ? ORDER BY at DESC LIMIT 1000',
  )
  const approvals = db.prepare<unknown[], Keyed<ApprovalRow>>(
    `SELECT ${APPROVAL} WHERE p.tenant = ? AND p.key < ? ORDER BY p.key DESC LIMIT ?`,
  )
  const waiting = db.prepare<unknown[], Keyed<ApprovalRow>>(
    `SELECT ${APPROVAL} WHERE p.tenant = ? AND p.key < ? AND p.state = 'waiting' AND p.expires_at > ? ORDER BY p.key DESC LIMIT ?`,
  )
  const approval = db.prepare<unknown[], Keyed<ApprovalRow>>(
    `SELECT ${APPROVAL} WHERE p.tenant = ? AND p.id = ? ORDER BY p.key DESC LIMIT 1`,
  )
  const waitingCount = db
    .prepare<unknown[], number>("SELECT count(*) FROM approvals WHERE tenant = ? AND state = 'waiting' AND expires_at > ?")
    .pluck()
  const last = Number.MAX_SAFE_INTEGER
  return {
    agents: (tenant, query) =>
      pageOf(page.all(tenant, positionOf(query.cursor) ?? last, query.limit + 1).map(withoutNulls), query.limit, (row) => row.key),
    allAgents: (tenant) => all.all(tenant).map(withoutNulls),
    agent: (tenant, id) => optionally(one.get(tenant, id)),
    alarms: (tenant, since) => alarms.all(tenant, since),
    stored: reader(db),
    approvals: (tenant, query) => {
      const before = positionOf(query.cursor) ?? last
      const rows = query.waiting ? waiting.all(tenant, before, query.now, query.limit + 1) : approvals.all(tenant, before, query.limit + 1)
      return pageOf(rows.map(withoutNulls), query.limit, (row) => row.key)
    },
    approval: (tenant, id) => optionally(approval.get(tenant, id)),
    waitingApprovals: (tenant, now) => waitingCount.get(tenant, now) ?? 0,
  }
}

function reader(db: Sqlite): AgentReads['stored'] {
  const newest = db.prepare<unknown[], { epoch: number; seq: number }>(
    'SELECT c.epoch, c.seq FROM chains c JOIN agents a ON a.key = c.agent WHERE a.tenant = ? AND a.id = ? ORDER BY c.updated_at DESC, c.epoch DESC LIMIT 1',
  )
  const totals = db.prepare<unknown[], { entries: number | null; dropped: number | null }>(
    'SELECT sum(c.entries) AS entries, sum(c.dropped) AS dropped FROM chains c JOIN agents a ON a.key = c.agent WHERE a.tenant = ? AND a.id = ?',
  )
  return (tenant, agent) => {
    const total = totals.get(tenant, agent)
    return { ...(newest.get(tenant, agent) ?? { epoch: 0, seq: 0 }), entries: total?.entries ?? 0, dropped: total?.dropped ?? 0 }
  }
}

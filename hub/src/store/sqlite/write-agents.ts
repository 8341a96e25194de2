import type { Enrolment, EnrolmentResult, StoreWrites } from '../writes.ts'
import type { Synchronous } from './rows.ts'
import type { Sqlite } from './schema.ts'

type AgentWrites = Synchronous<
  Pick<
    StoreWrites,
    'enrolAgent' | 'rotatedAgent' | 'revokeAgent' | 'seenAgents' | 'agentHealth' | 'raiseAlarm' | 'askApproval' | 'resolveApproval'
  >
>

export function writeAgents(db: Sqlite): AgentWrites {
  const key = db.prepare<unknown[], number>('SELECT key FROM agents WHERE tenant = ? AND id = ? AND revoked_at IS NULL').pluck()
  const rotated = db.prepare('UPDATE agents SET certificate_expires_at = ? WHERE key = ?')
  const addKey = db.prepare('INSERT INTO agent_keys (tenant, key_hash, agent) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const revoke = db.prepare('UPDATE agents SET revoked_at = ? WHERE tenant = ? AND id = ? AND revoked_at IS NULL')
  const seen = db.prepare('UPDATE agents SET last_seen_at = ? WHERE tenant = ? AND id = ?')
  const health = db.prepare(
    'UPDATE agents SET health = ?, health_at = ?, last_seen_at = ?, agent_version = coalesce(?, agent_version) WHERE tenant = ? AND id = ?',
  )
  const alarm = db.prepare(
    'INSERT INTO alarms (tenant, agent, code, text, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant, agent, code) DO UPDATE SET text = excluded.text, at = excluded.at',
  )
  return {
    enrolAgent: enroller(db),
    rotatedAgent: ({ tenant, agent, keyHash, certificateExpiresAt }) => {
      const found = key.get(tenant, agent)
      if (found === undefined) return false
      addKey.run(tenant, keyHash, found)
      return rotated.run(certificateExpiresAt, found).changes === 1
    },
    revokeAgent: (tenant, agent, at) => revoke.run(at, tenant, agent).changes === 1,
    seenAgents: (agents) => {
      for (const one of agents) seen.run(one.at, one.tenant, one.agent)
    },
    agentHealth: (one) => void health.run(one.health, one.at, one.at, one.agentVersion ?? null, one.tenant, one.agent),
    raiseAlarm: (tenant, one) => void alarm.run(tenant, one.agent, one.code, one.text, one.at),
    ...writeApprovals(db),
  }
}

function enroller(db: Sqlite): (enrolment: Enrolment) => EnrolmentResult {
  const token = db.prepare<unknown[], { uses: number; used: number; expires: number; revoked: number }>(
    'SELECT uses, used, expires, revoked FROM enrol_tokens WHERE id = ?',
  )
  const use = db.prepare('UPDATE enrol_tokens SET used = used + 1 WHERE id = ?')
  const known = db.prepare<unknown[], number>('SELECT 1 FROM agent_keys WHERE tenant = ? AND key_hash = ?').pluck()
  const add = db.prepare(
    'INSERT INTO agents (tenant, id, team, hostname, platform, architecture, os_release, agent_version, enrolled_at, enrolled_with, certificate_expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const addKey = db.prepare('INSERT INTO agent_keys (tenant, key_hash, agent) VALUES (?, ?, ?)')
  return (one) => {
    const given = token.get(one.tokenId)
    if (given === undefined || given.revoked === 1) return 'token-revoked'
    if (given.expires <= one.at) return 'token-expired'
    if (given.used >= given.uses) return 'token-used-up'
    if (known.get(one.tenant, one.keyHash) === 1) return 'key-known'
    use.run(one.tokenId)
    const { lastInsertRowid } = add.run(
      one.tenant,
      one.agent,
      one.group,
      one.hostname,
      one.platform,
      one.architecture,
      one.osRelease,
      one.agentVersion,
      one.at,
      one.tokenId,
      one.certificateExpiresAt,
    )
    addKey.run(one.tenant, one.keyHash, lastInsertRowid)
    return 'enrolled'
  }
}

function writeApprovals(db: Sqlite): Pick<AgentWrites, 'askApproval' | 'resolveApproval'> {
  const ask = db.prepare(
    "INSERT INTO approvals (tenant, agent, id, decision, question, asked_at, expires_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
  )
  // What the agent reports is what happened; a person's answer only counts while the question waits.
  const byAgent = db.prepare('UPDATE approvals SET state = ?, answered_by = ?, answered_at = ? WHERE tenant = ? AND id = ? AND agent = ?')
  const byPerson = db.prepare(
    "UPDATE approvals SET state = ?, answered_by = ?, answered_at = ? WHERE tenant = ? AND id = ? AND state = 'waiting' AND expires_at > ?",
  )
  return {
    askApproval: (tenant, one) => void ask.run(tenant, one.agent, one.id, one.decision, one.question, one.askedAt, one.expiresAt),
    resolveApproval: (tenant, one) =>
      one.agent === undefined
        ? byPerson.run(one.state, one.by, one.at, tenant, one.id, one.at).changes > 0
        : byAgent.run(one.state, one.by, one.at, tenant, one.id, one.agent).changes > 0,
  }
}

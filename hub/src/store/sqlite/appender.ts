import type { AppendRequest, AppendResult } from '../append.ts'
import type { DecisionFacts } from '../entry.ts'
import { type ChainHead, type CheckedEntry, checkSegment, EMPTY_CHAIN } from '../segment.ts'
import { decodeSegment } from '../wire.ts'
import type { Sqlite } from './schema.ts'

const HOUR = 3_600_000

/** Appends inside the caller's transaction; the caller commits before it answers anybody. */
export interface Appender {
  append(request: AppendRequest): AppendResult
  acked(tenant: string, agent: string, epoch: number): number
}

export function sqliteAppender(db: Sqlite): Appender {
  const agentKey = db.prepare<[string, string], number>('SELECT key FROM agents WHERE tenant = ? AND id = ?').pluck()
  const chain = db.prepare<[number, number], ChainHead>('SELECT seq, hash FROM chains WHERE agent = ? AND epoch = ?')
  const hashAt = db.prepare<[number, number, number], Buffer>('SELECT hash FROM entries WHERE agent = ? AND epoch = ? AND seq = ?').pluck()
  const keep = keeper(db)

  function append(request: AppendRequest): AppendResult {
    const segment = decodeSegment(request.message)
    if (segment === undefined) return { ok: false, code: 'malformed', detail: 'the batch cannot be decoded' }
    const agent = agentKey.get(request.tenant, request.agent)
    if (agent === undefined) return { ok: false, code: 'unknown-agent', detail: 'the agent is not known' }
    const head = chain.get(agent, segment.epoch) ?? EMPTY_CHAIN
    const checked = checkSegment(segment, {
      head,
      publicKey: request.publicKey,
      storedHash: (seq) => hashAt.get(agent, segment.epoch, seq),
    })
    if (!checked.ok) return checked
    const decisions = keep(
      { tenant: request.tenant, agent, agentId: request.agent, epoch: segment.epoch, receivedAt: request.receivedAt },
      checked.fresh,
    )
    return {
      ok: true,
      epoch: segment.epoch,
      acked: checked.fresh.at(-1)?.seq ?? head.seq,
      stored: checked.fresh.length,
      decisions,
      duplicates: checked.duplicates,
    }
  }

  return {
    append,
    acked: (tenant, agent, epoch) => {
      const key = agentKey.get(tenant, agent)
      return key === undefined ? 0 : (chain.get(key, epoch)?.seq ?? 0)
    },
  }
}

interface Place {
  readonly tenant: string
  readonly agent: number
  readonly agentId: string
  readonly epoch: number
  readonly receivedAt: number
}

function keeper(db: Sqlite): (place: Place, entries: readonly CheckedEntry[]) => number {
  const entry = db.prepare(
    'INSERT INTO entries (tenant, agent, epoch, seq, received_at, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const decision = db.prepare(
    'INSERT INTO decisions (received, tenant, agent, id, at, verdict, title, policy, session, gate, app, user, tool, server, effects, micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const outcome = db.prepare('INSERT INTO outcomes (received, tenant, agent, decision, outcome, at) VALUES (?, ?, ?, ?, ?, ?)')
  const advance =
    db.prepare(`INSERT INTO chains (tenant, agent, epoch, seq, hash, entries, dropped, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (agent, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, entries = entries + excluded.entries, dropped = dropped + excluded.dropped, updated_at = excluded.updated_at`)
  const tally = tallier(db)

  return (place, entries) => {
    const last = entries.at(-1)
    if (last === undefined) return 0
    let dropped = 0
    const decisions: DecisionFacts[] = []
    for (const { seq, hash, body, facts } of entries) {
      const { changes, lastInsertRowid } = entry.run(place.tenant, place.agent, place.epoch, seq, place.receivedAt, hash, body)
      if (changes === 0) throw new Error(`entry ${seq} stands beyond the head of its chain`)
      if (facts === undefined) dropped++
      else if (facts.kind === 'decision') {
        decisions.push(facts)
        decision.run(
          lastInsertRowid,
          place.tenant,
          place.agent,
          facts.id,
          facts.at,
          facts.verdict,
          facts.title,
          facts.policy,
          facts.session,
          facts.gate,
          facts.app,
          facts.user,
          facts.tool,
          facts.server,
          facts.effectClasses.join(' '),
          facts.micros,
        )
      } else if (facts.kind === 'outcome') outcome.run(lastInsertRowid, place.tenant, place.agent, facts.decision, facts.outcome, facts.at)
    }
    advance.run(place.tenant, place.agent, place.epoch, last.seq, last.hash, entries.length, dropped, place.receivedAt)
    tally(place, decisions)
    return decisions.length
  }
}

/** Keeps running counts, so that the usual questions never scan. Many decisions make few rows. */
function tallier(db: Sqlite): (place: Place, decisions: readonly DecisionFacts[]) => void {
  const hour = db.prepare(`INSERT INTO decision_hours (tenant, hour, agent, verdict, count) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`)
  const facet = db.prepare(`INSERT INTO decision_facets (tenant, facet, value, count) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`)
  return (place, decisions) => {
    const hours = new Map<string, number>()
    const facets = new Map<string, number>()
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
    for (const one of decisions) {
      count(hours, `${Math.floor(one.at / HOUR) * HOUR} ${one.verdict}`)
      count(facets, `verdict ${one.verdict}`)
      count(facets, `app ${one.app}`)
      count(facets, `tool ${one.tool}`)
      count(facets, `policy ${one.policy}`)
      for (const effect of one.effectClasses) count(facets, `effect ${effect}`)
    }
    if (decisions.length > 0) facets.set(`agent ${place.agentId}`, decisions.length)
    for (const [key, total] of hours)
      hour.run(place.tenant, Number(key.slice(0, key.indexOf(' '))), place.agent, key.slice(key.indexOf(' ') + 1), total)
    for (const [key, total] of facets) facet.run(place.tenant, key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1), total)
  }
}

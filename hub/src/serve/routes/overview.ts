import type { z } from 'zod'
import { callerOf, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { type AgentSummary, agentSummary, healthOf } from '../present/agents.ts'
import { decisionSummary } from '../present/decisions.ts'
import { policyOf } from '../present/policies.ts'
import { isoTime } from '../present/present.ts'
import { overviewSchema } from '../schemas.ts'
import type { AgentRow } from '../../store/index.ts'
import { circumstancesIn } from './agents.ts'
import { policyParts } from './policies.ts'
import { problems } from './routes.ts'

type Overview = z.infer<typeof overviewSchema>

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MOST_LISTED = 100
const STRICTER = ['redact', 'ask', 'deny', 'quarantine'] as const

/** What the Now page shows, in one answer. */
export function overviewRoutes(app: App, context: ServeContext): void {
  app.get('/api/v1/overview', { schema: { response: { 200: overviewSchema, ...problems } } }, async (request) => {
    const { tenant } = requireRole(await callerOf(request, context), 'viewer')
    const { store } = context
    const now = context.clock.now()
    const [rows, circumstances, hours, waitingApprovals, stops, policy] = await Promise.all([
      store.read.allAgents(tenant),
      circumstancesIn(context, tenant),
      store.read.decisionsPerHour(tenant, Math.floor((now - DAY) / HOUR) * HOUR + HOUR),
      store.read.waitingApprovals(tenant, now),
      store.read.decisions(tenant, { verdict: STRICTER }, { limit: 5 }),
      policyNow(context, tenant),
    ])
    const agents = rows.map((row) => agentSummary(row, circumstances(row.id)))
    return {
      agents: countLinks(agents),
      ...coverageOf(rows),
      ...countHours(hours, now),
      waitingApprovals,
      ...(policy === undefined ? {} : { policy }),
      recentStops: stops.items.map(decisionSummary),
      problems: agents
        .flatMap(({ id, hostname, problems: told }) => told.map((problem) => ({ agent: id, hostname, problem })))
        .slice(0, MOST_LISTED),
    }
  })
}

function countLinks(agents: readonly AgentSummary[]): Overview['agents'] {
  const counts = { total: agents.length, connected: 0, silent: 0, revoked: 0 }
  for (const agent of agents) counts[agent.link]++
  return counts
}

function coverageOf(rows: readonly AgentRow[]): Pick<Overview, 'coverage' | 'coverageReasons'> {
  const coverage = { protected: 0, partial: 0, unprotected: 0 }
  const coverageReasons: Overview['coverageReasons'] = []
  for (const row of rows) {
    if (row.revokedAt !== undefined) continue
    for (const { app, state, reason } of healthOf(row)?.coverage ?? []) {
      coverage[state]++
      if (state !== 'protected' && coverageReasons.length < MOST_LISTED)
        coverageReasons.push({ agent: row.id, hostname: row.hostname, app, state, reason })
    }
  }
  return { coverage, coverageReasons }
}

/** 24 hours, the quiet ones too. */
function countHours(
  rows: readonly { readonly hour: number; readonly verdict: string; readonly count: number }[],
  now: number,
): Pick<Overview, 'decisions24h' | 'decisionsPerHour'> {
  const last = Math.floor(now / HOUR) * HOUR
  const hours = new Map(Array.from({ length: 24 }, (_, index) => [last - (23 - index) * HOUR, {} as Record<string, number>]))
  const decisions24h: Record<string, number> = {}
  for (const { hour, verdict, count } of rows) {
    const counts = hours.get(hour)
    if (counts === undefined) continue
    counts[verdict] = count
    decisions24h[verdict] = (decisions24h[verdict] ?? 0) + count
  }
  return { decisions24h, decisionsPerHour: [...hours].map(([hour, counts]) => ({ hour: isoTime(hour), counts })) }
}

async function policyNow(context: ServeContext, tenant: string): Promise<Overview['policy']> {
  const bundle = await context.store.read.latestBundle(tenant, 'policy')
  if (bundle === undefined) return undefined
  const { name, version, hash, agents } = policyOf(bundle, await policyParts(context, tenant, bundle))
  return { name, version, hash, ...agents }
}

import { newId } from '../../platform/secrets.ts'
import { callerOf, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { type AgentCircumstances, agentDetail, agentSummary } from '../present/agents.ts'
import { notFound } from '../problems.ts'
import { agentDetailSchema, agentSummarySchema, pageOf, pageQuerySchema } from '../schemas.ts'
import { idParams, nothing, problems } from './routes.ts'

const DAY = 86_400_000
const MOST_REPORTS = 20

export function agentRoutes(app: App, context: ServeContext): void {
  const { store } = context
  app.get(
    '/api/v1/agents',
    { schema: { querystring: pageQuerySchema, response: { 200: pageOf(agentSummarySchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const page = await store.read.agents(tenant, request.query)
      const circumstances = await circumstancesIn(context, tenant)
      return { ...page, items: page.items.map((row) => agentSummary(row, circumstances(row.id))) }
    },
  )

  app.get('/api/v1/agents/:id', { schema: { params: idParams, response: { 200: agentDetailSchema, ...problems } } }, async (request) => {
    const { tenant } = requireRole(await callerOf(request, context), 'viewer')
    return detail(context, tenant, request.params.id)
  })

  app.post(
    '/api/v1/agents/:id/revoke',
    { schema: { params: idParams, body: nothing, response: { 200: agentDetailSchema, ...problems } } },
    async (request) => {
      const caller = requireRole(await callerOf(request, context), 'admin')
      const { tenant } = caller
      const { id } = request.params
      const now = context.clock.now()
      if (!(await store.write.revokeAgent(tenant, id, now)) && (await store.read.agent(tenant, id)) === undefined) throw notFound('agent')
      const streams = context.streams.end(tenant, id, 'revoked')
      await store.write.addAudit(tenant, {
        id: newId('aud'),
        at: now,
        actor: caller.name,
        action: 'agent.revoked',
        subject: id,
        detail: JSON.stringify({ closedStreams: streams }),
      })
      context.events.publish({ tenant, type: 'agent', data: { id, change: 'revoked' } })
      return detail(context, tenant, id)
    },
  )
}

async function detail(context: ServeContext, tenant: string, id: string) {
  const row = await context.store.read.agent(tenant, id)
  if (row === undefined) throw notFound('agent')
  const [circumstances, stored, reports] = await Promise.all([
    circumstancesIn(context, tenant),
    context.store.read.stored(tenant, id),
    context.store.read.reportsOf(tenant, id, MOST_REPORTS),
  ])
  return agentDetail(row, { circumstances: circumstances(id), stored, reports })
}

/** What is true of agents besides their own row: streams, alarms of the last day, decisions of the last day. */
export async function circumstancesIn(context: ServeContext, tenant: string): Promise<(agent: string) => AgentCircumstances> {
  const now = context.clock.now()
  const [alarms, counts] = await Promise.all([
    context.store.read.alarms(tenant, now - DAY),
    context.store.read.decisionsPerAgent(tenant, now - DAY),
  ])
  const perAgent = new Map<string, Record<string, number>>()
  for (const { agent, verdict, count } of counts) perAgent.set(agent, { ...perAgent.get(agent), [verdict]: count })
  return (agent) => ({ now, live: context.streams.has(tenant, agent), alarms, decisions24h: perAgent.get(agent) ?? {} })
}

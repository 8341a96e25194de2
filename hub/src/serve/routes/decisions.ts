import { z } from 'zod'
import { callerOf, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { decisionDetail, decisionFilter, decisionSummary } from '../present/decisions.ts'
import { isoTime } from '../present/present.ts'
import { notFound } from '../problems.ts'
import { decisionDetailSchema, decisionQuerySchema, decisionSummarySchema, facetsSchema, pageOf, sessionDetailSchema } from '../schemas.ts'
import { idParams, problems } from './routes.ts'

const MOST_IN_SESSION = 1000

export function decisionRoutes(app: App, context: ServeContext): void {
  const { store } = context
  app.get(
    '/api/v1/decisions',
    { schema: { querystring: decisionQuerySchema, response: { 200: pageOf(decisionSummarySchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const { cursor, limit, ...query } = request.query
      const page = await store.read.decisions(tenant, decisionFilter(query), { cursor, limit })
      return { ...page, items: page.items.map(decisionSummary) }
    },
  )

  app.get(
    '/api/v1/decisions/facets',
    { schema: { querystring: decisionQuerySchema.omit({ cursor: true, limit: true }), response: { 200: facetsSchema, ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      return store.read.facets(tenant, decisionFilter(request.query))
    },
  )

  app.get(
    '/api/v1/decisions/:id',
    { schema: { params: idParams, response: { 200: decisionDetailSchema, ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const decision = await store.read.decision(tenant, request.params.id)
      if (decision === undefined) throw notFound('decision')
      return decisionDetail(decision)
    },
  )

  app.get(
    '/api/v1/sessions/:id',
    { schema: { params: z.object({ id: z.string().min(1).max(200) }), response: { 200: sessionDetailSchema, ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const decisions = await store.read.session(tenant, request.params.id, MOST_IN_SESSION)
      const [first] = decisions
      const last = decisions.at(-1)
      if (first === undefined || last === undefined) throw notFound('session')
      const { agent, hostname, app: application, user } = first
      return {
        id: request.params.id,
        agent,
        hostname,
        app: application,
        user,
        startedAt: isoTime(first.at),
        lastAt: isoTime(last.at),
        decisions: decisions.map(decisionSummary),
      }
    },
  )
}

import type { IncomingMessage } from 'node:http'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { z } from 'zod'
import { HubError } from '../../platform/errors.ts'
import { callerOf, requireRole } from '../caller.ts'
import type { App, Figures, ServeContext } from '../context.ts'
import { isoTime, parsedObject } from '../present/present.ts'
import { auditSchema, pageOf, pageQuerySchema } from '../schemas.ts'
import { problems } from './routes.ts'

const METRICS: Readonly<Record<keyof Figures, readonly [string, string]>> = {
  connectedAgents: ['assize_agents_connected', 'Agents with a live stream'],
  batches: ['assize_ingest_batches_total', 'Batches taken since the start'],
  entries: ['assize_ingest_entries_total', 'Entries stored since the start'],
  duplicates: ['assize_ingest_duplicates_total', 'Entries that were stored already'],
  refusedBatches: ['assize_ingest_refused_batches_total', 'Batches refused'],
  bytesInHand: ['assize_ingest_bytes_in_hand', 'Bytes taken from the wire and not yet durable'],
}

export function operationRoutes(app: App, context: ServeContext): void {
  app.get(
    '/api/v1/audit',
    { schema: { querystring: pageQuerySchema, response: { 200: pageOf(auditSchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'analyst')
      const page = await context.store.read.audit(tenant, request.query)
      return {
        ...page,
        items: page.items.map(({ id, at, actor, action, subject, detail }) => ({
          id,
          at: isoTime(at),
          actor,
          action,
          subject,
          detail: parsedObject(detail),
        })),
      }
    },
  )

  const state = z.object({ status: z.string() })
  app.get('/healthz', { schema: { response: { 200: state } } }, () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { response: { 200: state, ...problems } } }, async () => {
    if (!context.ready())
      throw new HubError({
        code: 'stopping',
        status: 503,
        detail: 'The hub is stopping.',
        protection: 'Agents keep deciding and keep their records.',
      })
    await context.store.read.people()
    return { status: 'ready' }
  })

  const registry = metrics(context)
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isLocal(request.raw)) requireRole(await callerOf(request, context), 'viewer')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function metrics(context: ServeContext): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'assize_hub_', eventLoopMonitoringPrecision: 100 })
  for (const [figure, [name, help]] of Object.entries(METRICS) as [keyof Figures, readonly [string, string]][]) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(context.figures()[figure])
      },
    })
  }
  return registry
}

function isLocal(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? ''
  return address === '::1' || address === '127.0.0.1' || address === '::ffff:127.0.0.1'
}

import { HubError } from '../../platform/errors.ts'
import { callerOf, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { EventClient } from '../events.ts'

const HEARTBEAT_MS = 15_000
const MOST_CLIENTS = 200

/** `GET /api/v1/events`: what happens, as it happens (server-sent events). */
export function eventRoutes(app: App, context: ServeContext): void {
  const clients = new Set<() => void>()
  app.get('/api/v1/events', { schema: { hide: true } }, async (request, reply) => {
    const { tenant } = requireRole(await callerOf(request, context), 'viewer')
    if (clients.size >= MOST_CLIENTS)
      throw new HubError({
        code: 'too-many-watchers',
        status: 503,
        detail: 'Too many consoles watch this hub.',
        remedy: 'Close some, or reload instead of watching.',
      })
    reply.hijack()
    const response = reply.raw
    response.writeHead(200, {
      ...headersOf(reply.getHeaders()),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    const client = new EventClient(response, tenant)
    const seen = request.headers['last-event-id']
    client.start(context.events.head, typeof seen === 'string' ? context.events.after(seen) : [])
    const unsubscribe = context.events.subscribe((event) => client.send(event))
    const heartbeat = setInterval(() => {
      client.heartbeat()
      // A session that ended, or a token that was revoked, stops watching too.
      void callerOf(request, context).then((caller) => caller ?? close(), close)
    }, HEARTBEAT_MS)
    const close = () => {
      unsubscribe()
      clearInterval(heartbeat)
      clients.delete(close)
      response.end()
    }
    clients.add(close)
    response.on('close', close)
    response.on('error', close)
  })
  app.addHook('preClose', (done) => {
    for (const close of [...clients]) close()
    done()
  })
}

function headersOf(headers: Readonly<Record<string, number | string | string[] | undefined>>): Record<string, number | string | string[]> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

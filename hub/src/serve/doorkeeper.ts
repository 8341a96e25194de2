import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HubError } from '../platform/errors.ts'
import type { ServeContext } from './context.ts'

/** The doorkeeper: exact host and origin on every request, and headers that leave a browser little to be tricked with. */

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function addDoorkeeper(app: FastifyInstance, context: ServeContext): void {
  app.addHook('onRequest', (request, _reply, done) => {
    try {
      checkHost(request, context.hosts())
      checkOrigin(request, context.hosts())
      done()
    } catch (error) {
      done(error as Error)
    }
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.header('content-security-policy', POLICY)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('cross-origin-opener-policy', 'same-origin')
    reply.header('cross-origin-resource-policy', 'same-origin')
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()')
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    done(null, payload)
  })
}

/** A page that rebinds its name to this machine still sends its own name. */
function checkHost(request: FastifyRequest, hosts: ReadonlySet<string>): void {
  if (hosts.has(request.headers.host?.toLowerCase() ?? '')) return
  throw new HubError({
    code: 'wrong-host',
    status: 421,
    detail: 'The hub does not answer under this name.',
    remedy: `Use one of its own addresses, such as ${[...hosts][0] ?? 'the one it printed'}, or add the name with --name.`,
  })
}

/**
 * A browser names the page's origin on everything that could harm. With a session cookie, a change must name our own;
 * programs with a token name none.
 */
function checkOrigin(request: FastifyRequest, hosts: ReadonlySet<string>): void {
  const { origin } = request.headers
  if (origin !== undefined) {
    if (hosts.has(hostOf(origin, request.protocol))) return
    throw crossSite()
  }
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && request.url.startsWith('/api/')) throw crossSite()
  const withCookie = request.headers.cookie !== undefined && request.headers.authorization === undefined
  if (withCookie && !SAFE.has(request.method) && site !== 'same-origin') throw crossSite()
}

function hostOf(origin: string, protocol: string): string {
  const prefix = `${protocol}://`
  return origin.startsWith(prefix) ? origin.slice(prefix.length).toLowerCase() : ''
}

function crossSite(): HubError {
  return new HubError({
    code: 'cross-site',
    status: 403,
    detail: 'The request comes from another site.',
    protection: 'Nothing was changed.',
    remedy: 'Open the console under its own address.',
  })
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HubError } from '../../platform/errors.ts'
import type { App } from '../context.ts'
import { notFound, sendProblem } from '../problems.ts'

/** Serves the console. Every address that is not a file or the API's is the console's own to route. */
export async function consoleRoutes(app: App, folder: string | undefined): Promise<void> {
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) {
    app.setNotFoundHandler((request, reply) => sendProblem(reply, request.url.startsWith('/api/') ? notFound('address') : missingConsole()))
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    index: ['index.html'],
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Names of assets hold a hash of their content; the page that names them must always be asked for.
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => (isPage(request) ? page(reply) : sendProblem(reply, notFound('address'))))
}

function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? ''
  return (
    request.method === 'GET' &&
    !path.startsWith('/api/') &&
    !path.startsWith('/assets/') &&
    (request.headers.accept ?? '').includes('text/html')
  )
}

function page(reply: FastifyReply): FastifyReply {
  return reply.code(200).sendFile('index.html')
}

function missingConsole(): HubError {
  return new HubError({
    code: 'console-missing',
    status: 404,
    detail: 'The console has not been built, so there is nothing to show here.',
    protection: 'Agents and the API work without it.',
    remedy: 'Build it with `npm run build`, or name its folder with --console.',
  })
}

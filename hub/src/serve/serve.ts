import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import { fastify, LogController } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { App, ServeContext } from './context.ts'
import { addDoorkeeper } from './doorkeeper.ts'
import { asHubError, sendProblem } from './problems.ts'
import { accessRoutes } from './routes/access.ts'
import { agentRoutes } from './routes/agents.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { consoleRoutes } from './routes/console.ts'
import { decisionRoutes } from './routes/decisions.ts'
import { eventRoutes } from './routes/events.ts'
import { modelRoutes } from './routes/models.ts'
import { operationRoutes } from './routes/operations.ts'
import { overviewRoutes } from './routes/overview.ts'
import { policyRoutes } from './routes/policies.ts'
import { tokenRoutes } from './routes/tokens.ts'

export interface ServeOptions {
  /** Folder of the built console. */
  readonly console?: string | undefined
  /** Certificate and key, PEM; plain HTTP without, which is for loopback only. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined
}

const BODY_BYTES = 64 * 1024

/** Builds the HTTP side of the hub; it listens once told to. */
export async function openServer(context: ServeContext, options: ServeOptions): Promise<App> {
  const base = fastify({
    ...(options.tls === undefined ? {} : { https: options.tls }),
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    trustProxy: false,
  })
  const app = base.withTypeProvider<ZodTypeProvider>() as unknown as App
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => {
    const problem = asHubError(error)
    if (problem.status >= 500) request.log.error({ err: problem.cause ?? problem, url: request.routeOptions.url }, problem.detail)
    return sendProblem(reply, problem)
  })
  addDoorkeeper(base as never, context)
  await app.register(cookie)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Assize hub', version: '1', description: 'What agents decided, how they are, and what the hub may ask of them.' },
    },
    transform: jsonSchemaTransform,
  })
  await app.register(async (api) => addRoutes(api as unknown as App, context))
  await consoleRoutes(app, options.console)
  return app
}

function addRoutes(app: App, context: ServeContext): void {
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger())
  accessRoutes(app, context)
  overviewRoutes(app, context)
  decisionRoutes(app, context)
  agentRoutes(app, context)
  policyRoutes(app, context)
  modelRoutes(app, context)
  approvalRoutes(app, context)
  tokenRoutes(app, context)
  operationRoutes(app, context)
  eventRoutes(app, context)
}

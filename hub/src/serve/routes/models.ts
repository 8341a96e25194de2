import { MODEL_OFFER_BYTES } from '@assize/kernel'
import { z } from 'zod'
import { addModel, promoteModel, rollBackModel, wishOf } from '../../distribute/index.ts'
import { HubError } from '../../platform/errors.ts'
import type { ModelReleaseRow } from '../../store/index.ts'
import { callerOf, onlyFor, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { addModelSchema, modelSchema, modelStateSchema, modelTaskSchema, promoteModelSchema } from '../model-schemas.ts'
import { modelOf, modelStateOf } from '../present/models.ts'
import { pageOf, pageQuerySchema } from '../schemas.ts'
import { problems } from './routes.ts'

/** Base64 grows by a third; what is longer is not looked at. */
const BODY_BYTES = Math.ceil(MODEL_OFFER_BYTES * 1.4)
const taskParams = z.object({ task: modelTaskSchema })
const releaseParams = taskParams.extend({ version: z.coerce.number().int().positive() })
const rolledBackSchema = z.object({
  now: modelSchema.optional().describe('What is active from now on; absent for the model that ships with agents'),
})

export function modelRoutes(app: App, context: ServeContext): void {
  readRoutes(app, context)
  app.post(
    '/api/v1/models',
    {
      bodyLimit: BODY_BYTES,
      onRequest: onlyFor('policy-admin', context),
      schema: { body: addModelSchema, response: { 200: modelSchema, ...problems } },
    },
    async (request) => {
      const { tenant, name } = requireRole(await callerOf(request, context), 'policy-admin')
      const { files, expires } = request.body
      const draft = { files: new Map(Object.entries(files).map(([path, base64]) => [path, bytesOf(base64)])), by: name }
      const release = await addModel(context, tenant, { ...draft, expires: expires === undefined ? undefined : Date.parse(expires) })
      return presenter(context, tenant)(release)
    },
  )

  app.post(
    '/api/v1/models/:task/:version/promote',
    { schema: { params: releaseParams, body: promoteModelSchema, response: { 200: modelSchema, ...problems } } },
    async (request) => {
      const { tenant, name } = requireRole(await callerOf(request, context), 'policy-admin')
      const move = await promoteModel(context, tenant, { ...request.params, ...request.body, by: name })
      context.control.moveModel(tenant, move)
      return presenter(context, tenant)(move.offer)
    },
  )

  app.post(
    '/api/v1/models/:task/rollback',
    { schema: { params: taskParams, body: promoteModelSchema, response: { 200: rolledBackSchema, ...problems } } },
    async (request) => {
      const { tenant, name } = requireRole(await callerOf(request, context), 'policy-admin')
      const move = await rollBackModel(context, tenant, { ...request.params, ...request.body, by: name })
      context.control.moveModel(tenant, move)
      return move.offer === undefined ? {} : { now: await presenter(context, tenant)(move.offer) }
    },
  )
}

function readRoutes(app: App, context: ServeContext): void {
  const { store } = context
  app.get(
    '/api/v1/models',
    { schema: { querystring: pageQuerySchema, response: { 200: pageOf(modelSchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const page = await store.read.modelReleases(tenant, request.query)
      return { ...page, items: await Promise.all(page.items.map(presenter(context, tenant))) }
    },
  )

  app.get(
    '/api/v1/models/agents',
    { schema: { response: { 200: z.object({ items: z.array(modelStateSchema) }), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const [states, agents] = await Promise.all([store.read.modelStates(tenant), store.read.allAgents(tenant)])
      const hostnames = new Map(agents.filter(({ revokedAt }) => revokedAt === undefined).map(({ id, hostname }) => [id, hostname]))
      return {
        items: states.flatMap((row) => {
          const hostname = hostnames.get(row.agent)
          return hostname === undefined ? [] : [modelStateOf(row, hostname)]
        }),
      }
    },
  )
}

/** Shows releases; what is the same for all of them is read once. */
function presenter({ store }: ServeContext, tenant: string) {
  const common = Promise.all([
    store.read.allAgents(tenant),
    store.read.modelStates(tenant),
    store.read.modelPlacings(tenant, 'texts').then(wishOf),
    store.read.modelPlacings(tenant, 'calls').then(wishOf),
  ])
  return async (release: ModelReleaseRow) => {
    const [agents, states, texts, calls] = await common
    const wish = release.task === 'texts' ? texts : calls
    const place = wish.active === release.hash ? 'active' : wish.shadow === release.hash ? 'shadow' : undefined
    const [reports, evaluations] = await Promise.all([
      store.read.modelReports(tenant, release.hash),
      store.read.modelEvaluations(tenant, release.hash),
    ])
    return modelOf(release, { agents, states, reports, evaluations, place })
  }
}

function bytesOf(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64)
    throw new HubError({
      code: 'bad-base64',
      status: 422,
      detail: 'The model was not added: part of it is not base64.',
      protection: 'The models in use stay in use on every agent.',
      remedy: 'Send files as base64 with padding.',
    })
  return new Uint8Array(bytes)
}

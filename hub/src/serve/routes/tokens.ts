import { z } from 'zod'
import { createEnrolToken } from '../../distribute/index.ts'
import { newId } from '../../platform/secrets.ts'
import type { EnrolTokenRow, TokenRow } from '../../store/index.ts'
import { type Caller, callerOf, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { createToken } from '../people.ts'
import { isoTime } from '../present/present.ts'
import { notFound } from '../problems.ts'
import {
  createdEnrolTokenSchema,
  createdTokenSchema,
  createEnrolTokenSchema,
  createTokenSchema,
  enrolTokenSchema,
  pageOf,
  pageQuerySchema,
  tokenSchema,
} from '../schemas.ts'
import { done, idParams, problems } from './routes.ts'

const DAY = 86_400_000

export function tokenRoutes(app: App, context: ServeContext): void {
  enrolTokenRoutes(app, context)
  const { store } = context
  app.get(
    '/api/v1/tokens',
    { schema: { querystring: pageQuerySchema, response: { 200: pageOf(tokenSchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'admin')
      const page = await store.read.tokens(tenant, request.query)
      return { ...page, items: page.items.map(presentToken) }
    },
  )

  app.post(
    '/api/v1/tokens',
    { schema: { body: createTokenSchema, response: { 201: createdTokenSchema, ...problems } } },
    async (request, reply) => {
      const caller = requireRole(await callerOf(request, context), 'admin')
      const { name, role, expires } = request.body
      const created = await createToken(
        { store, clock: context.clock, tenant: caller.tenant },
        { name, role, by: caller.name, expiresAt: expires === undefined ? undefined : Date.parse(expires) },
      )
      return reply.code(201).send(created)
    },
  )

  app.delete('/api/v1/tokens/:id', { schema: { params: idParams, response: { 204: done, ...problems } } }, async (request, reply) => {
    const caller = requireRole(await callerOf(request, context), 'admin')
    if (!(await store.write.revokeToken(caller.tenant, request.params.id))) throw notFound('token')
    await note(context, caller, { action: 'token.revoked', subject: request.params.id })
    return reply.code(204).send(null)
  })
}

function enrolTokenRoutes(app: App, context: ServeContext): void {
  const { store, clock } = context
  app.get(
    '/api/v1/enroll-tokens',
    { schema: { querystring: pageQuerySchema, response: { 200: pageOf(enrolTokenSchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'admin')
      const page = await store.read.enrolTokens(tenant, request.query)
      return { ...page, items: page.items.map(presentEnrolToken) }
    },
  )

  app.post(
    '/api/v1/enroll-tokens',
    { schema: { body: createEnrolTokenSchema, response: { 201: createdEnrolTokenSchema, ...problems } } },
    async (request, reply) => {
      const caller = requireRole(await callerOf(request, context), 'admin')
      const { group, uses, expires } = request.body
      const now = clock.now()
      const { record, token } = await createEnrolToken(store, {
        tenant: caller.tenant,
        group,
        uses,
        expires: expires === undefined ? now + DAY : Date.parse(expires),
        createdBy: caller.name,
        now,
        address: context.agentAddress(),
        fingerprint: context.authority.fingerprint,
      })
      await note(context, caller, { action: 'enroll-token.created', subject: record.id })
      return reply.code(201).send({ ...presentEnrolToken(record), token })
    },
  )

  app.delete(
    '/api/v1/enroll-tokens/:id',
    { schema: { params: idParams, response: { 204: done, ...problems } } },
    async (request, reply) => {
      const caller = requireRole(await callerOf(request, context), 'admin')
      if (!(await store.write.revokeEnrolToken(caller.tenant, request.params.id))) throw notFound('enrolment token')
      await note(context, caller, { action: 'enroll-token.revoked', subject: request.params.id })
      return reply.code(204).send(null)
    },
  )
}

function presentToken(row: TokenRow): z.infer<typeof tokenSchema> {
  const { id, name, role, createdBy, revoked } = row
  return {
    id,
    name,
    role,
    createdBy,
    revoked,
    createdAt: isoTime(row.createdAt),
    ...(row.expiresAt === undefined ? {} : { expires: isoTime(row.expiresAt) }),
    ...(row.lastUsedAt === undefined ? {} : { lastUsedAt: isoTime(row.lastUsedAt) }),
  }
}

function presentEnrolToken(row: EnrolTokenRow): z.infer<typeof enrolTokenSchema> {
  const { id, group, uses, used, createdBy, revoked } = row
  return { id, group, uses, used, createdBy, revoked, expires: isoTime(row.expires), createdAt: isoTime(row.createdAt) }
}

async function note(
  { store, clock }: ServeContext,
  caller: Caller,
  { action, subject }: { readonly action: string; readonly subject: string },
): Promise<void> {
  await store.write.addAudit(caller.tenant, { id: newId('aud'), at: clock.now(), actor: caller.name, action, subject, detail: '{}' })
}

import { z } from 'zod'
import { HubError } from '../../platform/errors.ts'
import { newId } from '../../platform/secrets.ts'
import type { ApprovalRow } from '../../store/index.ts'
import { type Caller, callerOf, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { isoTime } from '../present/present.ts'
import { notFound } from '../problems.ts'
import { approvalAnswerSchema, approvalSchema, pageOf, pageQuerySchema } from '../schemas.ts'
import { idParams, problems } from './routes.ts'

export function approvalRoutes(app: App, context: ServeContext): void {
  const { store } = context
  const query = pageQuerySchema.extend({ waiting: z.stringbool().default(false).describe('Only those that can still be answered') })
  app.get(
    '/api/v1/approvals',
    { schema: { querystring: query, response: { 200: pageOf(approvalSchema), ...problems } } },
    async (request) => {
      const { tenant } = requireRole(await callerOf(request, context), 'viewer')
      const now = context.clock.now()
      const page = await store.read.approvals(tenant, { ...request.query, now })
      return { ...page, items: page.items.map((row) => present(row, now)) }
    },
  )

  app.post(
    '/api/v1/approvals/:id/answer',
    { schema: { params: idParams, body: approvalAnswerSchema, response: { 200: approvalSchema, ...problems } } },
    async (request) => {
      const caller = requireRole(await callerOf(request, context), 'approver')
      const approval = await store.read.approval(caller.tenant, request.params.id)
      if (approval === undefined) throw notFound('question')
      await answer(context, caller, { approval, ...request.body })
      return present((await store.read.approval(caller.tenant, approval.id)) ?? approval, context.clock.now())
    },
  )
}

interface Answering {
  readonly approval: ApprovalRow
  readonly approved: boolean
  readonly scope: 'once' | 'session' | 'always'
}

async function answer(context: ServeContext, caller: Caller, { approval, approved, scope }: Answering): Promise<void> {
  const { tenant, name } = caller
  const now = context.clock.now()
  if (!context.streams.has(tenant, approval.agent)) throw unreachable(approval)
  const state = approved ? 'approved' : 'denied'
  if (!(await context.store.write.resolveApproval(tenant, { id: approval.id, state, by: name, at: now }))) {
    throw new HubError({
      code: 'no-longer-waiting',
      status: 409,
      detail: 'The question is no longer open: it was answered or ran out.',
      protection: 'The call was decided without this answer.',
      remedy: 'Read the list again.',
    })
  }
  const sent = context.control.answer(tenant, { id: approval.id, agent: approval.agent, approved, scope, by: name })
  await context.store.write.addAudit(tenant, {
    id: newId('aud'),
    at: now,
    actor: name,
    action: `approval.${state}`,
    subject: approval.id,
    detail: JSON.stringify({ scope, decision: approval.decision, agent: approval.agent, delivered: sent }),
  })
  context.events.publish({ tenant, type: 'approval', data: { id: approval.id, state } })
  if (!sent) throw unreachable(approval)
}

function unreachable({ hostname }: ApprovalRow): HubError {
  return new HubError({
    code: 'agent-not-connected',
    status: 409,
    detail: `The agent on ${hostname} is not connected, so the answer cannot reach it.`,
    protection: "The call stays held until its time runs out; then the policy's fallback applies.",
    remedy: 'Answer on the machine itself with `assize approve` or `assize deny`.',
  })
}

function present(row: ApprovalRow, now: number): z.infer<typeof approvalSchema> {
  const { id, decision, agent, hostname, question, answeredBy } = row
  return {
    id,
    decision,
    agent,
    hostname,
    question,
    askedAt: isoTime(row.askedAt),
    expiresAt: isoTime(row.expiresAt),
    state: row.state === 'waiting' && row.expiresAt <= now ? 'expired' : row.state,
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(row.answeredAt === undefined ? {} : { answeredAt: isoTime(row.answeredAt) }),
  }
}

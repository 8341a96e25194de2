import { type Grant, VERDICTS, visible } from '@assize/kernel'
import { z } from 'zod'
import type { Answerer, Approval, ApprovalDesk } from '../../act/index.ts'
import { AgentError } from '../../platform/errors.ts'
import type { Health } from '../../platform/health.ts'
import type { Journal, StoredDecision } from '../../record/index.ts'
import type { Method, MethodContext, Methods } from './connection.ts'

/** What the composition root lends to commands. */
export interface AgentFace {
  readonly journal: Journal
  readonly desk: ApprovalDesk
  readonly health: () => Health
  readonly link: () => { readonly state: string; readonly hub: string; readonly problem: string }
  readonly enrolment: () => { readonly agent: string; readonly tenant: string; readonly hub: string } | undefined
  readonly version: string
  readonly sessions: () => number
  /** Where gates listen over loopback HTTP. */
  readonly gateways: () => readonly { readonly gate: string; readonly address: string }[]
  readonly permissions: {
    /** Answers a question; a late yes still counts for the next attempt. */
    answer(id: string, answer: Answerer): 'answered' | 'late' | 'already' | 'unknown'
    list(): readonly (Grant & { readonly session?: string })[]
    /** False when there is no such permission. */
    revoke(id: string, by: string): boolean
  }
  readonly stop: () => void
}

const PAGE = 1000

const decisionsSchema = z.strictObject({
  since: z.number().optional(),
  verdict: z.enum(VERDICTS).optional(),
  session: z.string().max(200).optional(),
  app: z.string().max(200).optional(),
  tool: z.string().max(200).optional(),
  limit: z.int().min(1).max(PAGE).default(100),
  follow: z.boolean().default(false),
})
type DecisionsQuery = z.infer<typeof decisionsSchema>
const idSchema = z.strictObject({ id: z.string().max(100) })
const answerSchema = z.strictObject({
  id: z.string().max(100),
  approved: z.boolean(),
  scope: z.enum(['once', 'session', 'always']).default('once'),
  forMs: z
    .int()
    .min(1)
    .max(366 * 86_400_000)
    .optional(),
})

export function localMethods(face: AgentFace): Methods {
  return new Map<string, Method>([
    ['status', () => status(face)],
    ['decisions', (params, context) => decisions(face, read(decisionsSchema, params), context)],
    ['explain', (params) => explain(face, read(idSchema, params).id)],
    ['approvals', () => face.desk.list().map(brief)],
    ['answer', (params, context) => answer(face, read(answerSchema, params), person(context))],
    ['grants', () => face.permissions.list()],
    ['revoke', (params, context) => revoke(face, read(idSchema, params).id, person(context))],
    ['verify', () => face.journal.verify()],
    [
      'stop',
      (_params, context) => {
        person(context)
        setImmediate(face.stop)
        return { stopping: true }
      },
    ],
  ])
}

/** The user's name, where it may be a person who asks: what an AI agent started cannot answer for one. */
function person({ user, within }: MethodContext): string {
  if (within === undefined) return user
  throw new AgentError(
    'refused',
    `This came from inside ${within}, and only a person may do it, so nothing was changed. Run it in a terminal of your own, or answer in the console.`,
  )
}

function status(face: AgentFace): object {
  const health = face.health()
  const waiting = face.desk.list().filter((approval) => approval.state === 'waiting').length
  const enrolment = face.enrolment()
  return {
    version: face.version,
    pid: process.pid,
    healthy: health.problems.length === 0,
    health,
    hub: { ...face.link(), ...(enrolment === undefined ? {} : { enrolment }) },
    journal: { epoch: face.journal.epoch(), seq: face.journal.head().seq, acked: face.journal.acked() },
    sessions: face.sessions(),
    gateways: face.gateways(),
    waitingApprovals: waiting,
  }
}

/** Newest last, then, if asked, everything that comes. */
async function decisions(face: AgentFace, query: DecisionsQuery, { item, gone }: MethodContext): Promise<object> {
  const { follow, limit, verdict, session, app, tool, since } = query
  const filter = {
    ...(verdict === undefined ? {} : { verdict }),
    ...(session === undefined ? {} : { session }),
    ...(app === undefined ? {} : { app }),
    ...(tool === undefined ? {} : { tool }),
  }
  const found = face.journal.decisions({ ...filter, ...(since === undefined ? {} : { since }), limit }).toReversed()
  for (const decision of found) item(decision)
  if (!follow) return { count: found.length }
  let last = Math.max(face.journal.head().seq, found.at(-1)?.seq ?? 0)
  const more = () => {
    for (;;) {
      const page: readonly StoredDecision[] = face.journal.decisions({ ...filter, afterSeq: last, limit: PAGE })
      for (const decision of page) item(decision)
      last = page.at(-1)?.seq ?? last
      if (page.length < PAGE) return
    }
  }
  const unsubscribe = face.journal.subscribe(more)
  await new Promise<void>((resolve) => gone.addEventListener('abort', () => resolve(), { once: true }))
  unsubscribe()
  return {}
}

function explain(face: AgentFace, id: string): object {
  const entry = face.journal.decision(id)
  if (entry === undefined)
    throw new AgentError(
      'refused',
      `There is no decision \`${id}\` in this agent's journal. \`assize decisions\` lists them; older ones may be at the hub only.`,
    )
  return { entry, outcomes: face.journal.outcomesOf(id) }
}

function revoke(face: AgentFace, id: string, by: string): object {
  if (!face.permissions.revoke(id, by))
    throw new AgentError('refused', `There is no permission \`${id}\`, so nothing was taken back. \`assize grants\` lists them.`)
  return { id }
}

function answer(face: AgentFace, given: z.infer<typeof answerSchema>, by: string): object {
  const { approved, scope, forMs } = given
  // People copy what stands beside the question as well: the id of its decision.
  const id = face.desk.list().find(({ decision }) => decision.id === given.id)?.id ?? given.id
  const result = face.permissions.answer(id, { approved, scope, by, ...(forMs === undefined ? {} : { forMs }) })
  if (result === 'unknown') throw noQuestion(given.id, face.journal.decision(given.id))
  if (result === 'already') throw new AgentError('refused', `The question \`${given.id}\` was answered before, so nothing changed.`)
  return { result }
}

function noQuestion(id: string, decision: StoredDecision | undefined): AgentError {
  if (decision?.decision.verdict !== 'ask')
    return new AgentError('refused', `There is no question \`${id}\`, so nothing was answered. \`assize approvals\` lists what waits.`)
  const app = visible(decision.principal.app.name, 60)
  return new AgentError(
    'refused',
    `Nothing waits here for the decision \`${id}\`: the time to answer is over, or ${app} put the question itself and is to be answered there.`,
  )
}

/** An approval for a list: the whole decision is behind `explain`. */
function brief({ decision, ...approval }: Approval): object {
  return {
    ...approval,
    decision: decision.id,
    tool: decision.call.tool,
    app: decision.principal.app.name,
    summary: decision.decision.summary,
  }
}

function read<Schema extends z.ZodType>(schema: Schema, params: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AgentError(
    'usage',
    `The request is not understood (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}), so nothing was done.`,
  )
}

import { type DecisionEntry, explainForPeople, VERDICTS, visible } from '@assize/kernel'
import { AgentError, EXIT } from '../platform/errors.ts'
import { withAgent } from './ask-agent.ts'
import type { CommandContext } from './context.ts'
import { paintVerdict, painter } from './paint.ts'
import { durationMillis, sinceMillis } from './since.ts'

export interface DecisionsOptions {
  readonly follow?: boolean
  readonly since?: string
  readonly verdict?: string
  readonly session?: string
  readonly app?: string
  readonly tool?: string
  readonly limit?: string
}

type Stored = DecisionEntry & { readonly at: number; readonly seq: number }

/** `assize decisions`: the journal's decisions, oldest first. */
export async function runDecisions(context: CommandContext, options: DecisionsOptions): Promise<number> {
  const { follow = false, since, limit, ...filter } = options
  const params = {
    ...filter,
    ...(filter.verdict === undefined ? {} : { verdict: verdictOf(filter.verdict) }),
    follow,
    ...(limit === undefined ? {} : { limit: countOf(limit) }),
    ...(since === undefined ? {} : { since: sinceMillis(since, Date.now()) }),
  }
  const told = (await withAgent(context, (link) =>
    link.request(
      'decisions',
      params,
      follow ? Number.POSITIVE_INFINITY : 30_000,
      (value) => void context.say(context.json ? JSON.stringify(value) : line(value as Stored, context.color)),
    ),
  )) as { readonly count?: number }
  if (told.count === 0 && !context.json) await context.say('No decision is in the journal that fits.')
  return EXIT.done
}

function verdictOf(text: string): string {
  if (VERDICTS.some((verdict) => verdict === text)) return text
  throw new AgentError('usage', `\`${text}\` is no verdict, so nothing was listed; known: ${VERDICTS.join(', ')}.`)
}

/** The most decisions that one listing shows. */
const MOST_LISTED = 1000

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_LISTED) return count
  throw new AgentError('usage', `\`${text}\` is no number from 1 to ${MOST_LISTED}, so nothing was listed.`)
}

/** `assize explain ID`: one decision in full. */
export async function runExplain(context: CommandContext, id: string): Promise<number> {
  const found = (await withAgent(context, (link) => link.request('explain', { id }))) as {
    readonly entry: Stored
    readonly outcomes: readonly { readonly outcome: string; readonly at: number; readonly detail: object }[]
  }
  if (context.json) await context.say(JSON.stringify(found))
  else {
    await context.say(explainForPeople(found.entry))
    for (const { outcome, at, detail } of found.outcomes)
      await context.say(`${new Date(at).toISOString()}  ${outcome}  ${visible(JSON.stringify(detail))}`)
  }
  return EXIT.done
}

interface ApprovalLine {
  readonly id: string
  readonly state: string
  readonly question: string
  readonly expiresAt: number
  readonly decision: string
}

/** `assize approvals`: what waits for a person, and what was answered lately. */
export async function runApprovals(context: CommandContext): Promise<number> {
  const list = (await withAgent(context, (link) => link.request('approvals', {}))) as readonly ApprovalLine[]
  if (context.json) await context.say(JSON.stringify(list))
  else if (list.length === 0) await context.say('Nothing waits for a person.')
  else for (const one of approvalLines(list)) await context.say(one)
  return EXIT.done
}

const SETTLED_SHOWN = 10

/** Every waiting question, and the latest of those that wait no more. */
function approvalLines(list: readonly ApprovalLine[]): readonly string[] {
  const line = (one: ApprovalLine) => `${one.id}  ${one.state.padEnd(8)}  ${visible(one.question)}  (decision ${one.decision})`
  const waiting = list.filter(({ state }) => state === 'waiting')
  const settled = list.filter(({ state }) => state !== 'waiting').toSorted((left, right) => right.expiresAt - left.expiresAt)
  const more = settled.length - SETTLED_SHOWN
  return [
    ...(waiting.length === 0 ? ['Nothing waits for a person. Lately:'] : waiting.map(line)),
    ...settled.slice(0, SETTLED_SHOWN).map(line),
    ...(more > 0 ? [`${more} earlier ones: --json lists them.`] : []),
    ...(settled.some(({ state }) => state === 'expired')
      ? ['An expired question can still be answered (`assize approve ID`): the call then passes when it is tried again.']
      : []),
  ]
}

/** `assize approve ID` and `assize deny ID`. */
export async function runAnswer(
  context: CommandContext,
  id: string,
  answer: { readonly approved: boolean; readonly scope: string },
): Promise<number> {
  const forMs = durationMillis(answer.scope)
  if (forMs === undefined && !['once', 'session', 'always'].includes(answer.scope))
    throw new AgentError(
      'usage',
      `\`${answer.scope}\` is no scope, so nothing was answered; known: once, session, always, or a time such as 15m, 2h, 3d.`,
    )
  const given = forMs === undefined ? { id, ...answer } : { id, approved: answer.approved, scope: 'always', forMs }
  const { result } = (await withAgent(context, (link) => link.request('answer', given))) as { readonly result: string }
  if (context.json) await context.say(JSON.stringify({ id, result }))
  else if (result === 'late')
    await context.say(
      answer.approved
        ? 'The call is gone already; the same call may run if it is tried again within ten minutes.'
        : 'The call is gone already; it did not run.',
    )
  else await context.say(answer.approved ? 'Approved.' : 'Denied.')
  return EXIT.done
}

function line({ at, id, decision, principal, call }: Stored, color: boolean): string {
  const paint = painter(color)
  const reason = decision.reasons[0]?.policy ?? ''
  return `${paint.dim(new Date(at).toISOString())}  ${paintVerdict(decision.verdict, color)}  ${visible(principal.app.name)}  ${visible([call.server, call.tool].filter((part) => part !== undefined).join('/'))}  ${visible(decision.summary)}  ${paint.dim(`${reason} ${id}`.trim())}`
}

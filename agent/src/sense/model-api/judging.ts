/** Takes the calls in a model's answer to the agent, one after the other. */
import type { JsonObject, ToolDefinition } from '@assize/kernel'
import type { Caller } from '../../platform/caller.ts'
import type { Edit, GateHost, Question } from '../gate.ts'
import type { Conversation, Conversations } from './conversations.ts'
import type { HeldCall, Settlement } from './dialect.ts'

export const GATE = 'model-api'

const UNEDITED = 'Blocked by Assize: the call may only go on with a part of it masked, and that part could not be found. Report this.'

/** One request and its answer. */
export interface Exchanging {
  readonly host: GateHost
  readonly caller: Caller
  readonly conversations: Conversations
  readonly conversation: Conversation
  readonly tools: ReadonlyMap<string, ToolDefinition>
  readonly asked: (question: Question) => void
  readonly abandoned: AbortSignal
  /** The trace that the request belongs to, as its sender says. */
  readonly trace?: string
}

/** Calls of one answer run together, so a blocked one does not free those behind it: each is judged with what came before in mind. */
export async function judgeCalls(exchanging: Exchanging, calls: readonly HeldCall[]): Promise<readonly Settlement[]> {
  const settlements: Settlement[] = []
  for (const call of calls) settlements.push(await judgeCall(exchanging, call))
  return settlements
}

async function judgeCall(exchanging: Exchanging, call: HeldCall): Promise<Settlement> {
  const { host, caller, conversation, conversations, tools, asked, abandoned, trace } = exchanging
  const definition = tools.get(call.tool)
  const ruling = await host.judge(
    {
      gate: GATE,
      caller,
      hostSession: conversation.key,
      ...(trace === undefined ? {} : { trace }),
      call: {
        type: 'tool.call',
        callId: call.id === '' ? `${GATE}-${host.now()}` : call.id,
        tool: call.tool,
        args: call.args,
        cwd: caller.cwd,
        ...(definition === undefined ? {} : { definition }),
      },
      chain: [],
      asks: 'held',
    },
    asked,
    abandoned,
  )
  if (ruling.action !== 'release') return { blocked: ruling.text }
  conversations.released(conversation, call, { decision: ruling.followed ? ruling.decision : undefined, since: host.now() })
  if (ruling.edits.length === 0) return {}
  const args = edited(call.args, ruling.edits)
  return args === undefined ? { blocked: UNEDITED } : { args }
}

/** Arguments with some strings replaced; everything else stays the value it was. Undefined when there is no such place. */
function edited(args: JsonObject, edits: readonly Edit[]): JsonObject | undefined {
  const copy = structuredClone(args) as Record<string, unknown>
  for (const { pointer, value } of edits) {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    let at: Record<string, unknown> | undefined = copy
    for (const key of path.slice(0, -1)) {
      const next: unknown = at !== undefined && Object.hasOwn(at, key) ? at[key] : undefined
      at = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : undefined
    }
    const last = path.at(-1)
    if (at === undefined || last === undefined || !Object.hasOwn(at, last)) return undefined
    at[last] = value
  }
  return copy as JsonObject
}

/** Which requests belong to one conversation, and what of each was seen before: a model API sends the whole history every time. */
import { hash } from 'node:crypto'
import type { Context, Event, JsonObject, Prompt, Reasoning, SystemPrompt, ToolCall, ToolsOffered } from '@assize/kernel'
import type { Exchange, HeldCall, Place, Turn } from './dialect.ts'

const MOST_CONVERSATIONS = 1000
const MOST_ANSWERS = 10_000
const MOST_OPEN_CALLS = 1000
const LONGEST_ARGUMENT = 4096

/** A released call whose result has not come back. */
interface OpenCall {
  readonly tool: string
  /** What it was given, without texts that are long; absent where it was not seen. */
  readonly args?: JsonObject
  readonly decision: string | undefined
  readonly since: number
}

export interface Conversation {
  /** Stands for the conversation as long as it is known. */
  readonly key: string
  /** One digest per turn that was taken in. */
  readonly seen: string[]
  readonly calls: Map<string, OpenCall>
  tools: string
  /** Tools that were kept from the model, as they were told last. */
  hidden: string
  /** What was said last of each tool that runs at the provider. */
  readonly provided: Map<string, string>
  /** Texts that must not leave as they are, by digest, as they may. */
  readonly masks: Map<string, string>
  /** What was changed in results of tools, by digest; nothing in those that may be read as they are. */
  readonly results: Map<string, readonly { readonly below: Place; readonly text: string }[]>
}

/** What a request brings that is new. */
export interface News {
  readonly conversation: Conversation
  readonly events: readonly Exclude<Event, ToolCall>[]
  /** Released calls whose results came back with this request. */
  readonly returned: readonly { readonly decision: string; readonly failed: boolean; readonly since: number }[]
}

/** Conversations are told apart by how they begin: that stays when everything behind it grows. */
export class Conversations {
  /** Oldest use first. */
  private readonly byKey = new Map<string, Conversation>()
  private readonly byAnswer = new Map<string, string>()

  /** `place` keeps conversations of different programs apart. */
  enter(place: string, dialect: string, exchange: Exchange): News {
    const { conversation, continued } = this.find(place, dialect, exchange)
    const fresh = continued === undefined ? newTurns(conversation, exchange.turns) : exchange.turns
    const offered = toolsOf(conversation, exchange)
    return {
      conversation,
      returned: fresh.flatMap((turn) => returnOf(conversation, turn)),
      events: [...offered, ...fresh.flatMap((turn) => eventOf(conversation, turn))],
    }
  }

  /** The conversation that a request belongs to, before anything of it is taken in. */
  find(
    place: string,
    dialect: string,
    exchange: Exchange,
  ): { readonly conversation: Conversation; readonly continued: string | undefined } {
    const { continues } = exchange
    const continued = continues === undefined ? undefined : this.byAnswer.get(continues)
    return { conversation: this.open(continued ?? beginning(place, dialect, exchange)), continued }
  }

  /** A later request may go on from this answer. */
  answered(conversation: Conversation, answer: string | undefined): void {
    if (answer === undefined) return
    this.byAnswer.set(answer, conversation.key)
    evict(this.byAnswer, MOST_ANSWERS)
  }

  released(conversation: Conversation, call: HeldCall, open: Omit<OpenCall, 'tool' | 'args'>): void {
    if (call.id === '') return
    conversation.calls.set(call.id, { tool: call.tool, args: shortOf(call.args), ...open })
    evict(conversation.calls, MOST_OPEN_CALLS)
  }

  private open(key: string): Conversation {
    const found = this.byKey.get(key) ?? newConversation(key)
    this.byKey.delete(key)
    this.byKey.set(key, found)
    evict(this.byKey, MOST_CONVERSATIONS)
    return found
  }
}

function shortOf(args: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => JSON.stringify(value).length <= LONGEST_ARGUMENT))
}

function newConversation(key: string): Conversation {
  return { key, seen: [], calls: new Map(), tools: '', hidden: '', provided: new Map(), masks: new Map(), results: new Map() }
}

export function evict(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}

function digest(text: string): string {
  return hash('sha1', text, 'base64')
}

function beginning(place: string, dialect: string, { turns }: Exchange): string {
  const first = turns.find(({ role }) => role === 'user') ?? turns[0]
  return digest(`${place}\n${dialect}\n${first?.text ?? ''}`)
}

/** From the first turn on that differs from what was seen, everything is new: histories get edited and shortened. */
function newTurns(conversation: Conversation, turns: readonly Turn[]): readonly Turn[] {
  const digests = turns.map(({ role, text }) => digest(`${role}\n${text}`))
  let same = 0
  while (same < digests.length && digests[same] === conversation.seen[same]) same += 1
  conversation.seen.length = same
  for (const one of digests.slice(same)) conversation.seen.push(one)
  return turns.slice(same)
}

function toolsOf(conversation: Conversation, { tools }: Exchange): readonly ToolsOffered[] {
  const now = tools.length === 0 ? '' : digest(JSON.stringify(tools))
  if (now === '' || now === conversation.tools) return []
  conversation.tools = now
  return [{ type: 'tools.offered', server: '', tools }]
}

function returnOf({ calls }: Conversation, turn: Turn): News['returned'] {
  const { callId = '' } = turn
  const open = calls.get(callId)
  if (turn.role !== 'tool' || open?.decision === undefined) return []
  calls.set(callId, { ...open, decision: undefined })
  return [{ decision: open.decision, failed: turn.failed === true, since: open.since }]
}

function eventOf({ calls }: Conversation, turn: Turn): readonly (Context | Prompt | Reasoning | SystemPrompt)[] {
  const { role, text, callId, unread } = turn
  if (role !== 'tool') {
    // A call from before this agent knew the conversation still names the tool of its result.
    if (callId !== undefined && turn.tool !== undefined && !calls.has(callId))
      calls.set(callId, { tool: turn.tool, decision: undefined, since: 0 })
    if (text === '') return []
    return [{ type: role === 'user' ? 'prompt' : role === 'system' ? 'system' : 'reasoning', text }]
  }
  const tool = turn.tool ?? (callId === undefined ? undefined : calls.get(callId)?.tool)
  const from = { ...(callId === undefined ? {} : { callId }), ...(tool === undefined ? {} : { tool }) }
  const result: Context = { type: 'context', channel: 'tool_result', text, ...from, ...(turn.failed === true ? { isError: true } : {}) }
  // A picture or a file may hold text that nobody here has read.
  const hidden: readonly Context[] =
    unread === true ? [{ type: 'context', channel: 'tool_result', text: '', integrity: 'untrusted', ...from }] : []
  return text === '' ? hidden : [result, ...hidden]
}

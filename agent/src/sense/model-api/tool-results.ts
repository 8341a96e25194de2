/** Results of tools that an application brings to a model: judged once each, and then always shown as they were judged. */
import { hash } from 'node:crypto'
import type { Json, JsonObject } from '@assize/kernel'
import type { Caller } from '../../platform/caller.ts'
import type { GateHost } from '../gate.ts'
import { instead } from '../hook-edits.ts'
import { segmentsOf } from '../json-splice.ts'
import { mayHoldUnseen } from '../unseen-bytes.ts'
import { type Conversation, evict } from './conversations.ts'
import type { Exchange, Place } from './dialect.ts'
import { objectOf, textOf } from './json-shape.ts'
import { changeable, rewrite } from './request-edit.ts'

export interface Judging {
  readonly host: GateHost
  readonly caller: Caller
  readonly conversation: Conversation
  readonly gate: string
}

/** One result: where its content stands, the call that it answers, and the tool where the request names it. */
interface ToolResult {
  readonly place: Place
  readonly content: Json
  readonly callId: string
  readonly tool: string | undefined
}

/** What is put into the place of a result's texts, by place below its content. */
export type ResultChange = readonly { readonly below: Place; readonly text: string }[]

/** Kept of one conversation; what is forgotten is judged again. */
const MOST_KEPT = 2000
const DEEPEST_WITHHELD = 16

/** The request as text with what is left of its results; nothing when all of them may be read as they are. */
export function judgedResults(
  judging: Judging,
  { value, source, exchange }: { readonly value: JsonObject; readonly source: string; readonly exchange: Exchange },
): string | undefined {
  const held = judging.host.heldResults()
  if (held === 'nothing' || (held === 'unseen' && !mayHoldUnseen(Buffer.from(source)))) return undefined
  const texts = resultsIn(value).flatMap((result) =>
    changeOf(judging, result, exchange).map(({ below, text }) => ({ place: [...result.place, ...below], text })),
  )
  if (texts.length === 0) return undefined
  const changed = changeable(source)
  rewrite(changed, { texts })
  return JSON.stringify(changed)
}

function changeOf(judging: Judging, result: ToolResult, exchange: Exchange): ResultChange {
  const { results } = judging.conversation
  const { content, callId } = result
  const key = hash('sha1', `${callId}\n${typeof content === 'string' ? content : JSON.stringify(content)}`, 'base64')
  const change = results.get(key) ?? judge(judging, result, exchange)
  // What was asked for last stays longest.
  results.delete(key)
  results.set(key, change)
  evict(results, MOST_KEPT)
  return change
}

function judge({ host, caller, conversation, gate }: Judging, result: ToolResult, exchange: Exchange): ResultChange {
  const { content, callId } = result
  const ruling = host.judgeResult({
    gate,
    caller,
    hostSession: conversation.key,
    call: {
      type: 'tool.call',
      callId: callId === '' ? `${gate}-${host.now()}` : callId,
      ...answered(result, conversation, exchange),
      cwd: caller.cwd,
    },
    chain: [],
    result: { content },
  })
  if (ruling === undefined) return []
  // A text takes the place of texts and parts alike; only an object has to stay one.
  if (ruling.action === 'withhold')
    return objectOf(content) === undefined
      ? [{ below: [], text: ruling.text }]
      : stringsIn(instead({ content }, ruling.text)['content'] ?? '', [])
  return ruling.edits.map(({ pointer, value }) => ({ below: segmentsOf(pointer).slice(1), text: value }))
}

/**
 * The call that is answered. One that cannot be told from others is none that is known: a file of the working folder is read as it is,
 * and that must not be said of another.
 */
function answered(
  { callId, tool }: ToolResult,
  conversation: Conversation,
  { turns }: Exchange,
): { readonly tool: string; readonly args: JsonObject } {
  const calls = turns.filter((turn) => turn.given !== undefined && (callId === '' ? turn.tool === tool : turn.callId === callId))
  const [one] = calls
  if (one?.given !== undefined && calls.length === 1) return { tool: one.tool ?? tool ?? 'tool', args: one.given() }
  const open = callId === '' ? undefined : conversation.calls.get(callId)
  return open?.args === undefined ? { tool: 'tool', args: {} } : { tool: open.tool, args: open.args }
}

/** Every string of a value with its place. */
function stringsIn(value: Json, below: Place): ResultChange {
  if (typeof value === 'string') return [{ below, text: value }]
  if (typeof value !== 'object' || value === null || below.length > DEEPEST_WITHHELD) return []
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item: Json, index) => [index, item] as const)
    : Object.entries(value as JsonObject)
  return entries.flatMap(([key, item]) => stringsIn(item, [...below, key]))
}

/** All results in a request of any API: messages of tools, parts of messages, outputs among the input, responses to functions. */
function resultsIn(body: JsonObject): readonly ToolResult[] {
  const inner = objectOf(body['request'])
  const [root, path] = inner === undefined ? [body, []] : [inner, ['request']]
  return [
    ...each(root['messages'], [...path, 'messages'], messageResults),
    ...each(root['input'], [...path, 'input'], outputOf),
    ...each(root['contents'], [...path, 'contents'], (content, at) => each(content['parts'], [...at, 'parts'], responseOf)),
  ]
}

function messageResults(message: JsonObject, at: Place): readonly ToolResult[] {
  const { role, content } = message
  if (role === 'tool' || role === 'function')
    return found(content, [...at, 'content'], { id: message['tool_call_id'], name: message['name'] ?? message['tool_name'] })
  return each(content, [...at, 'content'], (part, place) =>
    part['type'] === 'tool_result' ? found(part['content'], [...place, 'content'], { id: part['tool_use_id'] }) : [],
  )
}

function outputOf(item: JsonObject, at: Place): readonly ToolResult[] {
  return textOf(item['type'])?.endsWith('_call_output') === true ? found(item['output'], [...at, 'output'], { id: item['call_id'] }) : []
}

function responseOf(part: JsonObject, at: Place): readonly ToolResult[] {
  const key = 'functionResponse' in part ? 'functionResponse' : 'function_response'
  const response = objectOf(part[key])
  return response === undefined ? [] : found(response['response'], [...at, key, 'response'], { id: response['id'], name: response['name'] })
}

function found(
  content: Json | undefined,
  place: Place,
  { id, name }: { readonly id: Json | undefined; readonly name?: Json | undefined },
): readonly ToolResult[] {
  return content === undefined || content === null ? [] : [{ place, content, callId: textOf(id) ?? '', tool: textOf(name) }]
}

function each(list: Json | undefined, path: Place, look: (item: JsonObject, at: Place) => readonly ToolResult[]): readonly ToolResult[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: Json, index) => {
    const object = objectOf(item)
    return object === undefined ? [] : look(object, [...path, index])
  })
}

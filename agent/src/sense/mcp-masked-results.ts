/** What a server answers, with what a policy leaves of it: bytes that are not changed stay as they came. */
import type { Json, JsonObject, ToolCall } from '@assize/kernel'
import { valueAt } from '@assize/kernel'
import type { Caller } from '../platform/caller.ts'
import type { GateHost, ResultRuling } from './gate.ts'
import { segmentsOf, splice } from './json-splice.ts'
import { BLOCKED, blockedResult, errorReply, isStateless, listOf, objectOf, textOf } from './mcp-protocol.ts'
import type { Pending } from './mcp-results.ts'

export interface Judging {
  readonly host: GateHost
  readonly gate: string
  readonly caller: Caller
  readonly server: string
  /** JSON schema of a tool's structured result, where the server tells. */
  readonly schemaOf: (tool: string) => Json | undefined
}

/** Members of a result that a model reads, by the method that was asked for. */
const READ: Readonly<Record<string, readonly string[]>> = {
  'tools/call': ['content', 'structuredContent'],
  'resources/read': ['contents'],
  'prompts/get': ['messages', 'description'],
}

/** Whether a model reads what comes back. */
export function isRead(method: string): boolean {
  return Object.hasOwn(READ, method)
}

export interface Answered {
  readonly message: Buffer
  /** The same, read. */
  readonly answer: JsonObject
  /** Of the request, as written. */
  readonly id: string
  readonly pending: Pending
}

/** The message that goes on instead; nothing when it goes on as it came. */
export function maskedAnswer({ message, answer, id, pending }: Answered, judging: Judging): Buffer | undefined {
  const members = READ[pending.method] ?? []
  const result = objectOf(answer['result'])
  if (textOf(result['resultType']) === 'input_required') return undefined
  const shown = Object.fromEntries(members.flatMap((name) => (result[name] === undefined ? [] : [[name, withoutBytes(result[name])]])))
  const ruling = judged(shown, pending, judging)
  if (ruling === undefined) return undefined
  return (ruling.action === 'release' ? edited(message, ruling) : undefined) ?? keptBack(id, pending, ruling)
}

function judged(result: JsonObject, pending: Pending, { host, gate, caller, server, schemaOf }: Judging): ResultRuling | undefined {
  const { method, params, tool } = pending
  const schema = tool === undefined ? undefined : schemaOf(tool)
  const call: ToolCall = {
    type: 'tool.call',
    callId: pending.callId ?? '',
    tool: tool ?? method,
    server,
    args: method === 'tools/call' ? objectOf(params['arguments']) : params,
    cwd: caller.cwd,
  }
  const reading = { gate, caller, chain: [], call, result }
  return host.judgeResult(schema === undefined ? reading : { ...reading, schema: { properties: { structuredContent: schema } } })
}

/** Undefined when what is then read would not be what was decided, as with a key that stands twice. */
function edited(message: Buffer, { edits }: ResultRuling): Buffer | undefined {
  const changed = splice(
    message,
    edits.map(({ pointer, value }) => ({ path: ['result', ...segmentsOf(pointer)], value })),
  )
  if (changed === undefined) return undefined
  const left = objectOf(objectOf(JSON.parse(changed.toString('utf8')) as Json)['result'])
  return edits.every(({ pointer, value }) => valueAt(left, pointer) === value) ? changed : undefined
}

function keptBack(id: string, { method, params }: Pending, { text }: ResultRuling): Buffer {
  return method === 'tools/call' ? blockedResult(id, text, isStateless(params)) : errorReply(id, BLOCKED, text)
}

/** Pictures, sound and files are no text, whatever their bytes would spell. */
function withoutBytes(value: Json | undefined): Json {
  if (!Array.isArray(value)) return value ?? null
  return listOf(value).map((item) => {
    const block = objectOf(item)
    const { content, resource } = block
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return { ...block, content: withoutBlob(objectOf(content)) }
    return resource === undefined ? withoutBlob(block) : { ...withoutBlob(block), resource: withoutBlob(objectOf(resource)) }
  })
}

function withoutBlob(block: JsonObject): JsonObject {
  if (typeof block['data'] !== 'string' && typeof block['blob'] !== 'string') return block
  return {
    ...block,
    ...(typeof block['data'] === 'string' ? { data: '' } : {}),
    ...(typeof block['blob'] === 'string' ? { blob: '' } : {}),
  }
}

/** OpenAI Responses. */
import type { JsonObject } from '@assize/kernel'
import { calmOf } from '../calm.ts'
import {
  type AnswerReader,
  type Dialect,
  type Exchange,
  HOLD,
  type Held,
  type HeldCall,
  PASS,
  type Settlement,
  type Step,
  type Turn,
} from '../dialect.ts'
import { argumentsOf, contentOf, definitionOf, objectOf, objectsOf, textOf } from '../json-shape.ts'
import { mendedChoice, responsesTools } from '../offered-tools.ts'
import { responsesProblem } from '../problems.ts'
import { sseEvent, type StreamEvent } from '../stream-events.ts'

export const openaiResponses: Dialect = {
  name: 'openai-responses',
  framing: 'sse',
  claims: (path) => /\/responses(?:\/(?:compact|input_tokens))?$/.test(path),
  kept: (path) => /\/responses\/([^/]+)(?:\/cancel)?$/i.exec(path)?.[1],
  read(body): Exchange {
    const instructions = textOf(body['instructions'])
    const input = body['input']
    const continues = textOf(body['previous_response_id'])
    return {
      turns: [
        ...(instructions === undefined ? [] : [{ role: 'system', text: instructions } as const]),
        ...(typeof input === 'string' ? [{ role: 'user', text: input } as const] : objectsOf(input).flatMap(turnsOf)),
      ],
      tools: objectsOf(body['tools'])
        .flatMap((tool) => (tool['type'] === 'namespace' ? objectsOf(tool['tools']) : [tool]))
        .flatMap((tool) => definitionOf(tool, tool['parameters'] ?? tool['format']) ?? []),
      ...(continues === undefined ? {} : { continues }),
    }
  },
  whole(answer) {
    const output = objectsOf(answer['output'])
    const rewrite = (settlements: readonly Settlement[]): JsonObject => {
      let next = 0
      return { ...answer, output: output.map((item) => (callOf(item) === undefined ? item : settledItem(item, settlements[next++]))) }
    }
    return { calls: output.flatMap((item) => callOf(item) ?? []), rewrite }
  },
  offered: responsesTools,
  mended: mendedChoice,
  spoken: ['instructions', 'input'],
  problem: responsesProblem,
  answerId: (answer) => textOf(answer['id']),
  reader: () => new Reader(),
}

function turnsOf(item: JsonObject): readonly Turn[] {
  const type = textOf(item['type']) ?? 'message'
  if (type === 'message') {
    const { text } = contentOf(item['content'])
    const role = item['role']
    return [{ role: role === 'assistant' ? 'assistant' : role === 'system' || role === 'developer' ? 'system' : 'user', text }]
  }
  const call = callOf(item)
  if (call !== undefined) return [{ role: 'assistant', text: '', callId: call.id, tool: call.tool, given: () => call.args }]
  const result = type.endsWith('_output') || type === 'mcp_call'
  if (!result) return []
  const { output } = item
  const { text, unread } = contentOf(output)
  const callId = textOf(item['call_id'])
  // Outputs of shells and of computers are objects of their own.
  const said = text === '' && typeof output === 'object' && output !== null ? JSON.stringify(output) : text
  return [{ role: 'tool', text: said, unread: unread && said === '', ...(callId === undefined ? {} : { callId }) }]
}

type ReadArguments = (item: JsonObject) => JsonObject

const action: ReadArguments = (item) => objectOf(item['action']) ?? objectOf(item['operation']) ?? {}
/** What the client carries out. Everything else ran at the provider and comes with its result. */
const CLIENT_CALLS: Readonly<Record<string, { readonly tool?: string; readonly args: ReadArguments }>> = {
  function_call: { args: (item) => argumentsOf(textOf(item['arguments']) ?? '') },
  custom_tool_call: { args: (item) => ({ input: textOf(item['input']) ?? '' }) },
  local_shell_call: { tool: 'shell', args: (item) => shellArguments(action(item)) },
  shell_call: { tool: 'shell', args: (item) => shellArguments(action(item)) },
  apply_patch_call: { tool: 'apply_patch', args: action },
  computer_call: { tool: 'computer', args: action },
}

const CALL_PIECE = /^response\.(?:function_call|custom_tool_call|local_shell_call|shell_call|apply_patch_call|computer_call)/

function callOf(item: JsonObject): HeldCall | undefined {
  const kind = Object.hasOwn(CLIENT_CALLS, String(item['type'])) ? CLIENT_CALLS[String(item['type'])] : undefined
  if (kind === undefined) return undefined
  return {
    id: textOf(item['call_id']) ?? textOf(item['id']) ?? '',
    tool: kind.tool ?? textOf(item['name']) ?? '',
    args: kind.args(item),
  }
}

/** Several commands are one script; a list of words is one command. */
function shellArguments(shell: JsonObject): JsonObject {
  const commands = shell['commands']
  return Array.isArray(commands) ? { ...shell, command: commands.filter((line) => typeof line === 'string').join('\n') } : shell
}

function settledItem(item: JsonObject, { blocked, args }: Settlement = {}): JsonObject {
  if (blocked !== undefined) return messageItem(textOf(item['id']) ?? 'msg_assize', blocked)
  if (args === undefined) return item
  if (item['type'] === 'function_call') return { ...item, arguments: JSON.stringify(args) }
  if (item['type'] === 'custom_tool_call') return { ...item, input: textOf(args['input']) ?? '' }
  return item['action'] === undefined ? { ...item, operation: args } : { ...item, action: args }
}

function messageItem(id: string, text: string): JsonObject {
  return { type: 'message', id, status: 'completed', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }
}

/** Pieces of text; a name of a part that could be more is looked into. */
const CALM = calmOf(/event: response\.output_text\.delta\ndata: \{"type":"response\.output_text\.delta"[^\n\r]*\n\n/, [
  '_call',
  '"item"',
  '"response"',
  'response.c',
  'response.i',
  'response.f',
  '.done',
])

/** Items open and close by name; their calls are judged when all that are open are complete. */
class Reader implements AnswerReader {
  answerId: string | undefined
  private readonly open = new Set<number>()
  private readonly complete = new Map<number, JsonObject>()
  /** Items that read otherwise now, for the whole answer that closes the stream. */
  private readonly settled = new Map<number, JsonObject>()
  private changed = false
  /** How many events more, or fewer, were sent than came. */
  private shift = 0

  calm(text: string): number {
    return this.shift === 0 ? CALM(text) : 0
  }

  take({ body }: StreamEvent, held: readonly StreamEvent[]): Step {
    if (body === undefined) return PASS
    const index = Number(body['output_index'])
    if (typeof body['type'] !== 'string') throw new SyntaxError('an event of the answer has no type')
    // What an event carries counts, whatever it is called: a client may look at that alone.
    if (isClosing(body)) return this.close(body, held)
    const item = objectOf(body['item'])
    if (item !== undefined && callOf(item) !== undefined && body['type'] === 'response.output_item.done')
      return this.done(index, item, { body, held })
    if (isPiece(body)) {
      this.open.add(index)
      return HOLD
    }
    this.answerId ??= textOf(objectOf(body['response'])?.['id'])
    return this.other(body, held)
  }

  end(held: readonly StreamEvent[]): Held<readonly Buffer[]> | undefined {
    return this.open.size > 0 || this.complete.size === 0 ? undefined : this.judged(held, undefined)
  }

  private done(
    index: number,
    item: JsonObject,
    { body, held }: { readonly body: JsonObject; readonly held: readonly StreamEvent[] },
  ): Step {
    this.open.delete(index)
    this.complete.set(index, item)
    return this.open.size > 0 ? HOLD : { kind: 'judge', ...this.judged(held, body) }
  }

  /** The closing event repeats the whole answer: what is in it was judged before, or is now. */
  private close(body: JsonObject, held: readonly StreamEvent[]): Step {
    const response = objectOf(body['response']) ?? {}
    this.answerId ??= textOf(response['id'])
    for (const [index, item] of objectsOf(response['output']).entries()) {
      if (callOf(item) === undefined || this.settled.has(index)) continue
      this.complete.set(index, item)
      this.open.delete(index)
    }
    if (this.open.size > 0) throw new SyntaxError('the answer closes with a tool call unfinished')
    if (this.complete.size > 0) return { kind: 'judge', ...this.judged(held, body) }
    return this.changed ? { kind: 'replace', bytes: this.renumbered(this.closing(body)) } : this.other(body, held)
  }

  private closing(body: JsonObject): JsonObject {
    const response = objectOf(body['response']) ?? {}
    const output = objectsOf(response['output']).map((item, index) => this.settled.get(index) ?? item)
    return { ...body, response: { ...response, output } }
  }

  private other(body: JsonObject, held: readonly StreamEvent[]): Step {
    if (held.length > 0) return HOLD
    return this.shift === 0 ? PASS : { kind: 'replace', bytes: this.renumbered(body) }
  }

  private judged(held: readonly StreamEvent[], last: JsonObject | undefined): Held<readonly Buffer[]> {
    const items = [...this.complete]
    this.complete.clear()
    this.open.clear()
    for (const [index, item] of items) this.settled.set(index, item)
    const rewrite = (settlements: readonly Settlement[]): readonly Buffer[] => {
      this.changed = true
      const rewritten = new Map(items.map(([index, item], at) => [index, settledItem(item, settlements[at])]))
      for (const [index, item] of rewritten) this.settled.set(index, item)
      const bodies = [...held.map(({ body }) => body), last].filter((body) => body !== undefined)
      const out: Buffer[] = []
      for (const body of bodies) {
        const item = rewritten.get(Number(body['output_index']))
        if (isClosing(body)) out.push(this.renumbered(this.closing(body)))
        else if (item === undefined && !isPiece(body)) out.push(this.renumbered(body))
        else if (item === undefined || body['type'] !== 'response.output_item.done') this.shift -= 1
        else {
          const told = itemEvents(Number(body['output_index']), item, Number(body['sequence_number'] ?? 0))
          out.push(...told.map((event) => this.renumbered(event)))
          this.shift += told.length - 1
        }
      }
      return out
    }
    return { calls: items.flatMap(([, item]) => callOf(item) ?? []), rewrite }
  }

  private renumbered(body: JsonObject): Buffer {
    const number = body['sequence_number']
    const moved = typeof number === 'number' && this.shift !== 0 ? { ...body, sequence_number: number + this.shift } : body
    return sseEvent(moved, textOf(body['type']))
  }
}

function isPiece(body: JsonObject): boolean {
  return CALL_PIECE.test(String(body['type'])) || callOf(objectOf(body['item']) ?? {}) !== undefined
}

function isClosing(body: JsonObject): boolean {
  const output = objectsOf(objectOf(body['response'])?.['output'])
  return output.some((item) => callOf(item) !== undefined) || /^response\.(?:completed|incomplete|failed)$/.test(String(body['type']))
}

/** The events that tell one finished item from its beginning. */
function itemEvents(index: number, item: JsonObject, number: number): readonly JsonObject[] {
  const head = { output_index: index }
  const added = { type: 'response.output_item.added', ...head, item: opened(item) }
  const done = { type: 'response.output_item.done', ...head, item }
  return [added, ...between(item, head), done].map((event, at) => ({ ...event, sequence_number: number + at }))
}

function opened(item: JsonObject): JsonObject {
  const empty = item['type'] === 'message' ? { content: [] } : item['type'] === 'function_call' ? { arguments: '' } : {}
  return { ...item, status: 'in_progress', ...empty }
}

function between(item: JsonObject, head: JsonObject): readonly JsonObject[] {
  const place = { ...head, item_id: item['id'] ?? null }
  if (item['type'] === 'function_call') {
    const text = textOf(item['arguments']) ?? ''
    return [
      { type: 'response.function_call_arguments.delta', ...place, delta: text },
      { type: 'response.function_call_arguments.done', ...place, name: item['name'] ?? null, arguments: text },
    ]
  }
  if (item['type'] !== 'message') return []
  const part = objectsOf(item['content'])[0] ?? {}
  const text = textOf(part['text']) ?? ''
  const inside = { ...place, content_index: 0 }
  return [
    { type: 'response.content_part.added', ...inside, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...inside, delta: text, logprobs: [] },
    { type: 'response.output_text.done', ...inside, text, logprobs: [] },
    { type: 'response.content_part.done', ...inside, part },
  ]
}

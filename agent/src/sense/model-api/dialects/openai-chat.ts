/** OpenAI Chat Completions, and the many servers that speak it. */
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
import { argumentsOf, contentOf, definitionOf, objectOf, objectsOf, reasonsOf, textOf } from '../json-shape.ts'
import { chatTools, mendedChoice } from '../offered-tools.ts'
import { openaiProblem } from '../problems.ts'
import { sseEvent, type StreamEvent } from '../stream-events.ts'

export const openaiChat: Dialect = {
  name: 'openai-chat',
  framing: 'sse',
  claims: (path) => path.endsWith('/chat/completions'),
  kept: (path) => /\/chat\/completions\/([^/]+)$/i.exec(path)?.[1],
  read: (body): Exchange => ({
    turns: objectsOf(body['messages']).flatMap(turnsOf),
    tools: [
      ...objectsOf(body['tools']).map((tool) => objectOf(tool['function']) ?? objectOf(tool['custom']) ?? {}),
      ...objectsOf(body['functions']),
    ].flatMap((tool) => definitionOf(tool, tool['parameters']) ?? []),
  }),
  whole(answer) {
    const choices = objectsOf(answer['choices'])
    const calls = choices.flatMap((choice) => partsOf(objectOf(choice['message']) ?? {}).map(heldCall))
    const rewrite = (settlements: readonly Settlement[]): JsonObject => {
      let next = 0
      const take = (count: number) => settlements.slice(next, (next += count))
      return { ...answer, choices: choices.map((choice) => rewriteChoice(choice, take)) }
    }
    return { calls, rewrite }
  },
  offered: chatTools,
  mended: mendedChoice,
  spoken: ['messages'],
  problem: openaiProblem,
  answerId: (answer) => textOf(answer['id']),
  reader: () => new Reader(),
}

function turnsOf(message: JsonObject): readonly Turn[] {
  const calls = partsOf(message).map((part): Turn => {
    return { role: 'assistant', text: '', callId: part.id, tool: part.name, given: () => heldCall(part).args }
  })
  return [turnOf(message), ...calls]
}

function turnOf(message: JsonObject): Turn {
  const { text, unread } = contentOf(message['content'])
  switch (message['role']) {
    case 'system':
    case 'developer':
      return { role: 'system', text }
    case 'assistant':
      return { role: 'assistant', text }
    case 'tool':
    case 'function': {
      const callId = textOf(message['tool_call_id'])
      const tool = textOf(message['name'])
      return { role: 'tool', text, unread, ...(callId === undefined ? {} : { callId }), ...(tool === undefined ? {} : { tool }) }
    }
    default:
      return { role: 'user', text }
  }
}

/** One call as it is put together. */
interface Part {
  id: string
  /** `legacy` is the single `function_call` of old. */
  kind: 'function' | 'custom' | 'legacy'
  name: string
  input: string
}

function partsOf(message: JsonObject): readonly Part[] {
  const legacy = objectOf(message['function_call'])
  return [
    ...objectsOf(message['tool_calls']).map((call): Part => addTo({ id: '', kind: 'function', name: '', input: '' }, call)),
    ...(legacy === undefined ? [] : [addTo({ id: '', kind: 'legacy', name: '', input: '' }, { function: legacy })]),
  ]
}

function addTo(part: Part, delta: JsonObject): Part {
  const custom = objectOf(delta['custom'])
  const body = custom ?? objectOf(delta['function'])
  if (custom !== undefined) part.kind = 'custom'
  part.id ||= textOf(delta['id']) ?? ''
  part.name += textOf(body?.['name']) ?? ''
  const input = body?.['arguments'] ?? body?.['input']
  // Some servers send the arguments as an object.
  part.input += textOf(input) ?? (objectOf(input) === undefined ? '' : JSON.stringify(input))
  return part
}

function heldCall({ id, kind, name, input }: Part): HeldCall {
  return { id, tool: name, args: kind === 'custom' ? { input } : argumentsOf(input) }
}

function inputOf({ kind, input }: Part, { args }: Settlement): string {
  if (args === undefined) return input
  return kind === 'custom' ? (textOf(args['input']) ?? '') : JSON.stringify(args)
}

function wireCall(part: Part, settlement: Settlement): JsonObject {
  const input = inputOf(part, settlement)
  if (part.kind === 'custom') return { id: part.id, type: 'custom', custom: { name: part.name, input } }
  return { id: part.id, type: 'function', function: { name: part.name, arguments: input } }
}

interface Kept {
  readonly calls: readonly JsonObject[]
  readonly legacy: JsonObject | undefined
  readonly none: boolean
}

function kept(parts: readonly Part[], settlements: readonly Settlement[]): Kept {
  const left = parts.flatMap((part, index) => {
    const settlement = settlements[index] ?? {}
    return settlement.blocked === undefined ? [{ part, settlement }] : []
  })
  const legacy = left.find(({ part }) => part.kind === 'legacy')
  return {
    calls: left.filter(({ part }) => part.kind !== 'legacy').map(({ part, settlement }) => wireCall(part, settlement)),
    legacy: legacy && { name: legacy.part.name, arguments: inputOf(legacy.part, legacy.settlement) },
    none: left.length === 0,
  }
}

function rewriteChoice(choice: JsonObject, take: (count: number) => readonly Settlement[]): JsonObject {
  const message = objectOf(choice['message']) ?? {}
  const parts = partsOf(message)
  if (parts.length === 0) return choice
  const settlements = take(parts.length)
  const { calls, legacy, none } = kept(parts, settlements)
  const { tool_calls: _calls, function_call: _legacy, ...rest } = message
  const content = [textOf(rest['content']) ?? '', reasonsOf(settlements)].filter((text) => text !== '').join('\n\n')
  return {
    ...choice,
    message: {
      ...rest,
      content: content === '' ? null : content,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
      ...(legacy === undefined ? {} : { function_call: legacy }),
    },
    ...(none && isCallEnd(choice['finish_reason']) ? { finish_reason: 'stop' } : {}),
  }
}

function isCallEnd(reason: unknown): boolean {
  return reason === 'tool_calls' || reason === 'function_call'
}

const CALM = calmOf(/data: \{[^\n\r]*\n\n/, ['tool', 'function'])

/** Calls come in pieces, several at once, and are complete when their choice finishes. */
class Reader implements AnswerReader {
  answerId: string | undefined
  private readonly choices = new Map<number, Map<string, Part>>()
  private readonly finished = new Set<number>()

  calm(text: string): number {
    return this.choices.size === 0 && this.answerId !== undefined ? CALM(text) : 0
  }

  take(given: StreamEvent, held: readonly StreamEvent[]): Step {
    const { data } = given
    if (data === '[DONE]') return held.length > 0 ? this.judge(held, undefined) : PASS
    if (this.choices.size === 0 && this.answerId !== undefined && isText(data)) return PASS
    const event = given.body
    if (event === undefined) return PASS
    this.answerId ??= textOf(event['id'])
    const choices = objectsOf(event['choices'])
    for (const choice of choices) this.collect(choice)
    if (this.choices.size === 0) return PASS
    for (const choice of choices) if (finishes(choice)) this.finished.add(indexOf(choice))
    const all = [...this.choices.keys()].every((index) => this.finished.has(index))
    return all ? this.judge(held, event) : HOLD
  }

  end(held: readonly StreamEvent[]): Held<readonly Buffer[]> | undefined {
    return this.choices.size === 0 ? undefined : this.complete(held, undefined)
  }

  private collect(choice: JsonObject): void {
    const delta = objectOf(choice['delta']) ?? {}
    const legacy = objectOf(delta['function_call'])
    const calls = objectsOf(delta['tool_calls'])
    if (calls.length === 0 && legacy === undefined) return
    const parts = this.choices.get(indexOf(choice)) ?? new Map<string, Part>()
    this.choices.set(indexOf(choice), parts)
    for (const [at, call] of calls.entries()) this.add(parts, partKey(call, at, parts), call)
    if (legacy !== undefined) this.add(parts, 'legacy', { function: legacy })
  }

  private add(parts: Map<string, Part>, key: string, delta: JsonObject): void {
    const part = parts.get(key) ?? { id: '', kind: key === 'legacy' ? ('legacy' as const) : ('function' as const), name: '', input: '' }
    parts.set(key, addTo(part, delta))
  }

  private judge(held: readonly StreamEvent[], last: JsonObject | undefined): Step {
    return { kind: 'judge', ...this.complete(held, last) }
  }

  /** Everything that was held is sent again without the calls, and before the end of a choice the calls that stay. */
  private complete(held: readonly StreamEvent[], last: JsonObject | undefined): Held<readonly Buffer[]> {
    const choices = [...this.choices].map(([index, parts]) => ({ index, parts: [...parts.values()] }))
    this.choices.clear()
    const rewrite = (settlements: readonly Settlement[]): readonly Buffer[] => {
      let next = 0
      const rest = new Map(choices.map(({ index, parts }) => [index, restOf(parts, settlements.slice(next, (next += parts.length)))]))
      const events = [...held.map(({ body }) => body), last].filter((event) => event !== undefined)
      const out = events.flatMap((event) => retell(event, rest))
      const frame = without(events.at(-1) ?? {}, ['usage'])
      for (const [index, { delta }] of rest)
        if (!this.finished.has(index)) out.push(sseEvent({ ...frame, choices: [{ index, delta, finish_reason: null }] }))
      return last === undefined && held.at(-1)?.data !== '[DONE]' ? [...out, Buffer.from('data: [DONE]\n\n')] : out
    }
    return { calls: choices.flatMap(({ parts }) => parts.map(heldCall)), rewrite }
  }
}

/** What is left of a choice's calls, as one delta. */
interface Rest {
  readonly delta: JsonObject
  readonly none: boolean
}

function restOf(parts: readonly Part[], settlements: readonly Settlement[]): Rest {
  const { calls, legacy, none } = kept(parts, settlements)
  const reasons = reasonsOf(settlements)
  const delta = {
    role: 'assistant',
    ...(reasons === '' ? {} : { content: reasons }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call, index) => ({ index, ...call })) }),
    ...(legacy === undefined ? {} : { function_call: legacy }),
  }
  return { delta, none }
}

/** One held event without its pieces of calls; where it ends a choice, what is left of the calls goes before it. */
function retell(event: JsonObject, rest: ReadonlyMap<number, Rest>): readonly Buffer[] {
  const out: Buffer[] = []
  const choices = objectsOf(event['choices']).flatMap((choice) => {
    const delta = without(objectOf(choice['delta']) ?? {}, ['tool_calls', 'function_call'])
    const left = rest.get(indexOf(choice))
    if (left !== undefined && finishes(choice)) {
      out.push(sseEvent({ ...without(event, ['usage']), choices: [{ index: indexOf(choice), delta: left.delta, finish_reason: null }] }))
      return [{ ...choice, delta, ...(left.none && isCallEnd(choice['finish_reason']) ? { finish_reason: 'stop' } : {}) }]
    }
    const says = Object.entries(delta).some(([key, value]) => key !== 'role' && value !== null && value !== '')
    return says || finishes(choice) ? [{ ...choice, delta }] : []
  })
  if (choices.length > 0 || objectOf(event['usage']) !== undefined) out.push(sseEvent({ ...event, choices }))
  return out
}

function finishes(choice: JsonObject): boolean {
  return typeof choice['finish_reason'] === 'string'
}

/** Without these words, plain or written as escapes, there is no piece of a call in an event. */
function isText(data: string): boolean {
  return !data.includes('tool') && !data.includes('function') && !data.includes('\\u')
}

function indexOf(choice: JsonObject): number {
  return typeof choice['index'] === 'number' ? choice['index'] : 0
}

/** Servers that leave the index out start a new call with a new id. */
function partKey(call: JsonObject, at: number, parts: ReadonlyMap<string, Part>): string {
  if (typeof call['index'] === 'number') return String(call['index'])
  const id = textOf(call['id'])
  if (id !== undefined && id !== '') return `id ${id}`
  return [...parts.keys()].at(-1) ?? String(at)
}

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}

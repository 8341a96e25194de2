/** Anthropic Messages. */
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
import { anthropicTools, mendedAnthropic } from '../offered-tools.ts'
import { anthropicProblem } from '../problems.ts'
import { sseEvent, type StreamEvent } from '../stream-events.ts'

export const anthropic: Dialect = {
  name: 'anthropic',
  framing: 'sse',
  claims: (path) => /\/v1\/messages(?:\/count_tokens)?$/.test(path),
  read: (body): Exchange => ({
    turns: [
      ...(body['system'] === undefined ? [] : [{ role: 'system', ...contentOf(body['system']) } as const]),
      ...objectsOf(body['messages']).flatMap(turnsOf),
    ],
    tools: objectsOf(body['tools']).flatMap((tool) => definitionOf(tool, tool['input_schema']) ?? []),
  }),
  whole(answer) {
    const content = objectsOf(answer['content'])
    const calls = content.filter(isCall).map(callOf)
    const rewrite = (settlements: readonly Settlement[]): JsonObject => {
      let next = 0
      const rewritten = content.map((block) => (isCall(block) ? settledBlock(block, settlements[next++]) : block))
      const left = rewritten.some(isCall)
      return { ...answer, content: rewritten, ...(!left && answer['stop_reason'] === 'tool_use' ? { stop_reason: 'end_turn' } : {}) }
    }
    return { calls, rewrite }
  },
  offered: anthropicTools,
  mended: mendedAnthropic,
  spoken: ['system', 'messages'],
  problem: anthropicProblem,
  answerId: (answer) => textOf(answer['id']),
  reader: () => new Reader(),
}

/** Only these run at the client; what the provider runs comes with its result in the same answer. */
function isCall(block: JsonObject): boolean {
  return block['type'] === 'tool_use'
}

function callOf(block: JsonObject): HeldCall {
  return { id: textOf(block['id']) ?? '', tool: textOf(block['name']) ?? '', args: objectOf(block['input']) ?? {} }
}

function settledBlock(block: JsonObject, settlement: Settlement = {}): JsonObject {
  if (settlement.blocked !== undefined) return { type: 'text', text: settlement.blocked }
  return settlement.args === undefined ? block : { ...block, input: settlement.args }
}

/** A person's message can carry results of tools; an assistant's can carry results of what ran at the provider. */
function turnsOf(message: JsonObject): readonly Turn[] {
  const role = message['role'] === 'assistant' ? 'assistant' : message['role'] === 'system' ? 'system' : 'user'
  const { content } = message
  if (typeof content === 'string') return [{ role, text: content }]
  return objectsOf(content).flatMap((block): readonly Turn[] => {
    const type = textOf(block['type']) ?? ''
    if (type.endsWith('tool_result')) return [resultOf(block)]
    if (isCall(block)) {
      const given = () => objectOf(block['input']) ?? {}
      return [{ role, text: '', callId: textOf(block['id']) ?? '', tool: textOf(block['name']) ?? '', given }]
    }
    if (type === 'text') return [{ role, text: textOf(block['text']) ?? '' }]
    if (type === 'document' || type === 'search_result') return [documentOf(block)]
    return []
  })
}

function resultOf(block: JsonObject): Turn {
  const content = block['content']
  const parts = typeof content === 'string' ? { text: content, unread: false } : contentOf(Array.isArray(content) ? content : [content])
  const callId = textOf(block['tool_use_id'])
  // Results of searches come as objects of their own; all text in them counts.
  const text = parts.text === '' && parts.unread ? JSON.stringify(content) : parts.text
  return {
    role: 'tool',
    ...parts,
    text,
    ...(callId === undefined ? {} : { callId }),
    ...(block['is_error'] === true ? { failed: true } : {}),
  }
}

function documentOf(block: JsonObject): Turn {
  const source = objectOf(block['source'])
  const text = textOf(source?.['data']) ?? contentOf(source?.['content'] ?? block['content']).text
  return source?.['type'] === 'base64' ? { role: 'tool', text: '', unread: true } : { role: 'tool', text }
}

interface OpenBlock {
  readonly index: number
  readonly start: JsonObject
  json: string
}

/** Pieces of text and of thought. */
const CALM = calmOf(/event: content_block_delta\ndata: \{"type":"content_block_delta"[^\n\r]*\n\n/, ['partial_json', 'tool'])

/** A block is complete at its `content_block_stop`; blocks come one after the other. */
class Reader implements AnswerReader {
  answerId: string | undefined
  private block: OpenBlock | undefined
  /** Blocks that run at the provider: only their input is none of a client's call. */
  private readonly provided = new Set<number>()
  /** Calls that reached the client. */
  private left = 0

  calm(text: string): number {
    return this.block === undefined ? CALM(text) : 0
  }

  take(given: StreamEvent, held: readonly StreamEvent[]): Step {
    if (this.block === undefined && isText(given.data)) return PASS
    const event = given.body
    if (event !== undefined && typeof event['type'] !== 'string') throw new SyntaxError('an event of the answer has no type')
    switch (event?.['type']) {
      case 'message_start':
        this.answerId = textOf(objectOf(event['message'])?.['id'])
        return PASS
      case 'content_block_start':
        return this.start(event, objectOf(event['content_block']) ?? {})
      case 'content_block_delta':
        this.openUnannounced(event)
        if (this.block === undefined || event['index'] !== this.block.index) return held.length > 0 ? HOLD : PASS
        this.block.json += textOf(objectOf(event['delta'])?.['partial_json']) ?? ''
        return HOLD
      case 'content_block_stop':
        if (this.block === undefined || event['index'] !== this.block.index) return held.length > 0 ? HOLD : PASS
        return { kind: 'judge', ...this.complete(this.block) }
      case 'message_delta':
        return this.finish(event)
      default: {
        // What an event carries counts, whatever it is called.
        const unnamed = objectOf(event?.['content_block'])
        return event !== undefined && unnamed !== undefined && isCall(unnamed) ? this.start(event, unnamed) : PASS
      }
    }
  }

  end(): Held<readonly Buffer[]> | undefined {
    return this.block === undefined ? undefined : this.complete(this.block)
  }

  /** Input for a block that was not announced as a call is one too: some client may make one of it. */
  private openUnannounced(event: JsonObject): void {
    const index = Number(event['index'])
    if (this.provided.has(index) || objectOf(event['delta'])?.['type'] !== 'input_json_delta') return
    this.block ??= { index, start: { type: 'tool_use' }, json: '' }
  }

  private start(event: JsonObject, block: JsonObject): Step {
    // A block of no kind is taken for a call: what else would be said of one.
    const type = textOf(block['type'])
    if (type === 'server_tool_use' || type === 'mcp_tool_use') this.provided.add(Number(event['index']))
    if (type !== undefined && !isCall(block)) return this.block === undefined ? PASS : HOLD
    this.block = { index: Number(event['index']), start: block, json: '' }
    return HOLD
  }

  private complete({ index, start, json }: OpenBlock): Held<readonly Buffer[]> {
    this.block = undefined
    this.left += 1
    const call = json === '' ? callOf(start) : { ...callOf(start), args: argumentsOf(json) }
    const rewrite = ([settlement = {}]: readonly Settlement[]): readonly Buffer[] => {
      if (settlement.blocked === undefined)
        return block(index, start, { type: 'input_json_delta', partial_json: JSON.stringify(settlement.args ?? call.args) })
      this.left -= 1
      return block(index, { type: 'text', text: '' }, { type: 'text_delta', text: settlement.blocked })
    }
    return { calls: [call], rewrite }
  }

  /** An answer without calls does not end because of one. */
  private finish(event: JsonObject): Step {
    const delta = objectOf(event['delta'])
    if (this.left > 0 || delta?.['stop_reason'] !== 'tool_use') return PASS
    return { kind: 'replace', bytes: sseEvent({ ...event, delta: { ...delta, stop_reason: 'end_turn' } }, 'message_delta') }
  }
}

/** A piece of text: no call begins in it, and without its words, plain or written as escapes, none goes on. */
function isText(data: string): boolean {
  return (
    data.startsWith('{"type":"content_block_delta"') && !data.includes('partial_json') && !data.includes('tool') && !data.includes('\\u')
  )
}

function block(index: number, start: JsonObject, delta: JsonObject): readonly Buffer[] {
  return [
    sseEvent({ type: 'content_block_start', index, content_block: start }, 'content_block_start'),
    sseEvent({ type: 'content_block_delta', index, delta }, 'content_block_delta'),
    sseEvent({ type: 'content_block_stop', index }, 'content_block_stop'),
  ]
}

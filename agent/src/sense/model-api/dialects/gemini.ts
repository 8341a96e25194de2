/** Gemini and Vertex: every event is an answer of its own; Vertex can send a call's arguments in pieces. */
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
import { definitionOf, objectOf, objectsOf, textOf } from '../json-shape.ts'
import { geminiTools, mendedGemini } from '../offered-tools.ts'
import { geminiProblem } from '../problems.ts'
import { sseEvent, type StreamEvent } from '../stream-events.ts'

export const gemini: Dialect = {
  name: 'gemini',
  framing: 'sse',
  claims: (path) => /:(?:(?:stream)?generatecontent|counttokens)$/.test(path),
  read: (given): Exchange => {
    // Code Assist wraps the same request.
    const body = objectOf(given['request']) ?? given
    return {
      turns: [
        ...partsOf(body['systemInstruction'] ?? body['system_instruction']).map(
          (part): Turn => ({ role: 'system', text: textOf(part['text']) ?? '' }),
        ),
        ...objectsOf(body['contents']).flatMap(turnsOf),
      ],
      tools: objectsOf(body['tools'])
        .flatMap((tool) => objectsOf(tool['functionDeclarations'] ?? tool['function_declarations']))
        .flatMap((tool) => definitionOf(tool, tool['parametersJsonSchema'] ?? tool['parameters']) ?? []),
    }
  },
  whole,
  offered: geminiTools,
  mended: mendedGemini,
  spoken: ['systemInstruction', 'system_instruction', 'contents'],
  problem: geminiProblem,
  answerId: (answer) => textOf(answer['responseId']),
  reader: () => new Reader(),
}

function partsOf(content: unknown): readonly JsonObject[] {
  return objectsOf(objectOf(content)?.['parts'])
}

function turnsOf(content: JsonObject): readonly Turn[] {
  const role = content['role'] === 'model' ? 'assistant' : 'user'
  return partsOf(content).flatMap((part): readonly Turn[] => {
    const response = objectOf(part['functionResponse'] ?? part['function_response'])
    if (response !== undefined) return [resultOf(response)]
    const call = heldCall(callIn(part))
    if (call !== undefined) return [{ role, text: '', callId: call.id, tool: call.tool, given: () => call.args }]
    const text = textOf(part['text'])
    return text === undefined ? [] : [{ role, text }]
  })
}

function resultOf(response: JsonObject): Turn {
  const callId = textOf(response['id'])
  const tool = textOf(response['name'])
  const body = objectOf(response['response'])
  const output = body?.['output'] ?? body?.['result'] ?? body
  return {
    role: 'tool',
    text: typeof output === 'string' ? output : JSON.stringify(output ?? null),
    ...(callId === undefined ? {} : { callId }),
    ...(tool === undefined ? {} : { tool }),
    ...(body?.['error'] === undefined ? {} : { failed: true }),
  }
}

function callIn(part: JsonObject): JsonObject | undefined {
  return objectOf(part['functionCall'] ?? part['function_call'])
}

/** Code Assist wraps the same answer. */
function unwrapped(answer: JsonObject): JsonObject {
  return objectOf(answer['response']) ?? answer
}

function whole(answer: JsonObject): Held<JsonObject> {
  const inner = unwrapped(answer)
  const candidates = objectsOf(inner['candidates'])
  const calls = candidates.flatMap((candidate) => partsOf(candidate['content'])).flatMap((part) => heldCall(callIn(part)) ?? [])
  const rewrite = (settlements: readonly Settlement[]): JsonObject => {
    let next = 0
    const settled = candidates.map((candidate) => {
      const parts = partsOf(candidate['content']).map((part) =>
        callIn(part) === undefined ? part : settledPart(part, settlements[next++]),
      )
      return parts.length === 0 ? candidate : { ...candidate, content: { ...objectOf(candidate['content']), parts } }
    })
    const changed = { ...inner, candidates: settled }
    return inner === answer ? changed : { ...answer, response: changed }
  }
  return { calls, rewrite }
}

function heldCall(call: JsonObject | undefined): HeldCall | undefined {
  return call && { id: textOf(call['id']) ?? '', tool: textOf(call['name']) ?? '', args: objectOf(call['args']) ?? {} }
}

/** A released call keeps its thought signature; text in its place has none to keep. */
function settledPart(part: JsonObject, { blocked, args }: Settlement = {}): JsonObject {
  if (blocked !== undefined) return { text: blocked }
  return args === undefined ? part : { ...part, functionCall: { ...callIn(part), args } }
}

/** A call whose arguments come in pieces, as `partialArgs` with a path each. */
interface OpenCall {
  readonly part: JsonObject
  readonly args: Record<string, unknown>
}

const CALM = calmOf(/data: \{[^\n\r]*(?:\n\n|\r\n\r\n)/, ['unction', 'artial', 'illContinue'])

class Reader implements AnswerReader {
  answerId: string | undefined
  private open: OpenCall | undefined

  calm(text: string): number {
    return this.open === undefined && this.answerId !== undefined ? CALM(text) : 0
  }

  take({ body: event }: StreamEvent): Step {
    if (event === undefined) return PASS
    this.answerId ??= textOf(unwrapped(event)['responseId'])
    const piece = this.pieceOf(event)
    if (piece !== undefined) return this.add(piece, event)
    const { calls, rewrite } = whole(event)
    if (this.open !== undefined) return HOLD
    return calls.length === 0 ? PASS : { kind: 'judge', calls, rewrite: (settlements) => [sseEvent(rewrite(settlements))] }
  }

  end(held: readonly StreamEvent[]): Held<readonly Buffer[]> | undefined {
    return this.open === undefined ? undefined : this.complete(held.at(-1)?.body ?? {})
  }

  private pieceOf(event: JsonObject): JsonObject | undefined {
    const parts = objectsOf(unwrapped(event)['candidates']).flatMap((candidate) => partsOf(candidate['content']))
    return parts.find((part) => {
      const call = callIn(part)
      return call !== undefined && (this.open !== undefined || call['willContinue'] === true || call['partialArgs'] !== undefined)
    })
  }

  private add(part: JsonObject, event: JsonObject): Step {
    const call = callIn(part) ?? {}
    this.open ??= { part, args: Object.assign(Object.create(null) as Record<string, unknown>, objectOf(call['args'])) }
    for (const piece of objectsOf(call['partialArgs'])) addPiece(this.open.args, piece)
    return call['willContinue'] === true ? HOLD : { kind: 'judge', ...this.complete(event) }
  }

  private complete(event: JsonObject): Held<readonly Buffer[]> {
    const { part, args } = this.open ?? { part: {}, args: {} }
    this.open = undefined
    const { partialArgs: _pieces, willContinue: _more, ...call } = callIn(part) ?? {}
    const entire = { ...part, functionCall: { ...call, args: { ...args } as JsonObject } }
    const rewrite = (settlements: readonly Settlement[]): readonly Buffer[] => {
      const inner = unwrapped(event)
      const first = objectsOf(inner['candidates'])[0] ?? {}
      const content = { ...objectOf(first['content']), parts: [settledPart(entire, settlements[0])] }
      const changed = { ...inner, candidates: [{ ...first, content }] }
      return [sseEvent(inner === event ? changed : { ...event, response: changed })]
    }
    return { calls: [heldCall(callIn(entire)) ?? { id: '', tool: '', args: {} }], rewrite }
  }
}

/** `$.a` gets the text appended, or the value put in place; deeper paths are kept under their own name, so that nothing is lost to judging. */
function addPiece(args: Record<string, unknown>, piece: JsonObject): void {
  const name = (textOf(piece['jsonPath']) ?? '').replace(/^\$\.?/, '')
  const text = textOf(piece['stringValue'])
  if (text === undefined) args[name] = piece['numberValue'] ?? piece['boolValue'] ?? null
  else args[name] = `${typeof args[name] === 'string' ? args[name] : ''}${text}`
}

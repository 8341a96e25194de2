/** What the gateway must know about one model API: where text and tool calls stand in it. */
import type { JsonObject, ToolDefinition } from '@assize/kernel'
import type { StreamEvent } from './stream-events.ts'

/** One thing somebody said in a conversation. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
  /** For `tool`: the call this is the result of, and the tool where the protocol names it. For `assistant`: a call it made. */
  readonly callId?: string
  readonly tool?: string
  readonly failed?: boolean
  /** The turn holds something that is no text, such as a picture. */
  readonly unread?: boolean
}

/** A request to a model, as far as deciding needs it. */
export interface Exchange {
  readonly turns: readonly Turn[]
  readonly tools: readonly ToolDefinition[]
  /** The answer this request goes on from, where the provider keeps the conversation. */
  readonly continues?: string
}

/** A tool call in a model's answer, complete. */
export interface HeldCall {
  readonly id: string
  readonly tool: string
  readonly args: JsonObject
}

/** What became of a held call: blocked with a reason, released with other arguments, or released as it is. */
export interface Settlement {
  readonly blocked?: string
  readonly args?: JsonObject
}

/** Complete calls, and how the answer reads once they are settled. `rewrite` is called only when something changes. */
export interface Held<Rewritten> {
  readonly calls: readonly HeldCall[]
  rewrite(settlements: readonly Settlement[]): Rewritten
}

/** What is done with one event of a streamed answer. Events behind a held one wait with it. */
export type Step =
  | { readonly kind: 'pass' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'replace'; readonly bytes: Buffer }
  /** All calls in the held events are complete. `rewrite` gives the events to send instead of all held ones, this one included. */
  | ({ readonly kind: 'judge' } & Held<readonly Buffer[]>)

/** Reads one streamed answer, event by event. */
export interface AnswerReader {
  /** `held` are the events that wait, the newest last, without this one. */
  take(event: StreamEvent, held: readonly StreamEvent[]): Step
  /** The stream ended while events were held: the calls in them as far as they came. */
  end(held: readonly StreamEvent[]): Held<readonly Buffer[]> | undefined
  /** How the answer can be named by a later request. */
  readonly answerId: string | undefined
}

/** One model API. Members live in a file each and import this file only. */
export interface Dialect {
  readonly name: string
  readonly framing: 'sse' | 'ndjson'
  /** Whether requests to this path (lower case, plain) carry a conversation of this kind. */
  claims(path: string): boolean
  read(body: JsonObject): Exchange
  /** The calls in an answer that came in one piece. */
  whole(answer: JsonObject): Held<JsonObject>
  answerId(answer: JsonObject): string | undefined
  reader(): AnswerReader
}

export const PASS: Step = { kind: 'pass' }
export const HOLD: Step = { kind: 'hold' }

/** Whether anything in a set of settled calls differs from what the model said. */
export function changes(settlements: readonly Settlement[]): boolean {
  return settlements.some(({ blocked, args }) => blocked !== undefined || args !== undefined)
}

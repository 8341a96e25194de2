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
  /** For a call: what it was given. Read when it is wanted. */
  readonly given?: () => JsonObject
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

/** Keys and positions from the root of a request. */
export type Place = readonly (string | number)[]

/** A tool that a request puts before a model. */
export interface OfferedTool {
  /** `client`: the application runs it, and its calls come by in the answer. `provider`: it runs at the provider, and nothing can be held. */
  readonly kind: 'client' | 'provider'
  readonly name: string
  /** What the request says about how a provider's tool is to run. Without keys. */
  readonly args: JsonObject
  /** All that goes when the tool goes. */
  readonly places: readonly Place[]
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
  /**
   * How many bytes of the answer can go on without being read event by event: whole events, from the start, in which no call can be.
   * Asked while nothing is held; `text` begins with an event and has a character for every byte.
   */
  calm(text: string): number
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
  /** The answer that is asked for again at this path, or begun before and asked for now, where the provider keeps answers. */
  kept?(path: string): string | undefined
  read(body: JsonObject): Exchange
  /** Every tool in the request, in its order. */
  offered(body: JsonObject): readonly OfferedTool[]
  /** The request after tools were taken out of it, so that what it says of the choice among them holds again. */
  mended(body: JsonObject, left: readonly OfferedTool[]): JsonObject
  /** Keys of the request under which stands what is said to the model. */
  readonly spoken: readonly string[]
  /** An error as clients of this API read it. */
  problem(status: number, text: string): JsonObject
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

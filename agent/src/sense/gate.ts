import type { Event, Json, JsonObject, ResultScope, ToolCall, ToolDefinition } from '@assize/kernel'
import type { Caller } from '../platform/caller.ts'

/** A tool call that its gate holds open until `GateHost.judge` answers. */
export interface Interception {
  readonly gate: string
  readonly caller: Caller
  /** The host's own name for the conversation, where the gate's protocol tells. */
  readonly hostSession?: string
  readonly call: ToolCall
  /** Sub-agents between the session's agent and the caller, outermost first. */
  readonly chain: readonly string[]
  /** The trace that the call belongs to, as its caller says: 32 hexadecimal digits. Who says so can only lose by it. */
  readonly trace?: string
  /** The agent that the call hands work to. */
  readonly handsTo?: string
  /**
   * Who can ask a person: we do while the call is held, the host does in its own window, we do beside it and the answer counts
   * for the next attempt, or nobody can.
   */
  readonly asks: 'held' | 'host' | 'later' | 'nobody'
}

/** Something that went by and was not held. */
export interface Observation {
  readonly gate: string
  readonly caller: Caller
  readonly hostSession?: string
  /** The trace that it belongs to, as the caller says. */
  readonly trace?: string
  readonly event: Exclude<Event, ToolCall>
}

/** One string argument to be replaced before the call is released. */
export interface Edit {
  /** JSON pointer into the call's arguments. */
  readonly pointer: string
  readonly value: string
}

/** What a gate does with a call it holds. */
export interface Ruling {
  /** Id of the decision behind it. */
  readonly decision: string
  readonly action: 'release' | 'block' | 'ask-host'
  /** Only for a release; usually empty. */
  readonly edits: readonly Edit[]
  /** What the model and the person are told. Never empty unless the call is simply released. */
  readonly text: string
  /** What becomes of the call is to be reported by `GateHost.settled`. */
  readonly followed: boolean
}

/** What came back from a tool, before a model reads it. */
export interface ResultReading {
  readonly gate: string
  readonly caller: Caller
  readonly hostSession?: string
  /** The call that it answers, as far as it is known. */
  readonly call: ToolCall
  /** Sub-agents between the session's agent and the caller, outermost first. */
  readonly chain: readonly string[]
  readonly result: JsonObject
  /** JSON schema of the result, where the tool tells. */
  readonly schema?: Json
}

/** What a gate does with a result. */
export interface ResultRuling {
  readonly action: 'release' | 'withhold'
  /** Only for a release: strings of the result to be replaced. */
  readonly edits: readonly Edit[]
  /** What the model is told. Never empty unless the result goes on as it came. */
  readonly text: string
}

/** Something that is to be put before a model: a text, or a tool that runs where nobody can hold its calls. */
export interface Offer {
  readonly gate: string
  readonly caller: Caller
  readonly hostSession?: string
  /** What it comes to if the model makes use of it. Nothing runs by it here, and the session does not count it as done. */
  readonly call: ToolCall
  /** What the session has read does not count: it is what is being handed on. */
  readonly apart?: boolean
  /** What was said of the same last time; the same again is not told to the journal again. */
  readonly before?: string
}

export interface OfferRuling {
  readonly action: 'release' | 'block'
  /** Only for a release; usually empty. */
  readonly edits: readonly Edit[]
  /** For people; empty when it is simply released. */
  readonly text: string
  /** For the next `before`. */
  readonly said: string
}

/** A tool that is not to be offered, and the title of the policy that says so. */
export interface Withheld {
  readonly tool: string
  readonly policy: string
  readonly title: string
}

/** Says that nobody wants an answer any more: what an `AbortSignal` says, without the price of making one for every call. */
export interface Abandoned {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void
}

/** A person is being asked about a held call. */
export interface Question {
  readonly ticket: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly until: number
}

/** What the agent does for its gates. */
export interface GateHost {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * At once where nothing has to be waited for. Never throws or rejects: what goes wrong inside is a block with its reason.
   * `abandoned` says that the host gave up.
   */
  judge(interception: Interception, asked: (question: Question) => void, abandoned: Abandoned): Ruling | Promise<Ruling>
  observe(observation: Observation): void
  /** Never rejects. A question to a person is a block with a number; their yes counts for the next time. */
  consider(offer: Offer): Promise<OfferRuling>
  /** Those of the tools of which no call that does anything could be let go, whatever it did it to. `state` stands for the list: the same again is not looked at again. */
  outOfReach(whence: Omit<Observation, 'event'>, tools: readonly ToolDefinition[], state: string): readonly Withheld[]
  /** Nothing when all of a result may reach the model. At once, and never throws. Takes nothing in: what goes on is observed. */
  judgeResult(reading: ResultReading): ResultRuling | undefined
  /** Which results have to be held for that. */
  heldResults(): ResultScope
  /** Says what became of a released call. */
  settled(decision: string, outcome: 'released' | 'failed', detail: JsonObject): void
  /** The host said that a conversation ended. */
  ended(caller: Caller, hostSession: string): void
  /** Puts something worth knowing about the gate itself into the journal. */
  note(subject: string, detail: JsonObject): void
}

/** What a front-end is told to do with one message. */
export interface Answer {
  /** `pass` the held bytes on untouched, `replace` them, `reply` to the host instead, or `drop` them silently. */
  readonly action: 'pass' | 'replace' | 'reply' | 'drop'
  readonly payload?: Uint8Array
  /** More for the front-end of this gate, such as an exit code. */
  readonly extra?: Readonly<Record<string, string | number>>
}

/** How a conversation speaks to its front-end outside answers. */
export interface FrontEnd {
  /** The held message waits for a person: those behind it need not. */
  asking(question: Question): void
  /** Bytes for the host. */
  notice(bytes: Uint8Array): void
}

/** One front-end's connection. Messages come in the order in which they passed; answers may come in any. */
export interface Conversation {
  intercept(message: Buffer, frontEnd: FrontEnd, abandoned: Abandoned): Answer | Promise<Answer>
  /** What comes back and waits until it was read: what is left of it goes on. Without it such a message passes and is observed. */
  answered?(message: Buffer): Answer
  /** `from` says which side sent the message. */
  observe(from: 'host' | 'server', message: Buffer): void
  /** The front-end let messages pass while it could not reach the agent. */
  missed(count: number): void
  close(): void
}

/** A place where calls can be held. Members live in a folder each and import this file only. */
export interface Gate {
  /** Equals the role that its front-end gives in its hello. */
  readonly name: string
  /** Called once per agent; what it returns opens a conversation for each front-end that connects. */
  start(host: GateHost): (caller: Caller) => Conversation
}

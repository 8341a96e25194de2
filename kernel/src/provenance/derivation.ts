import type { Confidentiality, Integrity } from '../event/labels.ts'

/** A text that entered the session. */
export interface Source {
  /** Unique in the session, such as `s12`. */
  readonly id: string
  readonly channel:
    | 'system'
    | 'user'
    | 'assistant'
    | 'tool_result'
    | 'retrieval'
    | 'memory'
    | 'resource'
    | 'prompt_template'
    | 'elicitation'
    | 'tool_description'
  readonly integrity: Integrity
  readonly confidentiality: Confidentiality
  readonly tool?: string
  readonly server?: string
  readonly callId?: string
  /** The person named what was read: its file, its address, what was searched for. */
  readonly namedByUser?: true
  /** A sentence of outside text, and nobody else, sent the session to read it. */
  readonly pushed?: true
  /** Another session read it and handed its work on: plain data in it vouches for nothing here. */
  readonly handedOn?: true
  /** The machine it was fetched from. */
  readonly host?: string
  /** Path, URL or other name, for people. */
  readonly origin?: string
}

/** One source that holds (part of) a value. */
export interface SourceMatch {
  readonly source: Source
  /** [start, end) in the source's text, UTF-16 code units, where the value stands. */
  readonly span: readonly [number, number]
  /** The span with a little of its surroundings, at most 240 characters. */
  readonly excerpt: string
  /** How the text was changed on its way, such as `verbatim`, `base64`, `case`. */
  readonly via: string
  /** Part of the value's own characters that this source explains, 0 to 1. */
  readonly coverage: number
  /** How it stands there: alone as data, in a sentence that tells somebody to do something, or in other prose. */
  readonly setting?: 'field' | 'instruction' | 'prose'
}

/** Where one argument came from. */
export interface Derivation {
  /** JSON pointer into the call's arguments, such as `/recipient`. */
  readonly arg: string
  /** The value, at most 240 characters. */
  readonly value: string
  /** Best explanation first. Empty: no source holds it; the model made it up. */
  readonly sources: readonly SourceMatch[]
  /** Integrity of the value: the most trusted source that holds all of it, else the least trusted of the parts. */
  readonly integrity: Integrity | 'unknown'
  readonly confidentiality: Confidentiality
}

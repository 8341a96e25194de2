import type { Envelope } from '../event/envelope.ts'
import type { ToolDefinition } from '../event/event.ts'
import type { Json } from '../event/json.ts'
import type { Decoded } from './decoding.ts'
import type { Finding } from './finding.ts'

/** What a detector is shown. */
export type Subject = TextSubject | ToolSubject | EnvelopeSubject

export interface TextSubject {
  readonly kind: 'text'
  /** JSON pointer of the argument, or the id of the source. */
  readonly where: string
  readonly text: string
  /** What stands in it in disguise; absent, a detector that cares looks for itself. */
  readonly decoded?: readonly Decoded[]
  /** It came from outside of the session, so what it tells a model to do is not the model's own. */
  readonly outside?: boolean
}

/** A tool about to be called, as it was when first seen and as it is now. */
export interface ToolSubject {
  readonly kind: 'tool'
  readonly tool: string
  readonly server: string
  /** Fingerprints of the definition; undefined when none was ever seen. */
  readonly pinned: string | undefined
  readonly current: string | undefined
  /** What the server says of it, where that is to be looked at. */
  readonly definition?: ToolDefinition
  /** Tools of other servers in the session. */
  readonly others?: readonly OtherTool[]
}

/** A call to a machine, with what its operator allows. */
export interface EnvelopeSubject {
  readonly kind: 'envelope'
  /** JSON pointer of the message in the call. */
  readonly where: string
  readonly message: Json
  readonly envelope: Envelope
}

export interface OtherTool {
  readonly server: string
  readonly tool: string
}

/** Looks for one kind of evidence. Pure, total, and linear in the text. */
export interface Detector {
  /** The folder's name. */
  readonly name: string
  /** Raised whenever the same subject may be found otherwise. */
  readonly version: string
  readonly look: (subject: Subject) => readonly Finding[]
}

/** A detector that goes by literals, so that several can share one walk over a text. */
export interface LiteralDetector extends Detector {
  /** ASCII. */
  readonly literals: readonly string[]
  /** Begins with a text of at most `LOOKED_AT` characters; undefined where there is nothing to look for. */
  readonly begin: (subject: TextSubject) => LiteralSearch | undefined
}

export interface LiteralSearch {
  /** Is shown every literal of the detector's, by its number, in the order in which they end. */
  readonly visit: (literal: number, start: number) => void
  /** What there is, once all was shown. */
  readonly found: () => readonly Finding[]
}

/** From this score on a finding is told to the policies. */
export const TOLD = 0.8
/** Longest text a detector is shown. */
export const LOOKED_AT = 1_048_576

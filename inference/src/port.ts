import type { TextKind } from './bundle/card.ts'

/** A text to be scored, and where it came from when that is known. */
export interface ClassifierText {
  readonly text: string
  readonly kind?: TextKind | undefined
}

/** What a model makes of a text. Scores run from 0 to 1; one half is the shipped threshold of the text's channel. */
export interface Classification {
  /** The highest of the heads that count in this channel. */
  readonly injection: number
  /** Each head that counts in this channel. */
  readonly heads: Readonly<Record<string, number>>
  /** Where it stands, strongest first: UTF-16 code units. Only for texts at or above the threshold. */
  readonly spans: readonly ClassifiedSpan[]
  /** The text was longer than the model reads; its end was not looked at. */
  readonly cut: boolean
}

export interface ClassifiedSpan {
  readonly head: string
  readonly start: number
  readonly end: number
  readonly score: number
}

export interface ModelIdentity {
  readonly name: string
  readonly version: number
}

export type ClassifierErrorCode = 'cancelled' | 'unavailable' | 'crashed' | 'busy' | 'closed'

/** A text was not scored. The caller decides by rules alone, which is what it would do without a model. */
export class ClassifierError extends Error {
  readonly code: ClassifierErrorCode

  constructor(code: ClassifierErrorCode, text: string) {
    super(text)
    this.name = 'ClassifierError'
    this.code = code
  }
}

/** Whether texts are being scored; `says` is a sentence for people, empty when all is well. */
export interface ClassifierState {
  readonly on: boolean
  readonly says: string
}

/** Scores texts. Every implementation passes `classifier.contract.ts`. */
export interface Classifier {
  readonly model: ModelIdentity
  state(): ClassifierState
  /** Scores in the order of the texts. Rejects with a `ClassifierError`, and soon after `signal` aborts. */
  classify(texts: readonly ClassifierText[], signal?: AbortSignal): Promise<readonly Classification[]>
  close(): Promise<void>
}

import type { Language } from './language.ts'
import type { Token } from './tokens.ts'
import type { CodeValue } from './value.ts'

export interface Call {
  /** Full name, with dots: `os.system`, `.read_text` of an unknown thing. */
  readonly name: string
  readonly args: readonly CodeValue[]
  readonly on: CodeValue | undefined
}

export interface CodeListener {
  /** A function is called; answers its value if it has one. */
  readonly call: (call: Call) => CodeValue
  /** Whether a function of this name is known to do something: it may be called without parentheses. */
  readonly isKnown: (name: string) => boolean
  /** A text is run by a shell. */
  readonly run: (text: CodeValue) => void
  /** A variable of the environment is read, or set for what is started from here on. */
  readonly environment: (name: string) => CodeValue
  readonly set: (name: string, value: CodeValue) => void
}

export interface Evaluation {
  readonly language: Language
  readonly listener: CodeListener
  readonly variables: Map<string, CodeValue>
  /** Local names of modules and their functions, in full. */
  readonly aliases: Map<string, string>
  /** Parameters of the functions defined here. */
  readonly functions: Map<string, readonly string[]>
  readonly inserted: number
}

/** A place in the pieces of the code. */
export class Reader {
  readonly tokens: readonly Token[]
  readonly evaluation: Evaluation
  at = 0
  depth = 0

  constructor(tokens: readonly Token[], evaluation: Evaluation) {
    this.tokens = tokens
    this.evaluation = evaluation
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token?.kind === 'mark' && token.text === text
  }
}

import type { Token } from './tokens.ts'

/** A place in the tokens of one statement. */
export class Cursor {
  readonly tokens: readonly Token[]
  at: number

  constructor(tokens: readonly Token[], at = 0) {
    this.tokens = tokens
    this.at = at
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  /** Lower-case keyword here, or empty. */
  key(ahead = 0): string {
    const token = this.peek(ahead)
    return token?.kind === 'word' ? token.key : ''
  }

  /** Consumes any of these keywords as often as they come. */
  skip(...words: readonly string[]): void {
    while (words.includes(this.key())) this.at += 1
  }

  /** Consumes these keywords when they come next, in order. */
  take(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.key(ahead) === word)) return false
    this.at += words.length
    return true
  }

  sign(text: string): boolean {
    const token = this.peek()
    return token?.kind === 'sign' && token.text === text
  }

  /** `schema.table`, quoted or not; undefined when no name stands here. Texts count where a dialect takes them for names. */
  name(): string | undefined {
    const parts: string[] = []
    for (;;) {
      const token = this.peek()
      if (token === undefined || token.kind === 'sign' || token.kind === 'number' || token.kind === 'line') break
      if (token.kind === 'text' && parts.length > 0) break
      parts.push(token.kind === 'word' ? token.key : token.text)
      this.at += 1
      if (!this.sign('.')) break
      // `master..table` leaves the schema out.
      while (this.sign('.')) this.at += 1
    }
    return parts.length === 0 ? undefined : parts.join('.').slice(0, 256)
  }

  /** The next text within a few tokens. */
  text(within = 6): Token | undefined {
    for (let ahead = 0; ahead < within; ahead += 1) {
      const token = this.peek(ahead)
      if (token === undefined) return undefined
      if (token.kind === 'text') return token
    }
    return undefined
  }
}

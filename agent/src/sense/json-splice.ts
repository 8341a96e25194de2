/** Replaces single string values inside a JSON text and leaves every other byte as it was. The text must be valid JSON. */

export interface Splice {
  /** Keys and indices from the root, such as `['params', 'arguments', 'path']`. */
  readonly path: readonly string[]
  readonly value: string
  /** The value is JSON already, and stands as it is. */
  readonly raw?: true
}

/** Keys and indices of a JSON pointer. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The changed text, or `undefined` when one of the places does not exist. */
export function splice(bytes: Buffer, splices: readonly Splice[]): Buffer | undefined {
  const cuts: { readonly start: number; readonly end: number; readonly text: Buffer }[] = []
  for (const { path, value, raw } of splices) {
    const range = new Walker(bytes).locate(path)
    if (range === undefined) return undefined
    cuts.push({ start: range[0], end: range[1], text: Buffer.from(raw === true ? value : JSON.stringify(value)) })
  }
  cuts.sort((left, right) => left.start - right.start)
  const parts: Buffer[] = []
  let at = 0
  for (const cut of cuts) {
    if (cut.start < at) return undefined
    parts.push(bytes.subarray(at, cut.start), cut.text)
    at = cut.end
  }
  parts.push(bytes.subarray(at))
  return Buffer.concat(parts)
}

/** Walks valid JSON without building it. */
class Walker {
  private readonly bytes: Buffer
  private at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  locate(path: readonly string[]): readonly [number, number] | undefined {
    for (const segment of path) if (!this.descend(segment)) return undefined
    this.space()
    const start = this.at
    this.skip()
    return [start, this.at]
  }

  private descend(segment: string): boolean {
    this.space()
    const first = this.bytes[this.at]
    if (first !== 0x7b && first !== 0x5b) return false
    this.at += 1
    for (let index = 0; ; index += 1) {
      this.space()
      const byte = this.bytes[this.at]
      if (byte === 0x7d || byte === 0x5d || byte === undefined) return false
      const name = first === 0x7b ? this.key() : String(index)
      if (name === segment) return true
      this.skip()
      this.space()
      if (this.bytes[this.at] === 0x2c) this.at += 1
    }
  }

  private key(): string {
    const start = this.at
    this.skipText()
    const name = JSON.parse(this.bytes.toString('utf8', start, this.at)) as string
    this.space()
    this.at += 1
    this.space()
    return name
  }

  /** Moves behind one value; nesting is counted, not recursed into. */
  private skip(): void {
    let depth = 0
    do {
      this.space()
      const byte = this.bytes[this.at]
      if (byte === undefined) return
      if (byte === 0x22) this.skipText()
      else if (byte === 0x7b || byte === 0x5b) {
        depth += 1
        this.at += 1
      } else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1
        this.at += 1
      } else if (byte === 0x2c || byte === 0x3a) this.at += 1
      else this.skipLiteral()
    } while (depth > 0)
  }

  private skipText(): void {
    this.at += 1
    for (;;) {
      const byte = this.bytes[this.at]
      this.at += byte === 0x5c ? 2 : 1
      if (byte === 0x22 || byte === undefined) return
    }
  }

  private skipLiteral(): void {
    while (this.at < this.bytes.length && !/[\s,\]}:]/.test(String.fromCharCode(this.bytes[this.at] ?? 0x2c))) this.at += 1
  }

  private space(): void {
    while (this.bytes[this.at] === 0x20 || this.bytes[this.at] === 0x09 || this.bytes[this.at] === 0x0a || this.bytes[this.at] === 0x0d)
      this.at += 1
  }
}

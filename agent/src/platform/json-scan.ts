/**
 * What one line of JSON-RPC is, told from its bytes in a single pass that allocates next to nothing: its shape, id and
 * method, how deep it nests, and whether any object names a key twice. Two parsers that disagree about a message are how a
 * harmless-looking call becomes another one behind the gate, so what parsers could read differently is found here.
 */
import { isAscii } from 'node:buffer'

export interface ScanLimits {
  readonly depth: number
  readonly idBytes: number
}

export const SCAN_LIMITS: ScanLimits = { depth: 256, idBytes: 1024 }

export type Problem = 'not-json' | 'not-utf8' | 'too-deep' | 'ambiguous' | 'huge-id'

export interface Scan {
  readonly shape: 'object' | 'array' | 'scalar'
  readonly problem?: Problem
  /** The id exactly as written, such as `7` or `"a"`; absent for notifications, batches and ids that are no string or number. */
  readonly id?: string
  readonly method?: string
  /** A key that stands twice in one object, anywhere. */
  readonly duplicate?: string
}

const QUOTE = 0x22
const ENVELOPE = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error'])

export function scan(bytes: Buffer, limits: ScanLimits = SCAN_LIMITS): Scan {
  return new Scanner(bytes, limits).run()
}

class Stop {
  readonly problem: Problem
  constructor(problem: Problem) {
    this.problem = problem
  }
}

/** Looks at the message as a string of its bytes: taken over at once, it is read without a call into native code per token. */
class Scanner {
  private readonly bytes: Buffer
  private readonly text: string
  private readonly ascii: boolean
  private readonly limits: ScanLimits
  private at = 0
  /** Position of the next backslash at or after `at`; found once, so that strings without escapes cost one native search. */
  private backslash: number
  /** One list of keys per open object, `undefined` for arrays. */
  private readonly open: (Set<string> | undefined)[] = []
  private shape: Scan['shape'] = 'scalar'
  private id: string | undefined
  private method: string | undefined
  private duplicate: string | undefined
  private problem: Problem | undefined
  private underParams = false

  constructor(bytes: Buffer, limits: ScanLimits) {
    this.bytes = bytes
    this.text = bytes.toString('latin1')
    this.ascii = isAscii(bytes)
    this.limits = limits
    this.backslash = this.find('\\', 0)
  }

  run(): Scan {
    try {
      this.value('')
      while (this.open.length > 0) this.next()
      this.space()
      if (this.at !== this.bytes.length) throw new Stop('not-json')
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop
      this.problem = stop.problem
    }
    return {
      shape: this.shape,
      ...(this.problem === undefined ? {} : { problem: this.problem }),
      ...(this.id === undefined ? {} : { id: this.id }),
      ...(this.method === undefined ? {} : { method: this.method }),
      ...(this.duplicate === undefined ? {} : { duplicate: this.duplicate }),
    }
  }

  /** One member or element of the innermost container, or its end. */
  private next(): void {
    const keys = this.open[this.open.length - 1]
    const close = keys === undefined ? 0x5d : 0x7d
    this.space()
    const byte = this.text.charCodeAt(this.at)
    if (byte === close) {
      this.at += 1
      this.open.pop()
      if (this.open.length === 1) this.underParams = false
      return this.afterValue()
    }
    if (keys === undefined) return this.value('')
    if (byte !== QUOTE) throw new Stop('not-json')
    const key = this.string()
    this.note(keys, key)
    this.space()
    if (this.text.charCodeAt(this.at) !== 0x3a) throw new Stop('not-json')
    this.at += 1
    this.value(key)
  }

  /** After a value: a comma with something behind it, or the end of the container, which `next` then takes. */
  private afterValue(): void {
    if (this.open.length === 0) return
    this.space()
    const byte = this.text.charCodeAt(this.at)
    if (byte === 0x2c) {
      this.at += 1
      this.space()
      const after = this.text.charCodeAt(this.at)
      if (after === 0x5d || after === 0x7d) throw new Stop('not-json')
    } else if (byte !== 0x5d && byte !== 0x7d) throw new Stop('not-json')
  }

  private value(key: string): void {
    this.space()
    const byte = this.text.charCodeAt(this.at)
    const depth = this.open.length
    if (byte === 0x7b || byte === 0x5b) return this.enter(byte === 0x7b, key)
    const start = this.at
    if (byte === QUOTE) {
      if (depth === 1 && key === 'method' && this.shape === 'object') this.method = this.string()
      else this.skipText()
    } else this.literal()
    if (depth === 1 && key === 'id' && this.shape === 'object') this.keepId(start)
    this.afterValue()
  }

  private enter(isObject: boolean, key: string): void {
    const depth = this.open.length
    if (depth >= this.limits.depth) throw new Stop('too-deep')
    if (depth === 0) this.shape = isObject ? 'object' : 'array'
    if (depth === 1 && this.shape === 'object' && key === 'params') this.underParams = true
    this.open.push(isObject ? new Set() : undefined)
    this.at += 1
    this.space()
  }

  /** The envelope and `params` are compared without regard to case: some parsers read keys that way. */
  private note(keys: Set<string>, key: string): void {
    const depth = this.open.length
    const envelope = depth === 1 && this.shape === 'object'
    const folded = envelope || (depth === 2 && this.underParams) ? key.toLowerCase() : key
    if (keys.has(folded)) {
      this.duplicate ??= key
      if (envelope) throw new Stop('ambiguous')
    }
    if (envelope && folded !== key && ENVELOPE.has(folded)) throw new Stop('ambiguous')
    keys.add(folded)
  }

  private keepId(start: number): void {
    if (this.at - start > this.limits.idBytes) throw new Stop('huge-id')
    const first = this.text.charCodeAt(start)
    if (first === 0x6e || first === 0x74 || first === 0x66) return
    this.id = this.bytes.toString('utf8', start, this.at)
  }

  private literal(): void {
    const start = this.at
    while (isLiteralByte(this.text.charCodeAt(this.at))) this.at += 1
    if (this.at === start || this.at - start > 1100) throw new Stop(this.at === start ? 'not-json' : 'huge-id')
    if (!LITERAL.test(this.text.slice(start, this.at))) throw new Stop('not-json')
  }

  private string(): string {
    const start = this.at
    const escaped = this.skipText()
    if (!escaped) return this.ascii ? this.text.slice(start + 1, this.at - 1) : this.bytes.toString('utf8', start + 1, this.at - 1)
    try {
      return JSON.parse(this.bytes.toString('utf8', start, this.at)) as string
    } catch {
      throw new Stop('not-json')
    }
  }

  /** Moves behind the closing quote; true when the string has escapes. */
  private skipText(): boolean {
    const start = this.at + 1
    let quote = this.find('"', start)
    if (this.backslash < start) this.backslash = this.find('\\', start)
    const escaped = this.backslash < quote
    while (this.backslash < quote) {
      const behind = this.backslash + 2
      if (behind > quote) quote = this.find('"', behind)
      this.backslash = this.find('\\', behind)
    }
    if (quote === Number.MAX_SAFE_INTEGER) throw new Stop('not-json')
    this.at = quote + 1
    return escaped
  }

  private find(character: string, from: number): number {
    const found = this.text.indexOf(character, from)
    return found < 0 ? Number.MAX_SAFE_INTEGER : found
  }

  private space(): void {
    const { text } = this
    for (;;) {
      const byte = text.charCodeAt(this.at)
      if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09 && byte !== 0x0a) return
      this.at += 1
    }
  }
}

const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

function isLiteralByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45
  )
}

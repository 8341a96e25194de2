/** Finds the body of an HTTP/1.1 answer in what comes over its connection. */
import { AnswerError } from './http-answer-head.ts'

export interface AnswerBody {
  /**
   * Reads on. The data in `bytes[from, to)` stand together from `from` on afterwards; gives where they end.
   * Throws an `AnswerError` for what is no body.
   */
  read(bytes: Buffer, from: number, to: number): number
  readonly done: boolean
  /** Bytes of the last `read` that lie behind the body. */
  readonly behind: number
}

export class CountedBody implements AnswerBody {
  private left: number
  behind = 0

  constructor(length: number) {
    this.left = length
  }

  get done(): boolean {
    return this.left === 0
  }

  read(_bytes: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.left)
    this.left -= end - from
    this.behind = to - end
    return end
  }
}

const RETURN = 0x0d
const NEWLINE = 0x0a
const SEMICOLON = 0x3b
const TAB = 0x09
const BLANK = 0x20
const DELETE = 0x7f
/** What somebody writes behind the size of a chunk is passed over, as are the lines behind the last chunk. */
const MOST_ASIDE = 16 * 1024
const MOST_SIZE_DIGITS = 8
const LINE_END_BYTES = 2

type State = 'size' | 'extension' | 'size-end' | 'data' | 'data-return' | 'data-end' | 'trailer' | 'trailer-end' | 'last-end' | 'done'

export class ChunkedBody implements AnswerBody {
  private state: State = 'size'
  private size = 0
  private digits = 0
  private aside = 0
  /** The line of the trailer has something in it. */
  private written = false
  behind = 0

  get done(): boolean {
    return this.state === 'done'
  }

  read(bytes: Buffer, from: number, to: number): number {
    let end = from
    let at = from
    while (at < to && this.state !== 'done') {
      if (this.state !== 'data') {
        this.step(bytes[at] as number)
        at += 1
        continue
      }
      const stop = Math.min(to, at + this.size)
      if (end !== at) bytes.copyWithin(end, at, stop)
      end += stop - at
      this.size -= stop - at
      at = stop
      if (this.size === 0) this.state = 'data-return'
    }
    this.behind = to - at
    return end
  }

  private step(byte: number): void {
    switch (this.state) {
      case 'size':
        return this.sized(byte)
      case 'extension':
        if (byte === RETURN) this.state = 'size-end'
        else this.passOver(byte)
        return
      case 'size-end':
        expect(byte, NEWLINE)
        this.state = this.size === 0 ? 'trailer' : 'data'
        return
      case 'data-return':
        expect(byte, RETURN)
        this.state = 'data-end'
        return
      case 'data-end':
        expect(byte, NEWLINE)
        this.digits = this.aside = 0
        this.state = 'size'
        return
      case 'trailer':
        if (byte !== RETURN) {
          this.passOver(byte)
          this.written = true
        } else this.state = this.written ? 'trailer-end' : 'last-end'
        return
      case 'trailer-end':
        expect(byte, NEWLINE)
        this.written = false
        this.aside += LINE_END_BYTES
        this.state = 'trailer'
        return
      default:
        expect(byte, NEWLINE)
        this.state = 'done'
    }
  }

  private sized(byte: number): void {
    const digit = digitOf(byte)
    if (digit >= 0) {
      this.digits += 1
      if (this.digits > MOST_SIZE_DIGITS) throw broken()
      this.size = this.size * 16 + digit
      return
    }
    if (this.digits === 0) throw broken()
    if (byte === RETURN) this.state = 'size-end'
    else if (byte === SEMICOLON) this.state = 'extension'
    else throw broken()
  }

  private passOver(byte: number): void {
    this.aside += 1
    if (this.aside > MOST_ASIDE || (byte < BLANK && byte !== TAB) || byte === DELETE) throw broken()
  }
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function expect(byte: number, wanted: number): void {
  if (byte !== wanted) throw broken()
}

function broken(): AnswerError {
  return new AnswerError('a chunk of its answer is none')
}

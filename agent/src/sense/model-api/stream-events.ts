/** Cuts a streamed answer into its events without changing a byte. */
import type { JsonObject } from '@assize/kernel'
import { parseObject } from './json-shape.ts'

/** One event: its bytes, and the data in it. */
export class StreamEvent {
  readonly raw: Buffer
  /** Lines of `data:` joined for server-sent events, the line for NDJSON; empty for comments. */
  readonly data: string
  private parsed: JsonObject | undefined

  constructor(raw: Buffer, data: string) {
    this.raw = raw
    this.data = data
  }

  /**
   * The JSON object in it, where there is one; read when it is asked for, since most events are text that nobody need look into.
   * Throws a `SyntaxError` for a broken one: a client might make something of it that was not seen here.
   */
  get body(): JsonObject | undefined {
    if (this.parsed !== undefined) return this.parsed
    // Readers of JSON skip what is blank before it.
    const start = this.data.startsWith('{') ? '{' : this.data.trimStart().charAt(0)
    if (start !== '{' && (start !== '[' || this.data === '[DONE]')) return undefined
    this.parsed = parseObject(this.data)
    if (this.parsed === undefined) throw new SyntaxError('an event of the answer is no JSON')
    return this.parsed
  }
}

/** More than this in one event is no answer of a model. */
export const MOST_EVENT_BYTES = 16 * 1024 * 1024

/** What else a line can be. A client that is less strict could read data from any other. */
const OTHER_FIELDS = /^(?:\uFEFF|:|(?:event|id|retry|data)(?::|$))/
const NOTHING: Buffer = Buffer.alloc(0)
const NEWLINE = 0x0a
const RETURN = 0x0d
/** An event that is longer than this is given room to grow, rather than copied with every piece that comes of it. */
const SHORT = 16 * 1024

/** Collects bytes and gives out what is complete. Throws a `RangeError` when an event grows beyond all bounds, a `SyntaxError` when one is broken. */
export class EventSplitter {
  private readonly framing: 'sse' | 'ndjson'
  private rest: Buffer = NOTHING
  /** Begins with `rest` where that is long; what lies behind it is free. */
  private room: Buffer = NOTHING
  /** How much of what comes next was looked through before. */
  private searched = 0
  /** Line ends other than a plain newline were seen: rare, and slower to look for. */
  private returns = false

  constructor(framing: 'sse' | 'ndjson') {
    this.framing = framing
  }

  /** A chunk behind what is left of those before it; begins with an event. What is done with it is handed to `push`. */
  joined(chunk: Buffer): Buffer {
    const { rest } = this
    this.searched = rest.length
    if (rest.length === 0) return chunk
    this.rest = NOTHING
    if (rest.length < SHORT) return Buffer.concat([rest, chunk])
    const length = rest.length + chunk.length
    const isAhead = rest.buffer === this.room.buffer && rest.byteOffset === this.room.byteOffset
    if (!isAhead || length > this.room.length) {
      this.room = Buffer.allocUnsafeSlow(2 * length)
      rest.copy(this.room)
    }
    chunk.copy(this.room, rest.length)
    return this.room.subarray(0, length)
  }

  /** `bytes` begin with an event: all that `joined` gave, or, when `behind` says so, what is left of it behind some events. */
  push(bytes: Buffer, behind = false): readonly StreamEvent[] {
    const known = behind ? 0 : this.searched
    this.returns ||= this.framing === 'sse' && bytes.includes(RETURN, known)
    const events: StreamEvent[] = []
    let start = 0
    // What was searched before ends no event, except for a line end that could be the first half of one.
    let from = Math.max(0, known - 4)
    for (let end = this.endOf(bytes, from); end > 0; end = this.endOf(bytes, from)) {
      events.push(this.event(bytes.subarray(start, end)))
      start = from = end
    }
    this.rest = bytes.subarray(start)
    // What was given out stays as it is.
    if (start > 0) this.room = NOTHING
    if (this.rest.length > MOST_EVENT_BYTES) throw new RangeError('one event of the answer is larger than 16 MiB')
    return events
  }

  /** What is left when the stream ends. */
  end(): StreamEvent | undefined {
    return this.rest.length === 0 ? undefined : this.event(this.rest)
  }

  /** Position behind the next event, or 0. */
  private endOf(bytes: Buffer, from: number): number {
    if (this.framing === 'ndjson') return bytes.indexOf(NEWLINE, from) + 1
    if (!this.returns) {
      const at = bytes.indexOf('\n\n', from)
      return at < 0 ? 0 : at + 2
    }
    for (let at = from; at < bytes.length; at += 1) {
      const first = lineEnd(bytes, at)
      const second = first === 0 ? 0 : lineEnd(bytes, at + first)
      // A return at the very end may be half of a line end.
      const open = second === 1 && bytes[at + first] === RETURN && at + first + 1 === bytes.length
      if (second > 0 && !open) return at + first + second
    }
    return 0
  }

  private event(raw: Buffer): StreamEvent {
    const text = raw.toString('utf8')
    if (this.framing === 'ndjson') return new StreamEvent(raw, text.trim())
    // Almost every event is one data line and the empty one.
    if (!this.returns && text.startsWith('data: ') && text.indexOf('\n') === text.length - 2) return new StreamEvent(raw, text.slice(6, -2))
    let data: string | undefined
    for (const line of text.split(/\r\n|\n|\r/)) {
      if (!line.startsWith('data:')) {
        if (line !== '' && !OTHER_FIELDS.test(line)) throw new SyntaxError('an event of the answer has a field that is none')
        continue
      }
      const value = line.charCodeAt(5) === 0x20 ? line.slice(6) : line.slice(5)
      data = data === undefined ? value : `${data}\n${value}`
    }
    return new StreamEvent(raw, data ?? '')
  }
}

/** Length of the line end at a position, or 0. */
function lineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === NEWLINE) return 1
  if (bytes[at] !== RETURN) return 0
  return bytes[at + 1] === NEWLINE ? 2 : 1
}

/** The data alone of an event of our own. */
export function dataOf(event: Buffer): string {
  const text = event.toString('utf8')
  return text.startsWith('{') ? text : text.slice(text.indexOf('data: ') + 6, -2)
}

/** A server-sent event of our own. */
export function sseEvent(data: object, name?: string): Buffer {
  return Buffer.from(`${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`)
}

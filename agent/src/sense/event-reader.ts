/** Cuts a `text/event-stream` into its events as it arrives, however it was chunked, and keeps every byte. */

export interface RawEvent {
  /** As it came, with the empty line that ends it. */
  readonly raw: Buffer
  readonly name: string
  /** Empty for comments and the like. */
  readonly data: Buffer
}

const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a
const SPACE = 0x20
const NOTHING = Buffer.alloc(0)
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

export class EventReader {
  private readonly most: number
  private parts: Buffer[] = []
  private length = 0
  private atLineStart = true
  /** The last chunk ended in a carriage return: a line feed that follows belongs to it. */
  private afterReturn = false
  private first = true

  constructor(most: number) {
    this.most = most
  }

  /** The events that this chunk completes. Throws when one grows beyond what is allowed. */
  push(chunk: Buffer): readonly RawEvent[] {
    const events: RawEvent[] = []
    let start = 0
    let at = this.afterReturn && chunk[0] === LF ? 1 : 0
    if (at === 1 && this.length === 0) {
      // The rest of what ended the event before.
      events.push({ raw: chunk.subarray(0, 1), name: '', data: NOTHING })
      start = 1
    }
    if (chunk.length > 0) this.afterReturn = false
    let feed = chunk.indexOf(LF, at)
    let back = chunk.indexOf(CR, at)
    while (feed >= 0 || back >= 0) {
      const end = feed < 0 ? back : back < 0 ? feed : Math.min(feed, back)
      const blank = this.atLineStart && end === at
      const next = end + (end === back && chunk[end + 1] === LF ? 2 : 1)
      if (end === back && next === chunk.length && chunk[end + 1] !== LF) this.afterReturn = true
      this.atLineStart = true
      at = next
      if (blank) {
        events.push(this.finish(chunk.subarray(start, at)))
        start = at
      }
      if (feed >= 0 && feed < at) feed = chunk.indexOf(LF, at)
      if (back >= 0 && back < at) back = chunk.indexOf(CR, at)
    }
    if (at < chunk.length) this.atLineStart = false
    if (start < chunk.length) this.keep(start === 0 ? chunk : chunk.subarray(start))
    return events
  }

  private keep(part: Buffer): void {
    this.length += part.length
    if (this.length > this.most) throw new Error('an event of its stream is too long')
    this.parts.push(part)
  }

  private finish(last: Buffer): RawEvent {
    this.keep(last)
    const raw = this.parts.length === 1 ? last : Buffer.concat(this.parts, this.length)
    this.parts = []
    this.length = 0
    const marked = this.first && raw.subarray(0, 3).equals(BYTE_ORDER_MARK)
    this.first = false
    return { raw, ...fieldsOf(marked ? raw.subarray(3) : raw) }
  }
}

function fieldsOf(raw: Buffer): Pick<RawEvent, 'name' | 'data'> {
  const lines: Buffer[] = []
  let name = ''
  for (let at = 0; at < raw.length; ) {
    const feed = raw.indexOf(LF, at)
    const back = raw.subarray(at, feed < 0 ? raw.length : feed).indexOf(CR)
    const end = back >= 0 ? at + back : feed < 0 ? raw.length : feed
    const line = raw.subarray(at, end)
    at = end + (raw[end] === CR && raw[end + 1] === LF ? 2 : 1)
    const colon = line.indexOf(COLON)
    const field = line.toString('latin1', 0, colon < 0 ? line.length : colon)
    const value = colon < 0 ? NOTHING : line.subarray(line[colon + 1] === SPACE ? colon + 2 : colon + 1)
    if (field === 'data') lines.push(value)
    if (field === 'event') name = value.toString('utf8')
  }
  return { name, data: lines.length === 1 ? (lines[0] ?? NOTHING) : joined(lines) }
}

const NEWLINE = Buffer.from('\n')

function joined(lines: readonly Buffer[]): Buffer {
  return lines.length === 0 ? NOTHING : Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [NEWLINE, line])))
}

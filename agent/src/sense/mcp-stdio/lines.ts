/** Cuts a byte stream into lines, however it was chunked, and never holds more of one than its cap. */

export interface LineSink {
  /** A whole line with its newline; shares memory with the chunk it came in where it can. */
  line(bytes: Buffer): void
  /** A line beyond the cap was thrown away: its first and last bytes, and how long it was. */
  oversized(head: Buffer, tail: Buffer, length: number): void
}

const EDGE_BYTES = 1024
const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

export class LineReader {
  private readonly sink: LineSink
  private readonly cap: number
  private readonly parts: Buffer[] = []
  private length = 0
  private head = NOTHING
  private tail = NOTHING

  constructor(sink: LineSink, cap: number) {
    this.sink = sink
    this.cap = cap
  }

  push(chunk: Buffer): void {
    let start = 0
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, start)
      if (newline < 0) break
      this.finish(start === 0 && newline === chunk.length - 1 ? chunk : chunk.subarray(start, newline + 1))
      start = newline + 1
    }
    if (start < chunk.length) this.keep(start === 0 ? chunk : chunk.subarray(start))
  }

  /** The stream ended: what is left had no newline and is handed over as it is. */
  end(): void {
    if (this.length > 0) this.finish(NOTHING)
  }

  private keep(part: Buffer): void {
    this.length += part.length
    if (this.length <= this.cap) {
      this.parts.push(part)
      return
    }
    if (this.head.length === 0) this.head = Buffer.from(Buffer.concat([...this.parts.splice(0), part]).subarray(0, EDGE_BYTES))
    this.tail = Buffer.from(Buffer.concat([this.tail, part.subarray(-EDGE_BYTES)]).subarray(-EDGE_BYTES))
  }

  private finish(last: Buffer): void {
    if (this.length === 0 && last.length <= this.cap) return this.sink.line(last)
    this.keep(last)
    const { length, head, tail } = this
    const line = length <= this.cap ? Buffer.concat(this.parts, length) : undefined
    this.parts.length = 0
    this.length = 0
    this.head = NOTHING
    this.tail = NOTHING
    if (line === undefined) this.sink.oversized(head, tail, length)
    else this.sink.line(line)
  }
}

/**
 * The id of a line of which only the edges are known: only where it stands at the very beginning or end of the message,
 * so that it cannot be some inner id.
 */
export function idAtEdge(head: Buffer, tail: Buffer): string | undefined {
  const id = String.raw`("(?:[^"\\]|\\.){0,200}"|-?\d{1,30})`
  const first = new RegExp(String.raw`^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*${id}\s*,`).exec(head.toString('latin1'))
  return (first ?? new RegExp(String.raw`[,{]\s*"id"\s*:\s*${id}\s*\}\s*$`).exec(tail.toString('latin1')))?.[1]
}

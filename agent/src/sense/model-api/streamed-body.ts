/** The body of a streamed answer on its way to the client, piece by piece, with as little done for each as HTTP allows. */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const RETURN = 0x0d
const NEWLINE = 0x0a
const FRAME_END_BYTES = 2

/**
 * Writes pieces that leave at once. Node's own way writes length, piece and line end of a chunk one after the other and waits for the end of
 * the turn; a piece that is framed here is one write. The head must have gone out; the body still ends with `response.end()`.
 */
export class StreamedBody {
  private readonly response: ServerResponse
  /** Where chunks may be written directly: a body that is no chunks, or waits behind another answer, goes Node's way. */
  private readonly socket: Socket | undefined

  constructor(response: ServerResponse) {
    this.response = response
    const direct = response.chunkedEncoding && response.headersSent && response.socket !== null
    this.socket = direct && response.writableLength === response.socket?.writableLength ? response.socket : undefined
  }

  /** Whether the client does not keep up; `drained` says when it has. */
  get full(): boolean {
    return this.socket?.writableNeedDrain ?? this.response.writableNeedDrain
  }

  drained(listener: () => void): void {
    const from = this.socket ?? this.response
    from.once('drain', listener)
  }

  /** What is written is copied. */
  write(pieces: readonly Buffer[]): void {
    if (this.response.destroyed || this.response.writableEnded) return
    let length = 0
    for (const piece of pieces) length += piece.length
    // A chunk of nothing is how a body ends.
    if (length === 0) return
    if (this.socket === undefined) this.response.write(Buffer.concat(pieces, length))
    else this.socket.write(framed(pieces, length))
  }
}

/** One chunk of a chunked body, in one piece. */
function framed(pieces: readonly Buffer[], length: number): Buffer {
  const size = length.toString(16)
  const bytes = Buffer.allocUnsafe(size.length + length + 2 * FRAME_END_BYTES)
  let at = lineEnd(bytes, bytes.write(size, 0, 'latin1'))
  for (const piece of pieces) at += piece.copy(bytes, at)
  lineEnd(bytes, at)
  return bytes
}

function lineEnd(bytes: Buffer, at: number): number {
  bytes[at] = RETURN
  bytes[at + 1] = NEWLINE
  return at + FRAME_END_BYTES
}

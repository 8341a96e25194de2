/**
 * The local wire between front-ends and the resident agent: `u32 length | u8 type | u32 header length | header JSON | payload`.
 * The payload is raw protocol bytes, never re-encoded.
 */

export const FRAME = {
  hello: 1,
  welcome: 2,
  /** Ends the connection; the header says why. */
  refused: 3,
  /** A command's question and its answer. */
  request: 4,
  response: 5,
  /** One item of a stream that a request opened. */
  item: 6,
  /** A message that its front-end holds until `answer`. */
  intercept: 7,
  answer: 8,
  /** A person is being asked about a held message: later messages need not wait for it. */
  asking: 9,
  /** A message that went on its way; nobody waits. */
  observe: 10,
  /** Bytes for the front-end's host, outside any answer. */
  notice: 11,
  /** The host no longer wants the answer. */
  cancel: 12,
} as const
export type FrameType = (typeof FRAME)[keyof typeof FRAME]

export interface Frame {
  readonly type: number
  readonly header: FrameHeader
  readonly payload: Buffer
}

/** `id` ties answers to questions on one connection; the rest depends on the type. Hostile until checked. */
export interface FrameHeader {
  readonly id?: number
  readonly [key: string]: unknown
}

export const MAX_HEADER_BYTES = 64 * 1024
/** Largest frame unless a limit is given: a message of 64 MiB and its header. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024 + MAX_HEADER_BYTES + 16
const PREFIX_BYTES = 9
const NO_PAYLOAD = Buffer.alloc(0)

/** The other side does not speak this protocol. Only its connection ends. */
export class FrameError extends Error {
  constructor(text: string) {
    super(text)
    this.name = 'FrameError'
  }
}

/** One buffer ready to be written; small payloads are copied, so that one write carries the frame. */
export function encodeFrame(type: FrameType, header: FrameHeader, payload: Uint8Array = NO_PAYLOAD): Buffer {
  const json = JSON.stringify(header)
  const headerBytes = Buffer.byteLength(json)
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + headerBytes + payload.length)
  frame.writeUInt32BE(5 + headerBytes + payload.length, 0)
  frame.writeUInt8(type, 4)
  frame.writeUInt32BE(headerBytes, 5)
  frame.write(json, PREFIX_BYTES, 'utf8')
  frame.set(payload, PREFIX_BYTES + headerBytes)
  return frame
}

/** Cuts a byte stream into frames, however it was chunked. Payloads may share memory with the chunk they came in. */
export class FrameReader {
  private rest: Buffer = NO_PAYLOAD
  private readonly parts: Buffer[] = []
  private partsBytes = 0
  private wanted = 0
  limit: number

  constructor(limit = MAX_FRAME_BYTES) {
    this.limit = limit
  }

  /** Bytes held for a frame that is not complete. */
  get held(): number {
    return this.rest.length + this.partsBytes
  }

  /** Throws a `FrameError` on the first thing that is no frame. */
  push(chunk: Buffer, take: (frame: Frame) => void): void {
    let bytes = this.join(chunk)
    while (bytes !== undefined) {
      if (bytes.length < 4) break
      const total = 4 + bytes.readUInt32BE(0)
      if (total < PREFIX_BYTES || total > this.limit)
        throw new FrameError(`a frame of ${total} bytes is not allowed here (limit ${this.limit})`)
      if (bytes.length < total) {
        this.wanted = total
        break
      }
      const frame = decode(bytes.subarray(0, total))
      bytes = bytes.subarray(total)
      take(frame)
    }
    if (bytes === undefined) return
    if (this.wanted > 0 && bytes.length > 0) {
      this.parts.push(bytes)
      this.partsBytes = bytes.length
      this.rest = NO_PAYLOAD
    } else this.rest = bytes
  }

  /** The bytes to cut next, or `undefined` while a large frame is still coming in: its chunks are joined once, not each time. */
  private join(chunk: Buffer): Buffer | undefined {
    if (this.wanted === 0) return this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    this.parts.push(chunk)
    this.partsBytes += chunk.length
    if (this.partsBytes < this.wanted) return undefined
    const whole = this.parts.length === 1 ? chunk : Buffer.concat(this.parts, this.partsBytes)
    this.parts.length = 0
    this.partsBytes = 0
    this.wanted = 0
    return whole
  }
}

function decode(bytes: Buffer): Frame {
  const headerBytes = bytes.readUInt32BE(5)
  if (headerBytes > MAX_HEADER_BYTES || PREFIX_BYTES + headerBytes > bytes.length)
    throw new FrameError(`a frame header of ${headerBytes} bytes is not allowed`)
  const end = PREFIX_BYTES + headerBytes
  return { type: bytes.readUInt8(4), header: decodeHeader(bytes.toString('utf8', PREFIX_BYTES, end)), payload: bytes.subarray(end) }
}

/** What front-ends write with every message. */
const USUAL = /^\{(?:"id":([1-9]\d{0,14}),)?"from":"(host|server)"\}$/
const [FROM_HOST, FROM_SERVER]: readonly FrameHeader[] = [{ from: 'host' }, { from: 'server' }] as const

function decodeHeader(text: string): FrameHeader {
  const usual = USUAL.exec(text)
  if (usual !== null) {
    const [, id, from] = usual
    if (id !== undefined) return { id: Number(id), from }
    return (from === 'host' ? FROM_HOST : FROM_SERVER) as FrameHeader
  }
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    throw new FrameError('a frame header is not JSON')
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new FrameError('a frame header is not an object')
  if ('id' in header && !Number.isSafeInteger(header.id)) throw new FrameError('a frame id is not an integer')
  return header as FrameHeader
}

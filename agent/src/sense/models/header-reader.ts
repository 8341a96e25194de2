/** Where bytes come from: a file, or a buffer in tests. Reads may be short only at the end. */
export interface ByteSource {
  readonly size: number
  read(offset: number, length: number): Promise<Uint8Array>
}

/** The header is wrong. The text is a problem for people, in lower case, without a full stop. */
export class HeaderProblem extends Error {}
/** The header may be fine, but reading on would cost too much. */
export class HeaderLimit extends Error {}

export interface HeaderLimits {
  /** Bytes read in all. */
  readonly bytes: number
  readonly millis: number
  /** Monotonic milliseconds. */
  readonly clock: () => number
}

const CHUNK = 64 * 1024
/** Longest piece handed out; nothing is ever allocated by a length that a file claims. */
export const MOST_PIECE = 4 * 1024 * 1024

/** Reads a hostile header forwards: every length is checked against the file before it is believed, and reading ends at a cap. */
export class HeaderReader {
  readonly #source: ByteSource
  readonly #limits: HeaderLimits
  readonly #deadline: number
  #chunk: Buffer = Buffer.alloc(0)
  #chunkAt = 0
  #position = 0
  #read = 0

  constructor(source: ByteSource, limits: HeaderLimits) {
    this.#source = source
    this.#limits = limits
    this.#deadline = limits.clock() + limits.millis
  }

  get position(): number {
    return this.#position
  }

  get size(): number {
    return this.#source.size
  }

  /** Bytes actually asked of the source so far. */
  get bytesRead(): number {
    return this.#read
  }

  async take(length: number): Promise<Buffer> {
    if (length > MOST_PIECE) throw new HeaderLimit('a part of the header is larger than this agent reads')
    this.#within(BigInt(length))
    if (!this.#buffered(length)) await this.#fill(length)
    const from = this.#position - this.#chunkAt
    this.#position += length
    return this.#chunk.subarray(from, from + length)
  }

  async u8(): Promise<number> {
    return (await this.take(1))[0] ?? 0
  }

  async u32(): Promise<number> {
    return (await this.take(4)).readUInt32LE(0)
  }

  async u64(): Promise<bigint> {
    return (await this.take(8)).readBigUInt64LE(0)
  }

  /** Passes over bytes without reading them. */
  skip(length: bigint): void {
    this.#within(length)
    this.#position += Number(length)
  }

  /** Passes over strings that each begin with their length, most of them without waiting. */
  async skipStrings(count: bigint): Promise<void> {
    for (let left = count; left > 0n; left -= 1n) {
      if (!this.#buffered(8)) await this.#fill(8)
      const from = this.#position - this.#chunkAt
      const length = this.#chunk.readBigUInt64LE(from)
      this.#position += 8
      this.skip(length)
    }
  }

  #buffered(length: number): boolean {
    return this.#position >= this.#chunkAt && this.#position + length <= this.#chunkAt + this.#chunk.length
  }

  #within(length: bigint): void {
    if (length > BigInt(this.#source.size - this.#position)) throw new HeaderProblem('its header speaks of more than the file holds')
  }

  async #fill(length: number): Promise<void> {
    this.#within(BigInt(length))
    if (this.#limits.clock() > this.#deadline) throw new HeaderLimit('its header takes too long to read')
    const wanted = Math.min(Math.max(length, CHUNK), this.#source.size - this.#position)
    if (this.#read + wanted > this.#limits.bytes) throw new HeaderLimit('its header is larger than this agent reads')
    this.#read += wanted
    const bytes = await this.#source.read(this.#position, wanted)
    if (bytes.length < length) throw new HeaderProblem('the file ends in its header')
    this.#chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#chunkAt = this.#position
  }
}

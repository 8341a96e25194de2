import type { RowMeta } from './journal-messages.ts'

/** Room for the hash of the entry before. */
export const HASH_BYTES = 32
const FIRST_BYTES = 16 * 1024

/**
 * Entries that will share one commit. The bytes lie as they are hashed: room for the previous hash, the body, room, the next body ...
 * so that SHA-256(previous || body) is one call over one slice, and the whole moves to the writer thread without a copy.
 */
export class Batch {
  readonly rows: RowMeta[] = []
  readonly durable: Promise<void>
  bodyBytes = 0
  settle!: { readonly done: () => void; readonly failed: (error: Error) => void }
  #bytes = Buffer.from(new ArrayBuffer(FIRST_BYTES))
  #used = 0

  constructor() {
    this.durable = new Promise((resolve, reject) => {
      this.settle = { done: resolve, failed: reject }
    })
    // Whoever needs durability awaits it and sees the rejection; for everybody else the journal counts the loss.
    this.durable.catch(() => undefined)
  }

  /** Adds one entry's canonical JSON. */
  add(row: Omit<RowMeta, 'length'>, json: string): void {
    this.#reserve(json.length * 3 + HASH_BYTES)
    const start = this.#used + HASH_BYTES
    const length = this.#bytes.write(json, start, 'utf8')
    this.#used = start + length
    this.rows.push({ ...row, length })
    this.bodyBytes += length
  }

  /** The bytes, to be transferred; the batch is spent afterwards. */
  take(): ArrayBuffer {
    return this.#bytes.buffer as ArrayBuffer
  }

  #reserve(bytes: number): void {
    const needed = this.#used + bytes
    if (needed <= this.#bytes.length) return
    const grown = Buffer.from(new ArrayBuffer(Math.max(needed, this.#bytes.length * 2)))
    grown.set(this.#bytes.subarray(0, this.#used), 0)
    this.#bytes = grown
  }
}

import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'

/** Where the ballast of a journal lies. */
export function ballastOf(journal: string): string {
  return `${journal}.ballast`
}

/**
 * Room set aside for the day the disk is full: SQLite cannot even delete then, but a file can be removed.
 * Written with real bytes, because a hole reserves nothing.
 */
export class Ballast {
  readonly #path: string
  readonly #bytes: number
  missing = false

  constructor(path: string, bytes: number) {
    this.#path = path
    this.#bytes = bytes
  }

  /** Makes room. False when there was none to give. */
  release(): boolean {
    if (this.#bytes === 0 || !existsSync(this.#path)) return false
    rmSync(this.#path, { force: true })
    this.missing = true
    return true
  }

  /** Sets the room aside again, if the disk has it to spare. */
  restore(): void {
    if (this.#bytes === 0) return
    if (existsSync(this.#path) && statSync(this.#path).size >= this.#bytes) {
      this.missing = false
      return
    }
    this.missing = !this.#write()
  }

  #write(): boolean {
    let file: number | undefined
    try {
      file = openSync(this.#path, 'w', 0o600)
      const block = Buffer.alloc(64 * 1024, 0xa5)
      for (let written = 0; written < this.#bytes; ) written += writeSync(file, block, 0, Math.min(block.length, this.#bytes - written))
      fsyncSync(file)
      return true
    } catch {
      rmSync(this.#path, { force: true })
      return false
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }
}

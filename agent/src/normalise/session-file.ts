/** The file of one session on disk: kept open while it is added to, so that a burst of calls does not open it each time. */
import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises'

/** At the end of the name of content that is not yet in its place. */
export const UNFINISHED = '.new'
/** So long after the last addition it is closed. */
const CLOSE_MS = 1000

/**
 * What is asked for is done in that order; each answer settles when its own part is done, and rejects where that failed. After that
 * nothing is added until other content was put in its place.
 */
export class SessionFile {
  readonly #path: string
  #handle: FileHandle | undefined
  #closing: NodeJS.Timeout | undefined
  #last: Promise<void> = Promise.resolve()
  /** Something is missing at its end, or may be there in part. */
  #broken = false

  constructor(path: string) {
    this.#path = path
  }

  append(content: string): Promise<void> {
    return this.#then(async () => {
      if (this.#broken) throw new Error('what came before could not be added')
      // Until it is there.
      this.#broken = true
      this.#handle ??= await open(this.#path, 'a', 0o600)
      this.#closing = this.#closing?.refresh() ?? setTimeout(() => void this.close().catch(() => undefined), CLOSE_MS).unref()
      const bytes = Buffer.from(content)
      try {
        for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten
      } catch (error) {
        await this.#close()
        throw error
      }
      this.#broken = false
    })
  }

  /** Puts other content in its place: all of it or nothing. */
  replace(content: string): Promise<void> {
    return this.#then(async () => {
      this.#broken = true
      await this.#close()
      await writeFile(`${this.#path}${UNFINISHED}`, content, { mode: 0o600, flush: true })
      await rename(`${this.#path}${UNFINISHED}`, this.#path)
      this.#broken = false
    })
  }

  remove(): Promise<void> {
    return this.#then(async () => {
      await this.#close()
      // The other one stands there where putting content in its place failed halfway; it holds what the session had read.
      await Promise.all([this.#path, `${this.#path}${UNFINISHED}`].map((path) => rm(path, { force: true })))
    })
  }

  /** It may be added to again afterwards. */
  close(): Promise<void> {
    return this.#then(() => this.#close())
  }

  async #close(): Promise<void> {
    clearTimeout(this.#closing)
    this.#closing = undefined
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }

  #then(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

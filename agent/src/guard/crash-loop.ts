import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writePrivateFile } from '../platform/private-file.ts'

const WINDOW_MS = 5 * 60_000
const STARTS = 3

const stateSchema = z.object({
  /** Starts that no orderly stop has answered yet, milliseconds since 1970. */
  starts: z.array(z.number()).max(100),
  safeMode: z.boolean(),
})

/**
 * Notices that the agent starts again and again. The third start within five minutes without an orderly stop between
 * them is a crash loop: what changed last must go back, and the agent says so.
 */
export class CrashLoop {
  readonly #path: string
  readonly #starts: readonly number[]
  #safeMode: boolean

  private constructor(path: string, starts: readonly number[], safeMode: boolean) {
    this.#path = path
    this.#starts = starts
    this.#safeMode = safeMode
  }

  /** Notes a start. `path` is a small file in the state directory; a damaged one counts as empty. */
  static begin(path: string, now: number): CrashLoop {
    const before = read(path)
    // A clock that was set back must not make old starts look like new ones.
    const recent = before.starts.filter((start) => start <= now && now - start < WINDOW_MS)
    const loop = new CrashLoop(path, [...recent, now], before.safeMode || recent.length + 1 >= STARTS)
    loop.#write()
    return loop
  }

  /** True from the third start on: the policy before the last one must take over. */
  detected(): boolean {
    return this.#starts.length >= STARTS
  }

  /** True until a new policy is activated. */
  safeMode(): boolean {
    return this.#safeMode
  }

  /** A new policy is in force, so it gets its chance. */
  leaveSafeMode(): void {
    if (!this.#safeMode) return
    this.#safeMode = false
    this.#write()
  }

  /** The agent stops in order. */
  end(): void {
    writePrivateFile(this.#path, JSON.stringify({ starts: [], safeMode: this.#safeMode }))
  }

  #write(): void {
    writePrivateFile(this.#path, JSON.stringify({ starts: this.#starts, safeMode: this.#safeMode }))
  }
}

function read(path: string): z.infer<typeof stateSchema> {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return { starts: [], safeMode: false }
  }
}

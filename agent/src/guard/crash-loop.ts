import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writePrivateFile } from '../platform/private-file.ts'

const WINDOW_MS = 5 * 60_000
const STARTS = 3
const MOST_STARTS = 50

const stateSchema = z.object({
  /** Starts that no orderly stop has answered yet, milliseconds since 1970. */
  starts: z.array(z.number()).max(100),
  safeMode: z.boolean(),
})

/**
 * Notices that the agent starts again and again: three starts within five minutes without an orderly stop between them.
 * When all of them came after a policy was activated, that policy is to blame and has to go back.
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
    const recent = before.starts.filter((start) => start <= now && now - start < WINDOW_MS).slice(-MOST_STARTS)
    const loop = new CrashLoop(path, [...recent, now], before.safeMode)
    loop.#write()
    return loop
  }

  /** True when the agent has been crashing ever since the policy in force was activated. Enters safe mode. */
  blames(activatedAt: number | undefined): boolean {
    if (activatedAt === undefined) return false
    const since = this.#starts.filter((start) => start >= activatedAt)
    const latest = this.#starts.at(-1) ?? 0
    if (since.length < STARTS || latest - activatedAt > WINDOW_MS) return false
    this.#safeMode = true
    this.#write()
    return true
  }

  /** True until a new policy is activated. */
  safeMode(): boolean {
    return this.#safeMode
  }

  /** Plain sentences; empty when the agent runs as it should. */
  problems(): readonly string[] {
    if (this.#starts.length < STARTS) return []
    return [
      `The agent was started ${this.#starts.length} times within five minutes without stopping in order: it crashes or is being killed. It decides again now; look at the log for the cause.`,
    ]
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

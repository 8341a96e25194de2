import type { Platform } from '../platform/platform.ts'

/** What every command is given: where the agent lives and how to speak. */
export interface CommandContext {
  readonly platform: Platform
  /** Absolute. */
  readonly state: string
  readonly configFile: string | undefined
  readonly json: boolean
  readonly color: boolean
  readonly verbose: boolean
  /** Writes one line to standard output. Resolves when more may be written. */
  readonly say: (line: string) => Promise<void>
  /** Writes one line to standard error. */
  readonly complain: (line: string) => void
}

import type { ProcessInfo } from './process-table.ts'

/** Who stands at a gate: what a front-end said about itself, with the process tree as the operating system tells it. */
export interface Caller {
  readonly gate: string
  /** The front-end's own process first, then its ancestors. Empty where the system does not tell. */
  readonly ancestry: readonly ProcessInfo[]
  readonly cwd: string
  readonly user: string
  readonly home: string
  /** What only the front-end knows, such as the command of the wrapped server. */
  readonly claims: Readonly<Record<string, string>>
}

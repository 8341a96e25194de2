/** One process as the operating system describes it. */
export interface ProcessInfo {
  readonly pid: number
  readonly parent: number
  /** Distinguishes processes that had the same pid; opaque, stable for the life of the process. */
  readonly started: string
  /** Base name of the executable, without `.exe`. */
  readonly name: string
  /** Path of the executable where the system tells. */
  readonly executable?: string
  /** First arguments, as started; empty where the system does not tell. */
  readonly arguments: readonly string[]
}

/** Reads the process tree. */
export interface ProcessTable {
  /** Which of the system's numberings of processes this one sees; a container has its own. Empty where there is only one. */
  readonly space: string
  /** The process itself first, then its parent and so on; empty when it cannot be told. Never throws. */
  ancestry(pid: number): Promise<readonly ProcessInfo[]>
}

/** Deeper trees are cut: nothing a person starts nests like this. */
export const ANCESTRY_DEPTH = 32

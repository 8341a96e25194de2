import type { ListeningPort } from '../../platform/health.ts'
import type { ProcessKind } from './catalogue.ts'
import type { ProcessFacts } from './recognise.ts'

/** A recognised process, with all that the watcher may look at. */
export interface KnownProcess {
  readonly pid: number
  readonly parent: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly kind: ProcessKind
  readonly facts: ProcessFacts
  readonly user: string
  readonly ports: readonly ListeningPort[]
  readonly variables: ReadonlyMap<string, string>
}

/** Reads the machine's processes. May keep what it learned between scans. */
export interface ProcessSource {
  /** Milliseconds between scans that keep the cost small. */
  readonly every: number
  /** Every recognised process there is now. Throws when the machine does not tell. */
  scan(): Promise<readonly KnownProcess[]>
}

import type { ModelFileSighting, ProcessSighting } from '../platform/health.ts'
import type { Platform } from '../platform/platform.ts'

/** One thing seen on the machine. `key` names it among its kind for as long as it exists. */
export type Sighting =
  | { readonly subject: 'process'; readonly key: string; readonly detail: ProcessSighting }
  | { readonly subject: 'model_file'; readonly key: string; readonly detail: ModelFileSighting }

/** Called with everything there is, after every change and once at the start. */
export type Report = (sightings: readonly Sighting[]) => void

/** Observes the machine; never holds anything up and never changes what a session may do. */
export interface Watcher {
  readonly name: string
  /** Begins to watch. Does not throw: what cannot be watched is said in `problems`. */
  start(report: Report): Watch
}

export interface Watch {
  /** Plain sentences about what cannot be seen; empty when all is well. */
  problems(): readonly string[]
  /** Ends in order; nothing is reported afterwards. */
  stop(): Promise<void>
}

/** What a watcher is made of. */
export interface WatcherSetting {
  readonly platform: Platform
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
}

/** Things of one kind that are reported at most; more are counted in a problem. */
export const MOST_SIGHTINGS = 1_000

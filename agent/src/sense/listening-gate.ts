import type { Platform } from '../platform/platform.ts'
import type { GateHost } from './gate.ts'

/** A place where calls can be held that programs reach by themselves over loopback: there the agent listens, no front-end stands between. */
export interface ListeningGate {
  readonly name: string
  /** Whether the configuration asks for it. */
  readonly wanted: boolean
  /** Does not reject: what keeps it from listening is said in `problems`. */
  listen(host: GateHost, platform: Platform): Promise<Listening>
}

export interface Listening {
  /** Where programs find it, such as `http://127.0.0.1:7310`; undefined while it does not listen. */
  readonly address: string | undefined
  /** Plain sentences about what does not work; empty when all is well. */
  problems(): readonly string[]
  /** Takes no more calls, ends those it holds, and resolves when nothing is open any more. */
  close(): Promise<void>
}

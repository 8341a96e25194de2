import type { Expanded, Flow } from '../shell/expanded.ts'
import type { Reading } from '../shell/reading.ts'

/** State of following one batch. */
export interface Batching {
  readonly reading: Reading
  readonly variables: Map<string, Expanded>
  readonly letters: ReadonlyMap<string, Expanded>
  /** Commands, and parts of any kind, that may still be followed. */
  readonly budget: { commands: number; steps: number }
  readonly depth: number
  /** Inside what may not run: what it sets may or may not hold afterwards. */
  readonly maybe: boolean
  readonly input: Flow | undefined
  cwd: string | undefined
  /** Follows text that would be run as a batch. */
  readonly follow: (text: string, batching: Batching) => Flow
}

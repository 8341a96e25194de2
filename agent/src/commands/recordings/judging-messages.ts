import type { Line } from '../json-lines.ts'
import type { PolicySource } from '../policy-folder.ts'
import type { JudgedCall, Replaying } from './judge-recording.ts'

/** What a thread that judges recordings is started with. */
export interface JudgingStart {
  readonly policies: readonly PolicySource[]
  readonly replaying: Replaying
}

/** Lines of one file that are judged at one go. */
export interface Batch {
  readonly file: string
  readonly lines: readonly Line[]
}

/** The calls of a batch, up to the line that could not be read, if any. */
export interface JudgedBatch {
  readonly calls: readonly JudgedCall[]
  /** Why the batch ends early. */
  readonly failure?: string
}

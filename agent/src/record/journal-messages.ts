import type { JournalLimits } from './journal.ts'

/** What the main thread tells the writer thread when it starts. */
export interface WriterStart {
  readonly path: string
  /** Names the machine; a journal written under another name was cloned. */
  readonly device: string
  readonly now: number
  readonly limits: JournalLimits
}

/** One row's columns. Its bytes lie in the batch, behind 32 bytes for the hash of the one before. */
export interface RowMeta {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly length: number
  readonly decision?: readonly [id: string, verdict: string, session: string, app: string, tool: string]
  readonly outcome?: readonly [decision: string, outcome: string]
  /** For a drop entry: these bodies are given up in the same commit. */
  readonly drop?: { readonly seqs: readonly number[]; readonly reason: string }
}

/** One value of a row on its way to the writer. */
export type Cell = number | string

/** A run of entries of which some bodies may be given up. */
export interface DropPlan {
  readonly seqs: readonly number[]
  readonly reason: 'size' | 'age'
}

export type ToWriter =
  /** `cells` as `packRows` made them; `bytes` as `Batch` lays them out. */
  | { readonly type: 'append'; readonly cells: readonly Cell[]; readonly bytes: ArrayBuffer }
  | { readonly type: 'acknowledge'; readonly seq: number }
  | { readonly type: 'maintain'; readonly now: number; readonly shippedSeq: number }
  | { readonly type: 'bind'; readonly agentId: string }
  | { readonly type: 'renew'; readonly reason: string; readonly now: number }
  | { readonly type: 'close' }

/** The journal as the writer found or left it. */
export interface WriterState {
  readonly epoch: number
  readonly seq: number
  readonly hash: Uint8Array
  readonly acked: number
  readonly prunedSeq: number
  readonly unshippedEntries: number
  readonly unshippedBytes: number
  readonly agentId: string
  /** True while the room for a full disk is missing. */
  readonly ballastMissing: boolean
}

/** Why a journal was set aside. */
export interface Replaced {
  readonly reason: string
  readonly movedTo: string
  readonly lastSeq: number
  readonly epoch: number
}

export type FromWriter =
  | { readonly type: 'opened'; readonly state: WriterState; readonly replaced: Replaced | undefined }
  | { readonly type: 'committed'; readonly state: WriterState }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
  | { readonly type: 'acknowledged'; readonly state: WriterState }
  | { readonly type: 'maintained'; readonly state: WriterState; readonly plan: DropPlan | undefined }
  | { readonly type: 'bound'; readonly matches: boolean; readonly state: WriterState }
  | { readonly type: 'renewed'; readonly state: WriterState; readonly replaced: Replaced }
  | { readonly type: 'closed' }

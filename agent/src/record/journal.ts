import type { DecisionEntry, DropEntry, Entry, EntryBody, EntryHead, OutcomeEntry } from '@assize/kernel'

/** What `append` gives back at once. */
export interface Appended {
  /** Position in the epoch; 0 when the entry was refused before it got one. */
  readonly seq: number
  /**
   * Settles once the entry is on disk. Rejects with a `JournalError` when it is not, and never will be: a call that
   * depends on it must not run. Nobody has to wait for it; a rejection that nobody awaits is counted and declared later.
   */
  readonly durable: Promise<void>
}

export interface JournalHead {
  readonly epoch: number
  /** Highest durable seq; 0 for an empty journal. */
  readonly seq: number
  /** Its hash; 32 zero bytes for an empty journal. */
  readonly hash: Uint8Array
}

/** An entry as it is shipped: the very bytes that were hashed. */
export interface StoredEntry {
  readonly seq: number
  readonly kind: EntryBody['kind']
  readonly at: number
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
  /** Canonical JSON, or `undefined` when the body was given up. */
  readonly body: Uint8Array | undefined
  /** Why the body was given up: `size` or `age`. */
  readonly dropped: string | undefined
}

export interface DecisionQuery {
  /** Milliseconds since 1970, inclusive. */
  readonly since?: number
  readonly until?: number
  readonly verdict?: string
  readonly session?: string
  readonly app?: string
  readonly tool?: string
  /** Only entries after this seq, oldest first. Without it the newest come first. */
  readonly afterSeq?: number
  /** Only entries before this seq; the next page of a newest-first list. */
  readonly beforeSeq?: number
  /** At most 1000; 100 unless told. */
  readonly limit?: number
}

export type StoredDecision = EntryHead & DecisionEntry
export type StoredOutcome = EntryHead & OutcomeEntry

export interface Unshipped {
  readonly entries: number
  readonly bytes: number
}

export type Verification =
  | {
      readonly ok: true
      readonly epoch: number
      readonly firstSeq: number
      readonly lastSeq: number
      readonly entries: number
      readonly dropped: number /** Of the last entry, lower-case hex. */
      readonly hash: string
    }
  | { readonly ok: false; readonly epoch: number; readonly seq: number; readonly reason: string; readonly detail: string }

/** The agent's memory: an append-only, hash-chained, durable list of entries. One per state directory. */
export interface Journal {
  readonly path: string
  /** Changes only through `renew`. */
  epoch(): number
  append(body: EntryBody): Appended
  head(): JournalHead
  /** Durable entries after `seq`, oldest first: at least one if there is any, then as many as fit into `maxBytes`. */
  readAfter(seq: number, maxBytes: number): readonly StoredEntry[]
  /** Lowest seq whose predecessor was pruned, minus one; 0 when the journal still begins at its beginning. */
  prunedSeq(): number
  decisions(query: DecisionQuery): readonly StoredDecision[]
  decision(id: string): StoredDecision | undefined
  outcomesOf(id: string): readonly StoredOutcome[]
  /** The hub holds everything up to `seq`. */
  acknowledge(seq: number): void
  acked(): number
  unshipped(): Unshipped
  /** Plain sentences about what is wrong with the journal; empty when nothing is. */
  problems(): readonly string[]
  /** Called after every commit. Returns how to stop. */
  subscribe(listener: (head: JournalHead) => void): () => void
  /** Reads everything again and checks the chain. */
  verify(): Promise<Verification>
  /** Sets this journal aside and starts a new epoch: after a clone, a restored snapshot or another enrolment. */
  renew(reason: string): Promise<void>
  /** Ties the journal to an enrolled agent. False when it belongs to another one: `renew` first. */
  bindAgent(agentId: string): Promise<boolean>
  /** Applies retention and overflow rules now; otherwise done every minute. */
  maintain(): Promise<void>
  /** Commits what is queued, then closes. Appends from now on are refused. */
  close(): Promise<void>
}

export interface JournalLimits {
  /** Entries waiting for the disk before appends are refused. */
  readonly queueEntries: number
  readonly queueBytes: number
  /** Bytes of unshipped bodies before allow records are given up. */
  readonly unshippedBytes: number
  /** Age at which unshipped allow records are given up. */
  readonly unshippedMs: number
  /** Age at which shipped entries are pruned. */
  readonly keepMs: number
  /** Size of the whole journal at which shipped entries are pruned. */
  readonly keepBytes: number
  /** One entry's canonical JSON. */
  readonly entryBytes: number
  /** Room set aside for a full disk. */
  readonly ballastBytes: number
}

export const DEFAULT_LIMITS: JournalLimits = {
  queueEntries: 20_000,
  queueBytes: 64 * 1024 * 1024,
  unshippedBytes: 256 * 1024 * 1024,
  unshippedMs: 7 * 24 * 3_600_000,
  keepMs: 30 * 24 * 3_600_000,
  keepBytes: 512 * 1024 * 1024,
  entryBytes: 1024 * 1024,
  ballastBytes: 8 * 1024 * 1024,
}

export type { DecisionEntry, DropEntry, Entry, EntryBody }

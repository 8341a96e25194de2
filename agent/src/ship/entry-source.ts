import type { EntryBody } from '@assize/kernel'

/** An entry as the journal stores it. */
export interface ShippableEntry {
  readonly seq: number
  readonly kind: EntryBody['kind']
  readonly at: number
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
  readonly body: Uint8Array | undefined
  readonly dropped: string | undefined
}

/** The part of the journal that shipping needs. */
export interface EntrySource {
  epoch(): number
  head(): { readonly seq: number }
  prunedSeq(): number
  readAfter(seq: number, maxBytes: number): readonly ShippableEntry[]
  acknowledge(seq: number): void
  subscribe(listener: () => void): () => void
  renew(reason: string): Promise<void>
  bindAgent(agentId: string): Promise<boolean>
}

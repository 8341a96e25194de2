/** The store's port: what every engine can answer and keep. Every question and every fact belongs to one tenant. */
import type { StoreReads } from './reads.ts'
import type { StoreWrites } from './writes.ts'

export interface Store {
  readonly read: StoreReads
  readonly write: StoreWrites
  close(): Promise<void>
}

/** A page, newest first. `next` continues it. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

export interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The store's port: what every engine can answer and keep. Every question and every fact belongs to one tenant. */
import type { StoreReads } from './reads.ts'
import type { StoreWrites } from './writes.ts'

export interface Store {
  readonly read: StoreReads
  readonly write: StoreWrites
  close(): Promise<void>
}

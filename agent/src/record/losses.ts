import type { EntryBody, StateEntry } from '@assize/kernel'
import type { RowMeta } from './journal-messages.ts'

/** Entries that could not be recorded at all. Declared in the chain as soon as it can be written again. */
export class Losses {
  #decisions = 0
  #others = 0
  #since = 0
  #until = 0

  get count(): number {
    return this.#decisions + this.#others
  }

  add(body: EntryBody, now: number): void {
    this.#note(body.kind, now)
  }

  addRows(rows: readonly RowMeta[], now: number): void {
    for (const row of rows) this.#note(row.kind, now)
  }

  /** The declaration, and a clean slate; nothing when nothing was lost. */
  declare(): StateEntry | undefined {
    if (this.count === 0) return undefined
    const detail = { decisions: this.#decisions, others: this.#others, since: this.#since, until: this.#until }
    this.#decisions = 0
    this.#others = 0
    this.#since = 0
    return { kind: 'state', change: 'entries-unrecorded', detail }
  }

  #note(kind: string, now: number): void {
    if (kind === 'decision') this.#decisions += 1
    else this.#others += 1
    if (this.#since === 0) this.#since = now
    this.#until = now
  }
}

import type { JsonObject, ObservationEntry } from '@assize/kernel'
import type { ModelFileSighting, ProcessSighting } from '../platform/health.ts'

/** One thing seen on the machine; `key` names it for as long as it exists. */
export interface Seen {
  readonly subject: 'process' | 'model_file'
  readonly key: string
  readonly detail: ProcessSighting | ModelFileSighting
}

export interface InventoryOptions {
  /** Keeps an observation; only changes come here. */
  readonly record: (observation: ObservationEntry) => void
  /** The picture changed. */
  readonly onChange: () => void
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
}

const WINDOW_MS = 60_000
/** A machine that starts a thousand agents a minute must not fill the journal with them. */
const MOST_OBSERVATIONS = 120

/** What the watchers see, as one picture; what changed in it goes to the journal. */
export class Inventory {
  readonly #options: InventoryOptions
  readonly #pictures = new Map<string, ReadonlyMap<string, Seen>>()
  #windowStart = 0
  #inWindow = 0
  #unrecorded = 0

  constructor(options: InventoryOptions) {
    this.#options = options
  }

  /** Where one watcher reports its whole picture to, each time. */
  reporter(watcher: string): (sightings: readonly Seen[]) => void {
    return (sightings) => this.#update(watcher, sightings)
  }

  processes(): readonly ProcessSighting[] {
    return this.#all('process') as readonly ProcessSighting[]
  }

  modelFiles(): readonly ModelFileSighting[] {
    return this.#all('model_file') as readonly ModelFileSighting[]
  }

  #update(watcher: string, sightings: readonly Seen[]): void {
    const before = this.#pictures.get(watcher) ?? new Map<string, Seen>()
    const after = new Map(sightings.map((seen) => [seen.key, seen]))
    this.#pictures.set(watcher, after)
    let changed = false
    for (const [key, seen] of after) {
      const known = before.get(key)
      if (known && JSON.stringify(known.detail) === JSON.stringify(seen.detail)) continue
      changed = true
      this.#observe(known ? 'changed' : 'appeared', seen)
    }
    for (const [key, seen] of before) {
      if (after.has(key)) continue
      changed = true
      this.#observe('gone', seen)
    }
    if (changed) this.#options.onChange()
  }

  #observe(change: 'appeared' | 'changed' | 'gone', seen: Seen): void {
    const now = this.#options.now()
    if (now - this.#windowStart >= WINDOW_MS || now < this.#windowStart) {
      if (this.#unrecorded > 0)
        this.#options.record({ kind: 'observation', subject: 'inventory', detail: { change: 'more', count: this.#unrecorded } })
      this.#windowStart = now
      this.#inWindow = 0
      this.#unrecorded = 0
    }
    if (this.#inWindow >= MOST_OBSERVATIONS) {
      this.#unrecorded += 1
      return
    }
    this.#inWindow += 1
    this.#options.record({ kind: 'observation', subject: seen.subject, detail: { change, ...(seen.detail as unknown as JsonObject) } })
  }

  #all(subject: Seen['subject']): readonly Seen['detail'][] {
    return [...this.#pictures.values()].flatMap((picture) =>
      [...picture.values()].filter((seen) => seen.subject === subject).map((seen) => seen.detail),
    )
  }
}

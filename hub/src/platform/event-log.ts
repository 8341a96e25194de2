import { randomBytes } from 'node:crypto'

/** What happened, for those who watch; bounded, so a watcher that falls behind is told to read afresh. */

export interface HubEvent {
  /** `BOOT.N`; grows within one run of the hub. */
  readonly id: string
  readonly tenant: string
  readonly type: 'decision' | 'agent' | 'policy' | 'model' | 'approval' | 'resync'
  readonly data: unknown
}

export type EventListener = (event: HubEvent) => void

const KEPT = 2000

export class EventLog {
  readonly #boot = randomBytes(6).toString('hex')
  readonly #listeners = new Set<EventListener>()
  #events: HubEvent[] = []
  #count = 0

  publish(event: Omit<HubEvent, 'id'>): void {
    const numbered: HubEvent = { ...event, id: `${this.#boot}.${++this.#count}` }
    this.#events.push(numbered)
    if (this.#events.length > KEPT * 2) this.#events = this.#events.slice(-KEPT)
    for (const listener of this.#listeners) listener(numbered)
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get watched(): boolean {
    return this.#listeners.size > 0
  }

  /** Id of the newest event, to start from. */
  get head(): string {
    return `${this.#boot}.${this.#count}`
  }

  /** What came after `id`; undefined when that is no longer known, so the watcher must read afresh. */
  after(id: string): readonly HubEvent[] | undefined {
    const [, boot, count] = /^([0-9a-f]{12})\.(\d{1,15})$/.exec(id) ?? []
    const position = Number(count)
    if (boot !== this.#boot || position > this.#count) return undefined
    const missing = this.#count - position
    return missing > this.#events.length ? undefined : missing === 0 ? [] : this.#events.slice(-missing)
  }
}

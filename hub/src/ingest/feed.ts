import type { EventLog } from '../platform/event-log.ts'
import type { Store } from '../store/index.ts'

const EVERY_MS = 150
const AT_ONCE = 100

/** Tells those who watch about new decisions, a few at a time; when there are too many to show, it says so instead. */
export class DecisionFeed {
  readonly #store: Store
  readonly #events: EventLog
  readonly #cursors = new Map<string, number>()
  readonly #dirty = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  constructor(store: Store, events: EventLog) {
    this.#store = store
    this.#events = events
  }

  /** From here on decisions count as new. */
  async start(tenant: string): Promise<void> {
    if (!this.#cursors.has(tenant)) this.#cursors.set(tenant, await this.#store.read.lastReceived(tenant))
  }

  /** The tenant has new decisions. */
  touch(tenant: string): void {
    this.#dirty.add(tenant)
    this.#timer ??= setTimeout(() => void this.#tell(), EVERY_MS).unref()
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #tell(): Promise<void> {
    const tenants = [...this.#dirty]
    this.#dirty.clear()
    try {
      for (const tenant of tenants) await this.#tellTenant(tenant)
    } catch {
      // The store has failed; ingest says so to the agents, and watchers read afresh once it is back.
      for (const tenant of tenants)
        this.#events.publish({ tenant, type: 'resync', data: { reason: 'the hub could not read new decisions' } })
    } finally {
      this.#timer = undefined
      if (this.#dirty.size > 0) this.#timer = setTimeout(() => void this.#tell(), EVERY_MS).unref()
    }
  }

  async #tellTenant(tenant: string): Promise<void> {
    const after = this.#cursors.get(tenant) ?? 0
    const decisions = await this.#store.read.decisionsAfter(tenant, after, AT_ONCE + 1)
    if (decisions.length > AT_ONCE) {
      this.#cursors.set(tenant, await this.#store.read.lastReceived(tenant))
      return this.#events.publish({ tenant, type: 'resync', data: { reason: 'more decisions came than can be shown one by one' } })
    }
    for (const decision of decisions) this.#events.publish({ tenant, type: 'decision', data: decision })
    this.#cursors.set(tenant, decisions.at(-1)?.received ?? after)
  }
}

/** Counts failures per key within a window; bounded, forgetting the oldest first. */
export class Attempts {
  readonly #most: number
  readonly #windowMs: number
  readonly #failures = new Map<string, { count: number; until: number }>()

  constructor(most: number, windowMs: number) {
    this.#most = most
    this.#windowMs = windowMs
  }

  /** Milliseconds until another attempt is allowed; 0 for now. */
  wait(key: string, now: number): number {
    const entry = this.#failures.get(key)
    return entry === undefined || entry.until <= now || entry.count < this.#most ? 0 : entry.until - now
  }

  failed(key: string, now: number): void {
    const entry = this.#failures.get(key)
    const fresh = entry === undefined || entry.until <= now
    this.#failures.delete(key)
    this.#failures.set(key, fresh ? { count: 1, until: now + this.#windowMs } : { count: entry.count + 1, until: entry.until })
    const oldest = this.#failures.keys().next().value
    if (this.#failures.size > 10_000 && oldest !== undefined) this.#failures.delete(oldest)
  }

  succeeded(key: string): void {
    this.#failures.delete(key)
  }
}

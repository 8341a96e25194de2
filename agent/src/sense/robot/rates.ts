/** Counts what was let go in the last second, by topic. */
const SECOND = 1000
const MOST_KEPT = 1000

export class Rates {
  private readonly at = new Map<string, number[]>()

  /** Which one of the last second the next would be. `now` is monotonic milliseconds. */
  next(key: string, now: number): number {
    const times = (this.at.get(key) ?? []).filter((time) => time > now - SECOND)
    this.at.set(key, times)
    return times.length + 1
  }

  sent(key: string, now: number): void {
    const times = this.at.get(key) ?? []
    if (times.length < MOST_KEPT) times.push(now)
    this.at.set(key, times)
  }
}

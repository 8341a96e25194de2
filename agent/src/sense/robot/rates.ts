/** Counts what was sent in the last second, by topic. */
const SECOND = 1000

export class Rates {
  private readonly at = new Map<string, number[]>()

  /** How many there were in the last second with this one. `now` is monotonic milliseconds. */
  count(key: string, now: number): number {
    const times = (this.at.get(key) ?? []).filter((time) => time > now - SECOND)
    // What goes beyond every limit need not be counted on.
    if (times.length < 1001) times.push(now)
    this.at.set(key, times)
    return times.length
  }
}

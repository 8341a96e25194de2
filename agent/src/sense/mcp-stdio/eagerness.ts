import { availableParallelism } from 'node:os'

const MOST_MISSES = 3
const PAUSE_CALLS = 64

/** Says whether staying awake for an answer pays: where answers are slow, or there is one processor only, it does not. */
export class Eagerness {
  private misses = availableParallelism() > 1 ? 0 : MOST_MISSES
  private pause = 0

  worthwhile(): boolean {
    if (this.misses < MOST_MISSES) return true
    this.pause += 1
    if (this.pause < PAUSE_CALLS || availableParallelism() < 2) return false
    this.pause = 0
    this.misses = MOST_MISSES - 1
    return true
  }

  took(answered: boolean): void {
    this.misses = answered ? 0 : this.misses + 1
  }
}

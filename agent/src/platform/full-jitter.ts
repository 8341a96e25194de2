const FIRST_MS = 500
const LONGEST_MS = 60_000

/**
 * How long to wait before the next attempt: anywhere between nothing and a bound that doubles, so that a fleet that lost
 * its hub at one moment does not come back at one moment. `random` gives 0 to 1.
 */
export function fullJitter(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16))
}

/** Sleeps; false when cut short. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(true), milliseconds)
    const cut = () => finish(false)
    signal.addEventListener('abort', cut, { once: true })
    function finish(whole: boolean) {
      clearTimeout(timer)
      signal.removeEventListener('abort', cut)
      resolve(whole)
    }
  })
}

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fullJitter, pause } from './full-jitter.ts'

it('waits between nothing and a bound that doubles up to a minute', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const wait = fullJitter(attempt, () => random)
      expect(wait).toBeGreaterThanOrEqual(0)
      expect(wait).toBeLessThanOrEqual(Math.min(60_000, 500 * 2 ** Math.min(attempt, 20)))
    }),
  )
  expect(fullJitter(3, () => 1)).toBe(4_000)
})

it('can be cut short', async () => {
  const cut = new AbortController()
  const paused = pause(60_000, cut.signal)
  cut.abort()
  expect(await paused).toBe(false)
  expect(await pause(60_000, cut.signal)).toBe(false)
  expect(await pause(1, new AbortController().signal)).toBe(true)
})

import { afterEach, describe, expect, it } from 'vitest'
import type { Classifier } from './port.ts'

export interface ClassifierUnderTest {
  readonly start: () => Promise<Classifier> | Classifier
  /** A text at or above the threshold, and one below. */
  readonly attack: string
  readonly harmless: string
}

/** What every classifier keeps to, whatever runs behind it. */
export function classifierContract(name: string, { start, attack, harmless }: ClassifierUnderTest): void {
  describe(`${name} as a classifier`, () => {
    let open: Classifier | undefined
    const started = async () => (open = await start())
    afterEach(async () => {
      await open?.close()
      open = undefined
    })

    it('scores texts in their order, between nothing and one', async () => {
      const classifier = await started()
      const scores = await classifier.classify([{ text: attack }, { text: harmless }, { text: attack }])
      expect(scores.map(({ injection }) => injection >= 0.5)).toEqual([true, false, true])
      for (const { injection, heads } of scores) {
        expect(injection).toBeGreaterThanOrEqual(0)
        expect(injection).toBeLessThanOrEqual(1)
        expect(Math.max(...Object.values(heads))).toBe(injection)
      }
      expect(scores[2]).toEqual(scores[0])
      expect(classifier.state()).toEqual({ on: true, says: '' })
    })

    it('takes no texts, an empty one, and whatever characters there are', async () => {
      const classifier = await started()
      expect(await classifier.classify([])).toEqual([])
      const odd = ['', ' \n\t', '\ud800 lone', '\u0000\u202e', 'word '.repeat(20_000), '𝕒'.repeat(500), '漢'.repeat(3000)]
      const scores = await classifier.classify(odd.map((text) => ({ text })))
      expect(scores).toHaveLength(odd.length)
      for (const { injection } of scores) expect(Number.isFinite(injection)).toBe(true)
    })

    it('puts its spans inside the text', async () => {
      const classifier = await started()
      const text = `${'quite plain, '.repeat(300)}${attack}${' and so on'.repeat(300)}`
      const [scored] = await classifier.classify([{ text, kind: 'document' }])
      for (const { start, end, score } of scored?.spans ?? []) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        expect(score).toBeGreaterThan(0)
      }
    })

    it('stops when the time is over, and goes on with the next', async () => {
      const classifier = await started()
      await classifier.classify([{ text: harmless }])
      const long = Array.from({ length: 40 }, (_, index) => ({ text: `${index} ${'some words to read '.repeat(2000)}` }))
      const before = performance.now()
      await expect(classifier.classify(long, AbortSignal.timeout(1))).rejects.toMatchObject({ code: 'cancelled' })
      const waited = performance.now() - before
      await expect(classifier.classify([{ text: 'too late' }], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
      expect(waited).toBeLessThan(2000)
      expect(await classifier.classify([{ text: attack }])).toHaveLength(1)
    })

    it('says no once it is closed', async () => {
      const classifier = await started()
      await classifier.close()
      await expect(classifier.classify([{ text: attack }])).rejects.toMatchObject({ code: 'closed' })
      expect(classifier.state().on).toBe(false)
    })
  })
}

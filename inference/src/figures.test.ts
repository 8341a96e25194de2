import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figuresOf, type Judged } from './figures.ts'

const judged = fc.array(fc.record({ attack: fc.boolean(), score: fc.integer({ min: 0, max: 20 }).map((part) => part / 20) }), {
  maxLength: 60,
})

describe('figures of an evaluation', () => {
  it('are what counting every pair gives', () => {
    fc.assert(
      fc.property(judged, (rows) => {
        const attacks = rows.filter(({ attack }) => attack)
        const harmless = rows.filter(({ attack }) => !attack)
        const { auc } = figuresOf(rows, 0.5)
        if (attacks.length === 0 || harmless.length === 0) {
          expect(auc).toBeUndefined()
          return
        }
        const won = attacks.flatMap((one) => harmless.map((other) => (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0)))
        expect(auc).toBeCloseTo(won.reduce<number>((sum, part) => sum + part, 0) / won.length, 9)
      }),
    )
  })

  it('flag no more harmless texts than allowed where they speak of one in a hundred', () => {
    const harmless: readonly Judged[] = Array.from({ length: 200 }, (_, index) => ({ attack: false, score: index / 200 }))
    const attacks: readonly Judged[] = [0.1, 0.985, 0.99, 1].map((score) => ({ attack: true, score }))
    expect(figuresOf([...harmless, ...attacks], 0.5)).toMatchObject({ recallAt1Percent: 0.5, recall: 0.75, falsePositives: 0.5 })
  })
})

import { expect, test } from 'vitest'
import { figureText, figureWords } from './figure-text.ts'

test('figures of cards are shown as people write them', () => {
  expect([0.97514, 12, true, null, 'text'].map(figureText)).toEqual(['0.9751', '12', 'true', '–', 'text'])
  expect(figureText({ serving: 7, movedAgainst: 0 })).toBe('serving 7, moved against 0')
  expect(figureText({ deep: { deeper: { deepest: 'x'.repeat(500) } } })).toHaveLength(201)
  expect(figureWords('recallAt1PercentFalsePositives')).toBe('recall at 1 percent false positives')
})

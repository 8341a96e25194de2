import { expect, it } from 'vitest'
import { Vocabulary } from './vocabulary.ts'
import { readWords } from './word-keys.ts'

const vocabulary = new Vocabulary(['garden', '0000'])

it('knows a word in the plural, and a number by its own digits', () => {
  const { rows, keys, count } = readWords(vocabulary, 'Garden, gardens! 1203 1204', 6)
  expect(count).toBe(4)
  expect(rows).toEqual([1, 0, 2, 2, 0, 0])
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[3])
  expect(keys.slice(4)).toEqual([0, 0])
})

it('reads no further than it was told to', () => {
  expect(readWords(vocabulary, 'one two three four', 2).count).toBe(2)
  expect(readWords(vocabulary, '. '.repeat(100_000), 4)).toEqual({ rows: [0, 0, 0, 0], keys: [0, 0, 0, 0], count: 0 })
})

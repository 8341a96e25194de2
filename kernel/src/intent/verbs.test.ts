import fc from 'fast-check'
import { expect, it } from 'vitest'
import { VERB_WORDS } from './deeds.ts'
import { isCut, placesOfVerbs } from './verbs.ts'

const verbs = [...VERB_WORDS]
const pieces = fc.constantFrom(...verbs, 'sends', 'sending', 'récite', 'a', '7', '_', "'", '’', 'ß', '“', ' ', '.', '\n', '(', '🙂')

/** As the words of a request are found. */
function plain(text: string): readonly number[] {
  return [...text.matchAll(/[\p{L}\p{N}_'’]+/gu)].filter(([word]) => VERB_WORDS.has(word)).map(({ index }) => index)
}

it('misses no verb, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      expect(placesOfVerbs(text)).toEqual(expect.arrayContaining([...plain(text)]))
    }),
  )
})

it('finds verbs, not the words that hold them', () => {
  expect(placesOfVerbs('we oversend what you send; the sender_send sends')).toEqual([21])
  expect(placesOfVerbs(verbs.join(' '))).toHaveLength(verbs.length)
})

it('knows where a word goes on', () => {
  expect([0, 2, 4, 5].map((at) => isCut('abcd e', at))).toEqual([false, true, false, false])
})

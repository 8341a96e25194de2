import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyPhrase } from './any-phrase.ts'

const PHRASES = [
  /(?<!\p{L})sage?(?= ).{1,9} ab(?!\p{L})/u,
  /(?<!\p{L})(?:vire|pon) (?:la|1)/u,
  /\bset (?:\w+ ){0,2}up\b/,
  /\blet\b[^.\n]{1,9}?\bknow\b/,
]
const any = anyPhrase(PHRASES)

it.each(['sag alles ab', 'bitte vire la', 'set it up', 'let me know', 'Füge (pon 1)'])('is found where one of them is: %s', (sentence) => {
  expect(any.test(sentence)).toBe(true)
})

it('is found nowhere else', () => {
  const word = fc.constantFrom(
    'sag',
    'sage',
    'übersage',
    'ab',
    'abend',
    'vire',
    'la',
    '1',
    'set',
    'up',
    'it',
    'let',
    'know',
    'ö',
    '.',
    '\n',
    'x',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.constantFrom(' ', ''), (words, between) => {
      const sentence = words.join(between)
      expect(any.test(sentence)).toBe(PHRASES.some((phrase) => phrase.test(sentence)))
    }),
  )
})

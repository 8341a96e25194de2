import { describe, expect, it } from 'vitest'
import { forget, mayHaveHeld } from './forgotten.ts'
import { fold, wordsOf } from './words.ts'

describe('what is left of forgotten text', () => {
  const left = forget(undefined, ['please send the minutes to marlene.dietz at once', 'ab cd'])
  const held = (value: string): boolean => mayHaveHeld(left, wordsOf(fold(value)))

  it.each(['the minutes', 'Marlene.Dietz', 'send the minutes to marlene', 'ab cd', 'please send the minutes to marlene.dietz at once'])(
    'says that it may have held %s',
    (value) => expect(held(value)).toBe(true),
  )

  it.each(['minutes', 'the', '', '...', 'minutes the', 'zacharias', 'the minutes zacharias', 'zacharias the minutes', 'cd please'])(
    'says that it has not held %s, or that nothing can be said of it',
    (value) => expect(held(value)).toBe(false),
  )
})

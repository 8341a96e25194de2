import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withNewest } from './newest.ts'

it('keeps the newest, and leaves what it was given as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 12 }), fc.nat(), fc.integer({ min: 1, max: 8 }), (list, item, limit) => {
      const before = [...list]
      expect(withNewest(list, item, limit)).toEqual([...list, item].slice(-limit))
      expect(list).toEqual(before)
    }),
  )
})

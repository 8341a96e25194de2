import fc from 'fast-check'
import { expect, it } from 'vitest'
import { literalIndex } from './literal-index.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '-', 'é'), maxLength: 40 })
const literal = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 4 })

it('finds what looking for each literal at each place finds', () => {
  fc.assert(
    fc.property(fc.uniqueArray(literal, { minLength: 1, maxLength: 6 }), letters, (literals, text) => {
      const found: string[] = []
      literalIndex(literals).search(text, (number, start) => found.push(`${number} ${start}`))
      const expected = literals.flatMap((one, number) =>
        [...text].flatMap((_, start) => (text.toLowerCase().startsWith(one, start) ? [`${number} ${start}`] : [])),
      )
      expect(found.sort()).toEqual(expected.sort())
    }),
  )
})

it('refuses literals it could not find', () => {
  expect(() => literalIndex(['é'])).toThrow(RangeError)
})

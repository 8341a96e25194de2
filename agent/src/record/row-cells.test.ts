import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packRows, unpackRows } from './row-cells.ts'

const text = fc.string({ maxLength: 8 })
const row = fc.record(
  {
    seq: fc.nat(),
    at: fc.nat(),
    kind: text,
    length: fc.nat(),
    decision: fc.tuple(text, text, text, text, text),
    outcome: fc.tuple(text, text),
    drop: fc.record({ seqs: fc.array(fc.nat(), { maxLength: 4 }), reason: text }),
  },
  { requiredKeys: ['seq', 'at', 'kind', 'length'], noNullPrototype: true },
)

it('hands rows over as they are', () => {
  fc.assert(
    fc.property(fc.array(row.filter(({ decision, outcome }) => decision === undefined || outcome === undefined)), (rows) => {
      expect(unpackRows(structuredClone(packRows(rows)))).toEqual(rows)
    }),
  )
})

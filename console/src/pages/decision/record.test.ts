import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecord } from './record.ts'

describe('a recorded decision', () => {
  it('is read whatever its shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (decision, call, timing) => {
        const record = readRecord({ decision, call, timing, principal: decision })
        expect(Array.isArray(record.decision.reasons)).toBe(true)
        expect(typeof record.timing.total).toBe('number')
      }),
    )
  })

  it('never shows a record without a readable verdict as allowed', () => {
    expect(readRecord({ decision: { verdict: 'fine' } }).decision.verdict).toBe('deny')
    expect(readRecord({}).decision.verdict).toBe('deny')
  })

  it('never shows a source without a readable label as trusted', () => {
    const record = readRecord({ decision: { derivations: [{ arg: '/a', sources: [{ source: { id: 's1', integrity: 'root' } }] }] } })
    expect(record.decision.derivations[0]?.sources[0]?.source.integrity).toBe('untrusted')
    expect(record.decision.derivations[0]?.integrity).toBe('unknown')
  })

  it('caps long lists', () => {
    const record = readRecord({ decision: { effects: Array.from({ length: 5_000 }, () => ({ class: 'fs.read', target: '/x' })) } })
    expect(record.decision.effects.length).toBe(200)
  })
})

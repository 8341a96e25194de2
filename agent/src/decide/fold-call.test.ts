import fc from 'fast-check'
import type { JsonObject } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import { foldCall } from './fold-call.ts'

const call = (args: JsonObject) => ({ type: 'tool.call', callId: '1', tool: 't', args }) as const

describe('foldCall', () => {
  it('masks the secret and leaves the rest', () => {
    const finding = { detector: 'd', version: '1', kind: 'secret.token', score: 1, where: '/a/0', span: [4, 10], detail: '' } as const
    expect(foldCall(call({ a: ['key ABCDEF!'] }), [finding]).args).toEqual({ a: ['key [secret.token]!'] })
  })

  it('masks what overlaps once', () => {
    const finding = (start: number, end: number, kind: string) =>
      ({ detector: 'd', version: '1', kind, score: 1, where: '/a', span: [start, end], detail: '' }) as const
    const findings = [finding(4, 10, 'secret.one'), finding(6, 12, 'secret.two'), finding(4, 10, 'secret.three')]
    expect(foldCall(call({ a: 'key ABCDEFGH and more' }), findings).args).toEqual({ a: 'key [secret.one] and more' })
  })

  it('keeps what it records small, whatever came', () => {
    const folded = foldCall(call({ big: 'x'.repeat(1_000_000), many: Array.from({ length: 100_000 }, () => 1) }), [])
    expect(JSON.stringify(folded).length).toBeLessThan(20_000)
    let deep: JsonObject = {}
    for (let depth = 0; depth < 5000; depth += 1) deep = { deep }
    expect(JSON.stringify(foldCall(call(deep), [])).length).toBeLessThan(2000)
  })

  it('changes nothing that is small and holds no secret', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ maxLength: 20 }),
          fc.oneof(fc.string({ maxLength: 200 }), fc.integer(), fc.boolean(), fc.constant(null)),
          { maxKeys: 20, noNullPrototype: true },
        ),
        (args) => {
          expect(foldCall(call(args), []).args).toEqual(args)
        },
      ),
    )
  })
})

import { describe, expect, it } from 'vitest'
import type { DecisionSummary } from '../../api/types.ts'
import { arrive, merge } from './merge.ts'

const decision = (id: string): DecisionSummary => ({
  id,
  verdict: 'allow',
  title: id,
  policy: '',
  at: '2026-11-22T10:00:00.000Z',
  agent: 'a',
  hostname: 'h',
  session: 's',
  gate: 'mcp-stdio',
  app: 'x',
  user: 'u',
  tool: 't',
  server: '',
  effectClasses: [],
  micros: 1,
})
const ids = (list: readonly DecisionSummary[]) => list.map((one) => one.id)

describe('the live list', () => {
  it('puts what arrives in front, once', () => {
    expect(ids(arrive([decision('b')], [decision('d'), decision('c'), decision('d'), decision('b')]))).toEqual(['d', 'c', 'b'])
  })

  it('does not repeat what a later fetch brings too', () => {
    expect(ids(merge([decision('c'), decision('b')], [decision('b'), decision('a')]))).toEqual(['c', 'b', 'a'])
  })

  it('keeps the same list when nothing is new, so that nothing is drawn again', () => {
    const had = [decision('a')]
    expect(arrive(had, [decision('a')])).toBe(had)
  })
})

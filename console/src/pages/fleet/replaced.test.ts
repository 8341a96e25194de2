import { expect, it } from 'vitest'
import { replaced } from './replaced.ts'

const builtIn = { kind: 'policy', name: 'balanced', status: 'active', at: '2026-11-20T10:00:00.000Z' } as const
const published = { kind: 'policy', name: 'strict', status: 'active', at: '2026-11-20T11:00:00.000Z' } as const
const refused = { kind: 'policy', name: 'broken', status: 'refused', at: '2026-11-20T12:00:00.000Z' } as const

it('says of one policy only that it is in force', () => {
  const all = [published, builtIn, refused]
  expect(all.map((report) => replaced(report, all))).toEqual([false, true, false])
})

it('leaves what is in force alone when a later one was refused or rolled back', () => {
  expect(replaced(builtIn, [builtIn, refused, { ...published, status: 'rolled-back' }])).toBe(false)
})

it('keeps models of different names apart', () => {
  const calls = { ...builtIn, kind: 'model', name: 'alignment' } as const
  const texts = { ...published, kind: 'model', name: 'injection' } as const
  expect(replaced(calls, [calls, texts])).toBe(false)
  expect(replaced(calls, [calls, texts, { ...texts, name: 'alignment' }])).toBe(true)
})

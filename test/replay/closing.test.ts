import { expect, it } from 'vitest'
import { differences } from './compare-scorers.ts'
import { heldRows } from './held-rows.ts'
import { noSums } from './score.ts'

it('tells the last scoring of a suite that was held', () => {
  const log = [
    '## 2026-01-01T10:00 · aaa · held: one, two · every session',
    '| one (held) | 9 % | – |',
    '| two (held) | 8 % | – |',
    '| one, model m (held) | 7 % | – |',
    '## 2026-01-02T10:00 · bbb · held: two · every session',
    '| one (in suite) | 1 % | – |',
    '| two (held) | 6 % | – |',
  ].join('\n')
  expect([...heldRows(log)]).toEqual([
    ['one', { title: '2026-01-01T10:00 · aaa', cells: ['9 %', '–'] }],
    ['two', { title: '2026-01-02T10:00 · bbb', cells: ['6 %', '–'] }],
  ])
})

it('says where two scorers differ, and nothing where they do not', () => {
  const rate = (k: number, n: number): { k: number; n: number } => ({ k, n })
  const theirs = {
    asr_before: rate(2, 5),
    asr_after: rate(1, 5),
    asked: rate(1, 9),
    denied: rate(0, 9),
    benign_sessions_intact: rate(3, 4),
    uua_before: rate(2, 5),
    uua_after: rate(1, 5),
  }
  const ours = {
    ...noSums(),
    attacks: 3,
    succeeded: 1,
    succeededStill: 1,
    cleanCalls: 9,
    cleanAsked: 1,
    cleanIntact: 3,
    utility: 2,
    utilityStill: 1,
  }
  const reworded = { ...noSums(), attacks: 2, succeeded: 1 }
  const groups = new Map([
    ['bank', ours],
    ['bank, reworded', reworded],
  ])
  expect(differences(groups, { by: { suite: { bank: theirs } } })).toEqual([])
  expect(differences(groups, { by: { suite: { bank: { ...theirs, asked: rate(2, 9) } } } })).toEqual([
    'bank: asked 1, by the other scorer 2',
  ])
})

import { expect, it } from 'vitest'
import { lineUp, shown } from './line-up.ts'

const late = { id: 'late', expiresAt: '2026-11-20T10:02:00.000Z' }
const soon = { id: 'soon', expiresAt: '2026-11-20T10:01:00.000Z' }
const none = { chosen: undefined, held: undefined }

it('puts first what runs out first', () => {
  expect(lineUp([late, soon])).toEqual([soon, late])
  expect(shown(lineUp([late, soon]), none)).toBe(soon)
  expect(shown([], none)).toBeUndefined()
})

it('keeps a question in its place when a more pressing one comes, until it is answered or another is chosen', () => {
  const waiting = lineUp([late, soon])
  expect(shown(waiting, { chosen: undefined, held: 'late' })).toBe(late)
  expect(shown(waiting, { chosen: 'soon', held: 'late' })).toBe(soon)
  expect(shown([soon], { chosen: 'late', held: 'late' })).toBe(soon)
})

import { expect, it } from 'vitest'
import { newTraceParent, traceOf } from './trace-parent.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'

it.each([
  [`00-${TRACE}-b7ad6b7169203331-01`, TRACE],
  [`cc-${TRACE}-b7ad6b7169203331-01-what-later-versions-add`, TRACE],
  [`00-${TRACE}-b7ad6b7169203331-01-more`, undefined],
  [`ff-${TRACE}-b7ad6b7169203331-01`, undefined],
  [`00-${TRACE.toUpperCase()}-b7ad6b7169203331-01`, undefined],
  [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
  [`00-${TRACE}`, undefined],
  [7, undefined],
  [`00-${TRACE}-b7ad6b7169203331-01${'-a'.repeat(200)}`, undefined],
])('reads %j as the trace context says', (value, trace) => {
  expect(traceOf(value)).toBe(trace)
})

it('begins traces that others read', () => {
  const made = newTraceParent()
  expect(traceOf(made)).toBe(made.slice(3, 35))
  expect(newTraceParent()).not.toBe(made)
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventSplitter } from './stream-events.ts'

/** The bytes of the events, kept until all is read, as a call is that waits for its end. */
function cut(text: string, sizes: readonly number[], framing: 'sse' | 'ndjson' = 'sse'): string[] {
  const splitter = new EventSplitter(framing)
  const bytes = Buffer.from(text)
  const raw: Buffer[] = []
  // As a connection reads: into the same place again and again.
  const place = Buffer.alloc(64 * 1024)
  for (let at = 0, nth = 0; at < bytes.length; nth += 1) {
    const length = bytes.copy(place, 0, at, at + (sizes[nth % sizes.length] ?? place.length))
    at += length
    const piece = place.subarray(0, length)
    const joined = splitter.joined(piece)
    raw.push(...splitter.push(joined === piece ? Buffer.from(piece) : joined).map((event) => event.raw))
  }
  const last = splitter.end()
  return [...raw, ...(last === undefined ? [] : [last.raw])].map(String)
}

it('cuts short and long events alike, whatever the pieces, and changes none that it gave out', () => {
  const long = fc
    .tuple(fc.integer({ min: 1, max: 90_000 }), fc.constantFrom('a', 'b', 'é'))
    .map(([length, letter]) => letter.repeat(length))
  const event = fc.oneof(long, fc.string({ unit: fc.constantFrom('x', 'y', ' '), maxLength: 30 })).map((text) => `data: ${text}`)
  const sizes = fc.array(fc.oneof(fc.integer({ min: 500, max: 3000 }), fc.integer({ min: 3000, max: 65_000 })), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), fc.constantFrom('\n\n', '\r\n\r\n', '\r\r'), sizes, (events, end, pieces) => {
      const whole = events.map((one) => `${one}${end}`)
      expect(cut(whole.join(''), pieces).join('|') === whole.join('|')).toBe(true)
    }),
    { numRuns: 100 },
  )
  fc.assert(
    fc.property(fc.array(long, { maxLength: 6 }), sizes, (lines, pieces) => {
      const whole = lines.map((one) => `${one}\n`)
      expect(cut(whole.join(''), pieces, 'ndjson').join('|') === whole.join('|')).toBe(true)
    }),
    { numRuns: 50 },
  )
})

it('takes a long event in small pieces in a time that grows with its length alone', () => {
  const text = `data: ${'x'.repeat(8_000_000)}\n\n`
  const before = process.cpuUsage()
  expect(cut(text, [1000])).toHaveLength(1)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
})

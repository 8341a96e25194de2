import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FRAME, type Frame, FrameError, FrameReader } from './frame.ts'

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    if (at >= bytes.length) break
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  if (at < bytes.length) chunks.push(bytes.subarray(at))
  return chunks
}

describe('frames', () => {
  it('come out as they went in, however the stream was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.nat(), payload: fc.uint8Array({ maxLength: 200 }) }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (messages, sizes) => {
          const stream = Buffer.concat(messages.map(({ id, payload }) => encodeFrame(FRAME.observe, { id }, payload)))
          const seen: Frame[] = []
          const reader = new FrameReader()
          for (const chunk of cut(stream, sizes))
            reader.push(chunk, (frame) => seen.push({ ...frame, payload: Buffer.from(frame.payload) }))
          expect(seen.map(({ header, payload }) => [header.id, [...payload]])).toEqual(
            messages.map(({ id, payload }) => [id, [...payload]]),
          )
          expect(reader.held).toBe(0)
        },
      ),
    )
  })

  it('never let anything but frames or a FrameError out of arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const reader = new FrameReader(1000)
        try {
          reader.push(Buffer.from(bytes), (frame) => expect(typeof frame.header).toBe('object'))
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
      }),
    )
  })

  it('say the same whether their header is written as front-ends write it or otherwise', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(), { nil: undefined }), fc.constantFrom('host', 'server'), (id, from) => {
        const header = { ...(id === undefined ? {} : { id }), from }
        const seen: Frame[] = []
        const spaced = Buffer.from(JSON.stringify(header, null, 1))
        const bytes = Buffer.alloc(9 + spaced.length)
        bytes.writeUInt32BE(5 + spaced.length, 0)
        bytes.writeUInt8(FRAME.observe, 4)
        bytes.writeUInt32BE(spaced.length, 5)
        bytes.set(spaced, 9)
        const reader = new FrameReader()
        for (const chunk of [bytes, encodeFrame(FRAME.observe, header)]) reader.push(chunk, (frame) => seen.push(frame))
        expect(seen.map((frame) => frame.header)).toEqual([header, header])
      }),
    )
  })

  it('are refused by their claimed length, before anything is kept', () => {
    const reader = new FrameReader(100)
    const claim = Buffer.alloc(9)
    claim.writeUInt32BE(0xffffffff, 0)
    expect(() => reader.push(claim, () => undefined)).toThrow(FrameError)
    expect(reader.held).toBe(0)
  })

  it('refuse a header that is no object or whose id is no integer', () => {
    for (const header of ['[]', 'null', '"x"', '{"id":1.5}', '{"id":"1"}', '{']) {
      const bytes = Buffer.alloc(9 + header.length)
      bytes.writeUInt32BE(5 + header.length, 0)
      bytes.writeUInt32BE(header.length, 5)
      bytes.write(header, 9)
      expect(() => new FrameReader().push(bytes, () => undefined)).toThrow(FrameError)
    }
  })
})

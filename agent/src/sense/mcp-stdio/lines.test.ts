import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idAtEdge, LineReader } from './lines.ts'

function read(chunks: readonly Buffer[], cap: number): { lines: string[]; oversized: number[] } {
  const lines: string[] = []
  const oversized: number[] = []
  const reader = new LineReader(
    { line: (bytes) => lines.push(bytes.toString('latin1')), oversized: (_head, _tail, length) => oversized.push(length) },
    cap,
  )
  for (const chunk of chunks) reader.push(chunk)
  reader.end()
  return { lines, oversized }
}

describe('LineReader', () => {
  it('gives back every byte in order, however the stream was cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (bytes, sizes) => {
        const chunks: Buffer[] = []
        for (let at = 0, index = 0; at < bytes.length; index += 1) {
          const size = sizes[index % sizes.length] ?? 1
          chunks.push(Buffer.from(bytes.subarray(at, at + size)))
          at += size
        }
        const { lines, oversized } = read(chunks, 1000)
        expect(oversized).toEqual([])
        expect(lines.join('')).toBe(Buffer.from(bytes).toString('latin1'))
        for (const line of lines.slice(0, -1)) expect(line.endsWith('\n')).toBe(true)
      }),
    )
  })

  it('throws a giant line away without keeping it, and reads the next one', () => {
    const chunk = Buffer.alloc(65536, 'x')
    const lines: string[] = []
    let held = 0
    const reader = new LineReader(
      {
        line: (bytes) => lines.push(bytes.toString()),
        oversized: (head, tail, length) => {
          held = head.length + tail.length
          expect(length).toBe(65536 * 1600 + 5)
        },
      },
      1_000_000,
    )
    for (let count = 0; count < 1600; count += 1) reader.push(chunk)
    reader.push(Buffer.from('tail\nnext\n'))
    expect(held).toBeLessThanOrEqual(2048)
    expect(lines).toEqual(['next\n'])
  })

  it('takes a line of exactly the cap', () => {
    expect(read([Buffer.from('abcd\nabcde\n')], 5)).toEqual({ lines: ['abcd\n'], oversized: [6] })
  })
})

describe('idAtEdge', () => {
  it('finds an id only where it must be that of the message', () => {
    expect(idAtEdge(Buffer.from('{"jsonrpc":"2.0","id":5,"result":{'), Buffer.from(''))).toBe('5')
    expect(idAtEdge(Buffer.from('{"result":{"x'), Buffer.from('x"},"jsonrpc":"2.0","id":"a"}\n'))).toBe('"a"')
    expect(idAtEdge(Buffer.from('{"result":{"id":5,'), Buffer.from('"}}\n'))).toBeUndefined()
  })
})

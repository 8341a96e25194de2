import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { behindBridge } from '../../commands/mcp.ts'
import { EventReader } from '../event-reader.ts'
import { eventsOf } from './event-stream.ts'
import { messageFrom } from './messages.ts'
import { HeaderNames, headersFor } from './mirrored-headers.ts'

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) yield bytes.subarray(at, at + size)
    at += size
  }
}

describe('an event stream', () => {
  it('gives the same events however it was cut', async () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.integer({ min: 1, max: 7 })),
        async (events, end, sizes) => {
          const text = events.map((lines) => [': hi', ...lines.map((one) => `data: ${one}`), 'id: 1', '', ''].join(end)).join('')
          const seen: string[] = []
          for await (const event of eventsOf(cut(text, sizes), 100_000)) seen.push(event.data.toString())
          expect(seen).toEqual(events.map((lines) => lines.join('\n')))
        },
      ),
    )
  })

  it('is refused when an event grows beyond what is allowed', async () => {
    const read = async (): Promise<void> => {
      for await (const _event of eventsOf(cut(`data: ${'x'.repeat(5000)}\n`.repeat(3), [100]), 10_000)) continue
    }
    await expect(read()).rejects.toThrow(/too long/)
  })

  it('takes a long event in small pieces in a time that grows with its length alone', async () => {
    const text = `data: ${'x'.repeat(4_000_000)}\n\n`
    const before = process.cpuUsage()
    const sizes = Array.from({ length: 3000 }, () => 1400)
    let seen = 0
    for await (const event of eventsOf(cut(text, sizes), 5_000_000)) seen += event.data.length
    expect(seen).toBe(4_000_000)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
  })
})

it('keeps every byte of a stream and finds every event of it, wherever it is cut', () => {
  const piece = fc.constantFrom('data: ä', 'data:', 'event: x', ': c', 'id: 1', '\n', '\r', '\r\n', '\n\n', '\r\r')
  const least = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.from(pieces.join('')))
  const read = (chunks: readonly Buffer[]) => {
    const reader = new EventReader(10_000)
    const events = chunks.flatMap((chunk) => reader.push(chunk))
    return {
      bytes: Buffer.concat(events.map(({ raw }) => raw)),
      data: events.map(({ data }) => data.toString()).filter((text) => text !== ''),
    }
  }
  fc.assert(
    fc.property(least, (bytes) => {
      const whole = Buffer.concat([bytes, Buffer.from('\n\n')])
      const once = read([whole])
      expect(once.bytes).toEqual(whole)
      expect(read([...whole].map((byte) => Buffer.from([byte])))).toEqual(once)
    }),
    { numRuns: 2000 },
  )
})

it('never breaks on what is no message, and never makes more than one line of one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { line, isAnswer } = messageFrom(Buffer.from(text))
      expect(line.includes(10)).toBe(false)
      expect(typeof isAnswer).toBe('boolean')
    }),
  )
})

it('mirrors only for versions that ask for it, and only what a header can hold', () => {
  const names = new HeaderNames()
  names.learn({ tools: [{ name: 't', inputSchema: { properties: { a: { 'x-mcp-header': 'A' }, b: { 'x-mcp-header': 'no good' } } } }] })
  names.learn({ tools: [{ name: 'deep', inputSchema: { properties: { at: { properties: { b: { 'x-mcp-header': 'B' } } } } } }] })
  const call = (params: object) => messageFrom(Buffer.from(JSON.stringify({ id: 1, method: 'tools/call', params })))
  expect(headersFor(call({ name: 't', arguments: { a: 'x' } }), names)).toEqual({})
  const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }
  expect(headersFor(call({ name: 't', arguments: { a: 'x\r\ny: z', b: 'c' }, _meta: meta }), names)).toEqual({
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 't',
    'mcp-param-a': `=?base64?${Buffer.from('x\r\ny: z').toString('base64')}?=`,
  })
  expect(headersFor(call({ name: 'deep', arguments: { at: { b: 7 } }, _meta: meta }), names)).toMatchObject({ 'mcp-param-b': '7' })
  expect(headersFor(call({ name: 'deep', arguments: { at: 'no object' }, _meta: meta }), names)).not.toHaveProperty('mcp-param-b')
})

it('takes an address from its own options only', () => {
  const command = ['--server', 's', '--', 'npx', '--url', 'https://x.example']
  expect(behindBridge(command)).toBe(command)
  expect(behindBridge(['npx', 'srv', '--url', 'https://x.example'])).toHaveLength(4)
  const bridged = behindBridge(['--deadline', '300', '--url', 'https://x.example/mcp', '--header', 'A: b'])
  expect(bridged.slice(0, 5)).toEqual(['--deadline', '300', '--server', 'x.example', '--'])
  expect(bridged.slice(-4)).toEqual(['mcp-bridge', 'https://x.example/mcp', '--header', 'A: b'])
})

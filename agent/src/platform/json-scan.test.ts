import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scan } from './json-scan.ts'

const of = (text: string) => scan(Buffer.from(text))

describe('scan', () => {
  it('tells method and id of a request exactly as written', () => {
    expect(of('{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x"}}\n')).toEqual({
      shape: 'object',
      id: '7',
      method: 'tools/call',
    })
    expect(of('{"method":"a","id":"q\\"1"}')).toMatchObject({ id: '"q\\"1"' })
    expect(of('{"method":"a","id":12345678901234567890}')).toMatchObject({ id: '12345678901234567890' })
    expect(of('{"method":"a","id":null}').id).toBeUndefined()
    expect(of('{"method":"tools\\/call"}').method).toBe('tools/call')
    expect(of('{"\\u006dethod":"tools/call"}').method).toBe('tools/call')
  })

  it('is not misled by inner ids and methods', () => {
    expect(of('{"params":{"id":1,"method":"ping"},"method":"tools/call"}')).toEqual({ shape: 'object', method: 'tools/call' })
    expect(of('[{"method":"tools/call","id":1}]')).toEqual({ shape: 'array' })
  })

  it('agrees with JSON.parse about what JSON is', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', ' ', '\n', '\t'), (text, space) => {
        expect(of(space + text + space).problem).not.toBe('not-json')
      }),
    )
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '{', ':', '\\', 'x', '1'),
        (text, at, put) => {
          const spoilt = text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1)
          let valid = true
          try {
            JSON.parse(spoilt)
          } catch {
            valid = false
          }
          const seen = of(spoilt).problem
          // Stricter is allowed, laxer only for characters inside strings, which JSON.parse looks at later.
          if (seen === undefined && !valid) expect(spoilt).toMatch(/\\|[\u0000-\u001f]/)
          if (valid) expect(seen).not.toBe('not-json')
        },
      ),
    )
  })

  it('never throws on arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void scan(Buffer.from(bytes))))
  })

  it('finds a key that stands twice, however it is spelt', () => {
    expect(of('{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":1,"x":2}}}').duplicate).toBe('x')
    expect(of('{"id":1,"method":"tools/call","params":{"name":"a","n\\u0061me":"b"}}').duplicate).toBe('name')
    expect(of('{"id":1,"method":"tools/call","params":{"name":"a","NAME":"b"}}').duplicate).toBe('NAME')
    expect(of('{"id":1,"method":"tools/call","params":{"arguments":{"x":1,"X":2}}}').duplicate).toBeUndefined()
    expect(of('{"a":[{"b":1},{"b":2}]}').duplicate).toBeUndefined()
  })

  it('refuses an envelope that parsers would read differently', () => {
    expect(of('{"method":"ping","method":"tools/call"}').problem).toBe('ambiguous')
    expect(of('{"method":"ping","Method":"tools/call"}').problem).toBe('ambiguous')
    expect(of('{"METHOD":"tools/call","id":1}').problem).toBe('ambiguous')
  })

  it('stops at depth and at endless ids', () => {
    expect(of('['.repeat(100_000)).problem).toBe('too-deep')
    expect(of(`{"a":${'['.repeat(100_000)}`).problem).toBe('too-deep')
    expect(of(`{"id":"${'9'.repeat(5000)}","method":"tools/call"}`).problem).toBe('huge-id')
    expect(of(`{"id":${'9'.repeat(5000)},"method":"tools/call"}`).problem).toBe('huge-id')
  })

  it('keeps `__proto__` an ordinary key', () => {
    expect(of('{"__proto__":{"method":"ping"},"method":"tools/call","id":1}')).toEqual({ shape: 'object', method: 'tools/call', id: '1' })
  })
})

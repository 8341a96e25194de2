import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodeHex, decodePercent } from './encoding.ts'
import type { Json, JsonObject } from './json.ts'
import { LEAF_DEPTH, leavesOf, withoutPointers } from './leaves.ts'
import { hiddenCharacters, visible } from './visible.ts'

describe('leaves', () => {
  it('names every scalar by its pointer', () => {
    const { leaves, complete } = leavesOf({ a: [1, { 'b/c~': 'x' }], d: null, e: true })
    expect(leaves.map(({ pointer, text }) => [pointer, text])).toEqual([
      ['/a/0', '1'],
      ['/a/1/b~1c~0', 'x'],
    ])
    expect(complete).toBe(true)
  })

  it('says that it stopped on nesting of 100,000, without a stack overflow', () => {
    let value: Json = 'deep'
    for (let depth = 0; depth < 100_000; depth += 1) value = depth % 2 === 0 ? [value] : { a: value }
    expect(leavesOf(value).complete).toBe(false)
  })

  it('takes shallow arguments first, so that a flood cannot hide them', () => {
    const flood = Array.from({ length: 100_000 }, () => 'x')
    const { leaves, complete } = leavesOf({ flood: [flood], to: 'here' })
    expect(complete).toBe(false)
    expect(leaves.some(({ text }) => text === 'here')).toBe(true)
  })

  it('takes `__proto__` for a key like any other', () => {
    expect(leavesOf(JSON.parse('{"__proto__": {"x": "y"}, "constructor": "z"}')).leaves.map(({ text }) => text)).toEqual(['z', 'y'])
  })

  it('is total', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: LEAF_DEPTH / 8 }), (value) => {
        expect(leavesOf(value as Json).complete).toBe(true)
      }),
    )
  })

  it('removes exactly what a pointer names', () => {
    const args = JSON.parse('{"a": {"b": [1, 2]}, "c": "x", "__proto__": "p"}') as JsonObject
    expect(withoutPointers(args, ['/a/b/0', '/c'])).toEqual(JSON.parse('{"a": {"b": [2]}, "__proto__": "p"}'))
    expect(withoutPointers(args, ['/nothing/here'])).toEqual(args)
  })
})

describe('encodings', () => {
  it('round-trips text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(!/[\u0000-\u001F]/.test(text))
        const bytes = Buffer.from(text, 'utf8')
        expect(decodeBase64(bytes.toString('base64'))).toBe(text)
        expect(decodeBase64(bytes.toString('base64url'))).toBe(text)
        expect(decodeHex(bytes.toString('hex'))).toBe(text)
        if (encodeURIComponent(text).includes('%')) expect(decodePercent(encodeURIComponent(text))).toBe(text)
      }),
    )
  })
  it('never throws', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => [decodeBase64, decodeHex, decodePercent].map((decode) => decode(text)).length === 3,
      ),
    ))
})

describe('visible', () => {
  it('leaves nothing hidden', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hiddenCharacters(visible(text))).toEqual([])
      }),
    )
  })
  it('draws what it replaces', () => {
    expect(visible('a\u202Eb\u001B[0m\n\u{E0041}')).toBe('a‹U+202E›b‹U+001B›[0m ‹U+E0041›')
    expect(visible('long text', 5)).toBe('long…')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, CanonicalJsonError } from './canonical-json.ts'

describe('canonicalJson', () => {
  test('writes the example of RFC 8785, section 3.2.3', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"€$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  test('sorts keys by UTF-16 units, as RFC 8785, section 3.2.3, has it', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\ud83d\ude00': 'Emoji',
      '\u0080': 'Control',
      '\u00f6': 'Latin',
    }
    const order = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map((match) => match[1])
    expect(order).toEqual(['Carriage Return', 'One', 'Control', 'Latin', 'Euro Sign', 'Emoji', 'Hebrew'])
  })

  // Appendix B: the bits of a double and how it is written.
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, expected) => {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, BigInt(`0x${bits}`))
    expect(canonicalJson(view.getFloat64(0))).toBe(expected)
  })

  test('gives one text to every spelling of a value, and that text means the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.infiniteStream(fc.nat()), (value, randomness) => {
        const parsed = JSON.parse(JSON.stringify(value)) as unknown
        const text = canonicalJson(parsed)
        expect(canonicalJson(shuffled(parsed, randomness))).toBe(text)
        expect(JSON.parse(text)).toEqual(parsed)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  test('writes every value member by member and at once alike, with members left out, odd names and half characters', () => {
    const name = fc.oneof(
      fc.constantFrom('__proto__', 'toJSON', '10', '9', '', 'a', 'b', '\\ud800', 'z\ud800', 'at', 'v'),
      fc.string({ maxLength: 3 }),
    )
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(undefined, null, true, -0, 1e21, 0.1, Number.NaN, '\\ud800', '\ud800', 'é', '"'),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
      ),
    }))
    fc.assert(
      fc.property(value, (any) => {
        const spelled = spell(any)
        if (spelled === undefined) expect(() => canonicalJson(any)).toThrow(CanonicalJsonError)
        else expect(canonicalJson(any)).toBe(spelled)
      }),
      { numRuns: 2000 },
    )
  })

  test('sorts objects of any size alike', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 6 }), { minLength: 1, maxLength: 80, size: 'max' }), (keys) => {
        const value = Object.fromEntries(keys.map((key, index) => [key, index]))
        const pairs = keys.map((key, index) => [key, index] as const).sort(([left], [right]) => (left < right ? -1 : 1))
        expect(canonicalJson(value)).toBe(`{${pairs.map(([key, index]) => `${JSON.stringify(key)}:${index}`).join(',')}}`)
      }),
    )
  })

  test.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a lone surrogate', 'a\ud800b'],
    ['a lone surrogate in a key', { '\udfff': 1 }],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(2)],
    ['a map', new Map()],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalJsonError)
  })

  test('refuses depth and cycles before the stack does', () => {
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level += 1) deep = [deep]
    const cycle: Record<string, unknown> = {}
    cycle['self'] = cycle
    expect(() => canonicalJson(deep)).toThrow(/deeper than 256/)
    expect(() => canonicalJson(cycle)).toThrow(/deeper than 256/)
  })

  test('keeps hostile names as names, and leaves out what is undefined', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1},"constructor":2}'))).toBe('{"__proto__":{"a":1},"constructor":2}')
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
  })
})

function shuffled(value: unknown, randomness: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, randomness))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => ({
    key,
    member: shuffled(member, randomness),
    rank: Number(randomness.next().value),
  }))
  return Object.fromEntries(members.sort((left, right) => left.rank - right.rank).map(({ key, member }) => [key, member]))
}

/** The definition read out, one value at a time. Undefined for what has no canonical form. */
function spell(value: unknown): string | undefined {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? undefined : JSON.stringify(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value === 0 ? 0 : value) : undefined
  if (typeof value === 'boolean' || value === null) return String(value)
  if (typeof value !== 'object') return undefined
  const parts = Array.isArray(value)
    ? value.map((item: unknown) => spell(item))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, member]) => {
          const [name, text] = [spell(key), spell(member)]
          return name === undefined || text === undefined ? undefined : `${name}:${text}`
        })
  if (parts.includes(undefined)) return undefined
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`
}

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { entryHash, GENESIS_HASH, headSigningInput } from './chain.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { encodeText, fromHex, toHex } from './octets.ts'
import { type ChainEntry, type ChainFault, verifyChain } from './verify-chain.ts'

const EPOCH = 7

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

type Content = Readonly<Record<string, unknown>> & { readonly kind: string }

function chainOf(contents: readonly Content[], after: { seq: number; hash: Uint8Array } = { seq: 0, hash: GENESIS_HASH }): ChainEntry[] {
  const entries: ChainEntry[] = []
  let { seq, hash } = after
  for (const content of contents) {
    seq += 1
    const body = encodeText(canonicalJson({ v: 1, epoch: EPOCH, at: 1_000 + seq, ...content, seq }))
    const entry = { seq, previousHash: hash, hash: entryHash(hash, body, sha256), body, kind: content.kind }
    entries.push(entry)
    hash = entry.hash
  }
  return entries
}

const content = fc
  .oneof(
    fc.record({
      kind: fc.constant('state'),
      change: fc.string({ unit: 'binary' }),
      detail: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()),
    }),
    fc.record({
      kind: fc.constant('outcome'),
      decision: fc.uuid(),
      outcome: fc.constantFrom('released', 'blocked'),
      detail: fc.constant({}),
    }),
  )
  .filter((value) => !/\p{Surrogate}/u.test(JSON.stringify(value)))

const contents = fc.array(content, { minLength: 2, maxLength: 12 })

function faultOf(entries: Iterable<ChainEntry>, extra: object = {}): { fault: ChainFault; seq: number } | 'sound' {
  const report = verifyChain(entries, { sha256, epoch: EPOCH, ...extra })
  return report.ok ? 'sound' : { fault: report.fault, seq: report.seq }
}

describe('verifyChain', () => {
  test('accepts every chain made as it should be, from the start or from a trusted entry', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (list, pick) => {
        const entries = chainOf(list)
        const report = verifyChain(entries, { sha256, epoch: EPOCH })
        expect(report).toMatchObject({ ok: true, checked: list.length, dropped: 0, head: { seq: list.length, hash: entries.at(-1)?.hash } })
        const at = pick % entries.length
        const trusted = entries[at] as ChainEntry
        expect(faultOf(entries.slice(at + 1), { from: trusted })).toBe('sound')
      }),
    )
  })

  test('notices any one flipped bit of any body or hash, and names that entry or the next', () => {
    fc.assert(
      fc.property(contents, fc.nat(), fc.nat(), fc.constantFrom('body', 'hash', 'previousHash'), (list, pick, bit, part) => {
        const entries = chainOf(list)
        const at = pick % entries.length
        const entry = entries[at] as ChainEntry
        const bytes = Uint8Array.from(entry[part as 'hash'])
        const position = bit % (bytes.length * 8)
        bytes[position >> 3] = (bytes[position >> 3] ?? 0) ^ (1 << (position & 7))
        entries[at] = { ...entry, [part]: bytes }
        const found = faultOf(entries)
        expect(found).not.toBe('sound')
        expect((found as { seq: number }).seq).toBe(entry.seq)
      }),
    )
  })

  test('notices an entry taken out, put in twice or moved', () => {
    fc.assert(
      fc.property(contents, fc.nat(), fc.nat(), (list, one, other) => {
        const entries = chainOf(list)
        const at = one % entries.length
        expect(faultOf(entries.toSpliced(at, 1))).toEqual(at === entries.length - 1 ? 'sound' : { fault: 'gap', seq: at + 2 })
        expect(faultOf(entries.toSpliced(at, 0, entries[at] as ChainEntry))).toMatchObject({ fault: 'gap' })
        const to = other % entries.length
        if (to === at) return
        const moved = entries.toSpliced(at, 1).toSpliced(to, 0, entries[at] as ChainEntry)
        expect(faultOf(moved)).toMatchObject({ fault: 'gap' })
      }),
    )
  })

  test('a chain rewritten from some entry on is sound in itself, and a checkpoint shows it', () => {
    const before = chainOf([state('one'), state('two'), state('three')])
    const after = chainOf([state('one'), state('changed'), state('three')])
    const checkpoint = { v: 1 as const, epoch: EPOCH, seq: 3, hash: toHex(before[2]?.hash as Uint8Array) }
    expect(faultOf(after)).toBe('sound')
    expect(faultOf(before, { checkpoint })).toBe('sound')
    expect(faultOf(after, { checkpoint })).toEqual({ fault: 'forked', seq: 3 })
    expect(faultOf(before.slice(0, 2), { checkpoint })).toEqual({ fault: 'truncated', seq: 3 })
    expect(faultOf([], { checkpoint })).toEqual({ fault: 'truncated', seq: 1 })
  })

  test('a body may be gone when a later drop entry says so, and only then', () => {
    const entries = chainOf([state('a'), state('b'), state('c'), state('d'), drop(2, 3, 2), state('e')])
    const without = (...gone: number[]) => entries.map((entry) => (gone.includes(entry.seq) ? { ...entry, body: null } : entry))
    expect(verifyChain(without(2, 3), { sha256 })).toMatchObject({ ok: true, dropped: 2 })
    expect(verifyChain(without(3), { sha256 })).toMatchObject({ ok: true, dropped: 1 })
    expect(faultOf(without(2, 3, 4))).toEqual({ fault: 'missing-body', seq: 4 })
    expect(faultOf(without(1, 2))).toEqual({ fault: 'missing-body', seq: 1 })
    expect(faultOf(without(6))).toEqual({ fault: 'missing-body', seq: 6 })
  })

  test('a drop entry cannot speak for what comes after it', () => {
    const entries = chainOf([state('a'), drop(1, 99, 99), state('b')])
    expect(faultOf(entries.map((entry) => (entry.seq === 3 ? { ...entry, body: null } : entry)))).toEqual({ fault: 'missing-body', seq: 3 })
  })

  test('a body moved to another place or kept as another kind is named', () => {
    const [first] = chainOf([state('a')])
    const body = encodeText(canonicalJson({ v: 1, epoch: EPOCH, at: 1, seq: 9, kind: 'state' }))
    const elsewhere = { seq: 1, previousHash: GENESIS_HASH, body, hash: entryHash(GENESIS_HASH, body, sha256), kind: 'state' }
    expect(faultOf([elsewhere])).toEqual({ fault: 'wrong-body', seq: 1 })
    expect(faultOf([first as ChainEntry], { epoch: EPOCH + 1 })).toEqual({ fault: 'wrong-body', seq: 1 })
    expect(faultOf([{ ...(first as ChainEntry), kind: 'decision' }])).toEqual({ fault: 'wrong-kind', seq: 1 })
    const text = encodeText('not json')
    expect(faultOf([{ ...elsewhere, body: text, hash: entryHash(GENESIS_HASH, text, sha256) }])).toEqual({ fault: 'wrong-body', seq: 1 })
  })
})

test('the hash and what is signed are what the wire contract says, byte for byte', () => {
  const body = encodeText('{"a":1}')
  expect(toHex(entryHash(GENESIS_HASH, body, sha256))).toBe(createHash('sha256').update(Buffer.alloc(32)).update('{"a":1}').digest('hex'))
  const input = headSigningInput(258, 2 ** 40 + 1, new Uint8Array(32).fill(0xab))
  expect(Buffer.from(input).toString('latin1').slice(0, 14)).toBe('assize/head/v1')
  expect(toHex(input.slice(14, 30))).toBe('00000000000001020000010000000001')
  expect(toHex(input.slice(30))).toBe('ab'.repeat(32))
})

test('a checkpoint survives its file, and nothing else is taken for one', () => {
  fc.assert(
    fc.property(
      fc.record({ epoch: fc.maxSafeNat(), seq: fc.maxSafeNat(), hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex) }),
      (fields) => {
        const checkpoint = { v: 1 as const, ...fields }
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
      },
    ),
  )
  for (const text of [
    '',
    '{',
    '[]',
    '{"v":2}',
    `{"v":1,"epoch":1,"seq":1,"hash":"${'a'.repeat(63)}"}`,
    `{"v":1,"epoch":1,"seq":1,"hash":"${'a'.repeat(64)}","x":1}`,
    ' '.repeat(5000),
  ]) {
    expect(parseCheckpoint(text)).toBeUndefined()
  }
})

test('hex is read back, and only hex', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes)
    }),
  )
  expect(fromHex('abc')).toBeUndefined()
  expect(fromHex('zz')).toBeUndefined()
})

function state(change: string): Content {
  return { kind: 'state', change, detail: {} }
}

function drop(firstSeq: number, lastSeq: number, count: number): Content {
  return { kind: 'drop', firstSeq, lastSeq, count, reason: 'size' }
}

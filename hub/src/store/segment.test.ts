import { EntryKind } from '@assize/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEntry } from './entry.ts'
import { SampleChain } from './sample-chain.contract.ts'
import { type ChainHead, checkSegment, EMPTY_CHAIN } from './segment.ts'
import { decodeSegment } from './wire.ts'

const LENGTH = 12

function sampleChain(): SampleChain {
  const chain = new SampleChain()
  for (let count = 0; count < LENGTH; count++) chain.decide({ verdict: count % 4 === 0 ? 'deny' : 'allow' })
  return chain
}

/** Keeps what is checked, as an engine does, in memory. */
class Kept {
  head: ChainHead = EMPTY_CHAIN
  readonly bodies: string[] = []
  readonly hashes: Uint8Array[] = []

  take(message: Uint8Array, publicKey: Uint8Array): string {
    const segment = decodeSegment(message)
    if (segment === undefined) return 'malformed'
    const result = checkSegment(segment, { head: this.head, publicKey, storedHash: (seq) => this.hashes[seq - 1] })
    if (!result.ok) return result.code
    for (const entry of result.fresh) {
      this.bodies.push(Buffer.from(entry.body).toString('utf8'))
      this.hashes.push(entry.hash)
      this.head = { seq: entry.seq, hash: entry.hash }
    }
    return 'ok'
  }
}

const chain = sampleChain()
const original = chain.entries.map((entry) => Buffer.from(entry.body).toString('utf8'))
const ranges = fc
  .tuple(fc.integer({ min: 1, max: LENGTH }), fc.integer({ min: 0, max: LENGTH }))
  .map(([from, more]) => [from, Math.min(from + more, LENGTH)] as const)

describe('a chain in pieces', () => {
  it('ends as one, however it was cut, repeated or shuffled', () => {
    fc.assert(
      fc.property(fc.array(ranges, { maxLength: 20 }), (pieces) => {
        const kept = new Kept()
        for (const [from, to] of pieces) {
          const before = kept.head.seq
          const code = kept.take(chain.batch(from, to), chain.publicKey)
          expect(code).toBe(from > before + 1 ? 'gap' : 'ok')
          expect(kept.head.seq).toBe(code === 'ok' ? Math.max(before, to) : before)
        }
        kept.take(chain.batch(), chain.publicKey)
        expect(kept.bodies).toEqual(original)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps nothing that was changed on the way', () => {
    const message = chain.batch()
    fc.assert(
      fc.property(fc.nat({ max: message.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const spoiled = Uint8Array.from(message)
        spoiled[at] = (spoiled[at] ?? 0) ^ flip
        const kept = new Kept()
        kept.take(spoiled, chain.publicKey)
        // Only fields nothing relies on may change unnoticed; entries never do.
        expect(kept.bodies.length === 0 || JSON.stringify(kept.bodies) === JSON.stringify(original)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(new Kept().take(bytes, chain.publicKey)).not.toBe('ok')
      }),
      { numRuns: 500 },
    )
  })

  it('is refused under any other key', () => {
    expect(new Kept().take(chain.batch(), new SampleChain().publicKey)).toBe('bad-signature')
  })
})

describe("an entry's body", () => {
  const read = (body: string | Uint8Array, kind = 'decision') =>
    readEntry(
      { seq: 1, body: typeof body === 'string' ? new TextEncoder().encode(body) : body, kind, index: { id: 'a', verdict: 'deny' } },
      1,
    )
  const decision = (more: object = {}) => ({
    v: 1,
    epoch: 1,
    seq: 1,
    at: 5,
    kind: 'decision',
    id: 'a',
    decision: { verdict: 'deny', summary: 's' },
    ...more,
  })

  it('is read, with whatever is missing left empty', () => {
    expect(read(JSON.stringify(decision()))).toMatchObject({
      kind: 'decision',
      id: 'a',
      verdict: 'deny',
      title: 's',
      tool: '',
      effectClasses: [],
    })
    expect(read('{"v":1,"epoch":1,"seq":1,"at":5,"kind":"state"}', 'state')).toEqual({ kind: 'other' })
  })

  it.each([
    ['another seq', JSON.stringify(decision({ seq: 2 }))],
    ['another epoch', JSON.stringify(decision({ epoch: 2 }))],
    ['another kind', JSON.stringify(decision({ kind: 'outcome' }))],
    ['another id than its index', JSON.stringify(decision({ id: 'b' }))],
    ['an unknown verdict', JSON.stringify(decision({ decision: { verdict: 'fine' } }))],
    ['no time', JSON.stringify(decision({ at: 'now' }))],
    ['a time no number holds', JSON.stringify(decision()).replace('"at":5', '"at":1e999')],
    ['a line break that would forge a line of an export', `${JSON.stringify(decision())}\n`],
    ['a byte order mark', `\uFEFF${JSON.stringify(decision())}`],
    ['great depth', JSON.stringify(decision()).replace('"seq"', `"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"seq"`)],
    ['no object', '[]'],
    ['nothing', 'null'],
    ['broken UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('is refused with %s', (_what, body) => {
    expect(read(body)).toBeNull()
  })

  it('may hold any text without harm', () => {
    fc.assert(
      fc.property(fc.object(), fc.string(), (call, text) => {
        const result = read(
          JSON.stringify(
            decision({
              call: { tool: text, ...call },
              principal: call,
              decision: { verdict: 'deny', summary: text, effects: [call, { class: text }], reasons: [text, call] },
            }),
          ),
        )
        expect(result === null || result.kind === 'decision').toBe(true)
      }),
    )
  })

  it('of every kind the wire knows is kept', () => {
    const one = new SampleChain()
    for (const [kind, name] of [
      [EntryKind.STATE, 'state'],
      [EntryKind.OBSERVATION, 'observation'],
      [EntryKind.DROP, 'drop'],
    ] as const)
      one.add({ kind: name }, { kind, at: 1 })
    const kept = new Kept()
    expect(kept.take(one.batch(), one.publicKey)).toBe('ok')
    expect(kept.head.seq).toBe(3)
  })
})

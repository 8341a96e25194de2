import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Postings } from './postings.ts'
import { processorTime } from '../event/processor-time.fixture.ts'

/** What the index has to say, kept the plain way. */
function plain(entries: readonly (readonly [hash: number, view: number])[], hash: number, views: number): readonly number[] | undefined {
  const holding = [...new Set(entries.filter(([one]) => one === hash).map(([, view]) => view))]
  const [kept, cut] = [holding.slice(0, 32), holding[32]]
  return cut !== undefined && cut < views ? undefined : kept.filter((view) => view < views).reverse()
}

/** Few hashes, many views, some of them falling on the same place of any table. */
const hashes = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc.integer({ min: -0x80000000, max: 0x7fffffff }),
  fc.integer({ min: 0, max: 200 }).map((at) => inverse(at)),
)

/** A number that the table's spreading sends to the first slot, whatever its size. */
function inverse(at: number): number {
  return Math.imul(at, 0x0e8b2f51) | 0
}

it('tells the views that hold a hash, as of any time', () => {
  const views = fc.array(fc.uniqueArray(hashes, { maxLength: 60 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(views, fc.nat(60), (held, upTo) => {
      const postings = new Postings()
      const entries = held.flatMap((all, view) => all.map((hash) => [hash, view] as const))
      for (const [hash, view] of entries) {
        postings.add(hash, view)
        postings.add(hash, view)
      }
      for (const hash of new Set([...entries.map(([hash]) => hash), 7, 0x7fffffff]))
        for (const reach of [upTo, held.length]) expect(postings.viewsHolding(hash, reach)).toEqual(plain(entries, hash, reach))
    }),
  )
})

it('goes on from any time without a trace of what came later', () => {
  const views = fc.array(fc.uniqueArray(hashes, { maxLength: 60 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(views, views, fc.nat(50), (held, others, upTo) => {
      const before = held.slice(0, upTo)
      const entries = (all: readonly (readonly number[])[]) => all.flatMap((of, view) => of.map((hash) => [hash, view] as const))
      const original = new Postings()
      for (const [hash, view] of entries(held)) original.add(hash, view)
      const [copy, fresh] = [original.upTo(before.length), new Postings()]
      const expected = entries([...before, ...others])
      for (const [hash, view] of expected) {
        fresh.add(hash, view)
        if (view >= before.length) copy.add(hash, view)
      }
      for (const hash of new Set([...entries(held), ...expected].map(([one]) => one))) {
        for (const reach of [before.length, before.length + others.length])
          expect(copy.viewsHolding(hash, reach)).toEqual(fresh.viewsHolding(hash, reach))
        expect(original.viewsHolding(hash, held.length)).toEqual(plain(entries(held), hash, held.length))
      }
    }),
  )
})

it('takes no longer for hashes that all belong into one place', () => {
  const timed = (hash: (at: number) => number): number => {
    const start = processorTime()
    const postings = new Postings()
    for (let at = 0; at < 60_000; at += 1) postings.add(hash(at), at >> 8)
    let found = 0
    for (let at = 0; at < 60_000; at += 1) found += postings.viewsHolding(hash(at), 512)?.length ?? 0
    const took = processorTime() - start
    expect(found).toBe(60_000)
    return took
  }
  timed((at) => Math.imul(at, 0x85ebca6b))
  expect(timed(inverse)).toBeLessThan(20 * timed((at) => Math.imul(at, 0x85ebca6b)) + 200)
})

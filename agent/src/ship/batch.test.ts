import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { entryHash, GENESIS_HASH, headSigningInput } from '@assize/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeBatch } from './batch.ts'
import type { ShippableEntry } from './entry-source.ts'

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signHead = (bytes: Uint8Array) => sign('sha256', bytes, keys.privateKey)

it('is nothing when there is nothing to ship', () => {
  expect(makeBatch(1, [], signHead)).toBeUndefined()
})

it('declares exactly the bodies that are missing, and is signed at its head', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('kept', 'size', 'age'), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (fates, first) => {
        const entries = chain(fates, first)
        const batch = makeBatch(7, entries, signHead)
        expect(batch?.entries.length).toBe(Math.min(fates.length, 256))
        const shipped = batch?.entries ?? []
        const declared = new Map(
          (batch?.dropped ?? []).flatMap((range) =>
            Array.from({ length: range.count }, (_, index) => [range.firstSeq + index, range.reason] as const),
          ),
        )
        expect([...declared]).toEqual(shipped.filter((entry) => !entry.body).map((entry) => [entry.seq, entry.dropped]))
        for (const range of batch?.dropped ?? []) expect(range.lastSeq - range.firstSeq + 1).toBe(range.count)
        const last = shipped.at(-1)
        expect(last && batch && verify('sha256', headSigningInput(7, last.seq, last.hash), keys.publicKey, batch.headSignature)).toBe(true)
      },
    ),
    { numRuns: 50 },
  )
})

function chain(fates: readonly string[], first: number): readonly ShippableEntry[] {
  let previousHash = GENESIS_HASH
  return fates.map((fate, index) => {
    const bytes = Buffer.from(JSON.stringify({ kind: 'state', seq: first + index }))
    const hash = entryHash(previousHash, bytes, (value) => createHash('sha256').update(value).digest())
    const entry = {
      seq: first + index,
      kind: 'state' as const,
      at: 1,
      previousHash,
      hash,
      body: fate === 'kept' ? bytes : undefined,
      dropped: fate === 'kept' ? undefined : fate,
    }
    previousHash = hash
    return entry
  })
}

import { wordsOf } from './words.ts'

/**
 * What is left of untrusted text that had to make room: a Bloom filter of its pairs of neighbouring words and its long words. It can only say too
 * often that something was there, so forgetting makes decisions stricter, never laxer.
 */
export interface Forgotten {
  readonly bits: Uint32Array
  /** Values put in; beyond `SATURATED` the filter is full and everything counts as seen. */
  readonly count: number
}

/** 512 KiB. */
const WORDS32 = 131_072
const BIT_COUNT = WORDS32 * 32
const PROBES = 3
const SATURATED = 800_000

export function forget(before: Forgotten | undefined, texts: Iterable<string>): Forgotten {
  const bits = before === undefined ? new Uint32Array(WORDS32) : before.bits.slice()
  let count = before?.count ?? 0
  for (const folded of texts) {
    for (const hash of keysOf(folded)) {
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = bitOf(hash, probe)
        bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31))
      }
      count += 1
    }
  }
  return { bits, count }
}

/** Whether the value may have stood in forgotten text. */
export function mayHaveHeld(forgotten: Forgotten, folded: string): boolean {
  if (forgotten.count > SATURATED) return true
  const keys = keysOf(folded.length > 4096 ? folded.slice(0, 4096) : folded)
  return keys.length > 0 && keys.every((hash) => hasAllBits(forgotten, hash))
}

function hasAllBits(forgotten: Forgotten, hash: number): boolean {
  for (let probe = 0; probe < PROBES; probe += 1) if (!hasBit(forgotten, bitOf(hash, probe))) return false
  return true
}

/** A single common word says nothing: pairs of neighbours, and words long enough to be names of their own. */
function keysOf(folded: string): readonly number[] {
  const { hashes, starts, ends } = wordsOf(folded)
  const keys: number[] = []
  for (let index = 0; index + 2 <= hashes.length; index += 1)
    keys.push(Math.imul((hashes[index] as number) ^ 0x5bd1e995, 0x85ebca6b) ^ (hashes[index + 1] as number))
  for (let index = 0; index < hashes.length; index += 1)
    if ((ends[index] as number) - (starts[index] as number) >= 8) keys.push(hashes[index] as number)
  return keys
}

function bitOf(hash: number, probe: number): number {
  let mixed = Math.imul((hash ^ (probe * 0x9e3779b9)) >>> 0, 0xc2b2ae35)
  mixed ^= mixed >>> 15
  return (mixed >>> 0) % BIT_COUNT
}

function hasBit(forgotten: Forgotten, bit: number): boolean {
  return ((forgotten.bits[bit >>> 5] as number) & (1 << (bit & 31))) !== 0
}

import { type Words, wordsOf } from './words.ts'

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

/** Whether a value of these words may have stood in forgotten text. */
export function mayHaveHeld(forgotten: Forgotten, { hashes, starts, ends }: Words): boolean {
  if (forgotten.count > SATURATED) return true
  let any = false
  // Most values were in no text: the first key that is missing says so.
  for (let index = 0; index < hashes.length; index += 1) {
    if (isLong(starts, ends, index)) {
      if (!hasAllBits(forgotten, hashes[index] as number)) return false
      any = true
    }
    if (index + 2 > hashes.length) break
    if (!hasAllBits(forgotten, pairAt(hashes, index))) return false
    any = true
  }
  return any
}

function hasAllBits(forgotten: Forgotten, hash: number): boolean {
  for (let probe = 0; probe < PROBES; probe += 1) if (!hasBit(forgotten, bitOf(hash, probe))) return false
  return true
}

/** A single common word says nothing: pairs of neighbours, and words long enough to be names of their own. */
function keysOf(folded: string): readonly number[] {
  const { hashes, starts, ends } = wordsOf(folded)
  const keys: number[] = []
  for (let index = 0; index + 2 <= hashes.length; index += 1) keys.push(pairAt(hashes, index))
  for (let index = 0; index < hashes.length; index += 1) if (isLong(starts, ends, index)) keys.push(hashes[index] as number)
  return keys
}

function pairAt(hashes: readonly number[], index: number): number {
  return Math.imul((hashes[index] as number) ^ 0x5bd1e995, 0x85ebca6b) ^ (hashes[index + 1] as number)
}

function isLong(starts: readonly number[], ends: readonly number[], index: number): boolean {
  return (ends[index] as number) - (starts[index] as number) >= 8
}

function bitOf(hash: number, probe: number): number {
  let mixed = Math.imul((hash ^ (probe * 0x9e3779b9)) >>> 0, 0xc2b2ae35)
  mixed ^= mixed >>> 15
  return (mixed >>> 0) % BIT_COUNT
}

function hasBit(forgotten: Forgotten, bit: number): boolean {
  return ((forgotten.bits[bit >>> 5] as number) & (1 << (bit & 31))) !== 0
}

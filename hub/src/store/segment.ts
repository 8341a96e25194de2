import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { GENESIS_HASH, headSigningInput } from '@assize/kernel'
import type { AppendRefusal } from './append.ts'
import { type EntryFacts, readEntry } from './entry.ts'

/** A run of an agent's chain, checked link by link before any engine keeps it. */
export interface Segment {
  readonly epoch: number
  readonly entries: readonly SegmentEntry[]
  readonly headSignature: Uint8Array
  readonly dropped: readonly { readonly first: number; readonly last: number }[]
}

export interface SegmentEntry {
  readonly seq: number
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
  /** Empty when it was given up; a declared drop must cover it then. */
  readonly body: Uint8Array
  readonly kind: string
  readonly index: { readonly id: string; readonly verdict: string } | undefined
}

/** Where the stored chain ends. */
export interface ChainHead {
  readonly seq: number
  readonly hash: Uint8Array
}

export interface CheckedEntry {
  readonly seq: number
  readonly hash: Uint8Array
  readonly body: Uint8Array
  /** Undefined when the body was dropped. */
  readonly facts: EntryFacts | undefined
}

export type SegmentResult =
  | { readonly ok: true; readonly fresh: readonly CheckedEntry[]; readonly duplicates: number }
  | { readonly ok: false; readonly code: AppendRefusal; readonly detail: string }

export interface SegmentCheck {
  readonly head: ChainHead
  /** The agent's key, SPKI DER. */
  readonly publicKey: Uint8Array
  /** Hash held at a seq that is not beyond the head. */
  storedHash(seq: number): Uint8Array | undefined
}

export const MOST_ENTRIES = 5000
export const MOST_BODY_BYTES = 1024 * 1024
export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS_HASH }

/** Checks order, links, hashes, the head's signature, drops and bodies. Whatever is wrong, nothing of the segment counts. */
export function checkSegment(segment: Segment, check: SegmentCheck): SegmentResult {
  const { entries } = segment
  const first = entries[0]
  const last = entries.at(-1)
  if (first === undefined || last === undefined || segment.epoch < 1) return refuse('malformed', 'the batch has no entries or no epoch')
  if (entries.length > MOST_ENTRIES)
    return refuse('too-large', `the batch has ${entries.length} entries; at most ${MOST_ENTRIES} are accepted`)
  if (first.seq > check.head.seq + 1) return refuse('gap', `the batch starts at ${first.seq} but the hub holds up to ${check.head.seq}`)
  if (!isSigned(segment, last, check.publicKey))
    return refuse('bad-signature', `the head of the batch at ${last.seq} is not signed with the agent's key`)
  return checkEntries(segment, check)
}

function checkEntries(segment: Segment, check: SegmentCheck): SegmentResult {
  const fresh: CheckedEntry[] = []
  let duplicates = 0
  let previous: SegmentEntry | undefined
  for (const entry of segment.entries) {
    const wrong = checkLink(entry, previous, check) ?? checkHash(entry, segment)
    if (wrong !== undefined) return wrong
    previous = entry
    if (entry.seq <= check.head.seq) {
      duplicates++
      continue
    }
    const facts = entry.body.length === 0 ? undefined : readEntry(entry, segment.epoch)
    if (facts === null) return refuse('body-mismatch', `the body of entry ${entry.seq} does not say what its envelope says`)
    fresh.push({ seq: entry.seq, hash: entry.hash, body: entry.body, facts })
  }
  return { ok: true, fresh, duplicates }
}

function checkLink(entry: SegmentEntry, previous: SegmentEntry | undefined, check: SegmentCheck): SegmentResult | undefined {
  if (entry.hash.length !== 32 || entry.previousHash.length !== 32 || entry.seq < 1)
    return refuse('malformed', 'an entry has no position or hashes of the wrong length')
  if (previous !== undefined && entry.seq !== previous.seq + 1)
    return refuse('gap', `entry ${entry.seq} follows entry ${previous.seq} in one batch`)
  if (previous !== undefined && !equal(entry.previousHash, previous.hash))
    return refuse('broken-link', `entry ${entry.seq} does not link to the one before it`)
  if (entry.seq <= check.head.seq) {
    const stored = check.storedHash(entry.seq)
    if (stored === undefined || !equal(stored, entry.hash)) return refuse('fork', `entry ${entry.seq} differs from the one the hub holds`)
    return undefined
  }
  if (entry.seq === check.head.seq + 1 && !equal(entry.previousHash, check.head.hash))
    return refuse('fork', `entry ${entry.seq} does not continue the chain the hub holds`)
  return undefined
}

function checkHash(entry: SegmentEntry, segment: Segment): SegmentResult | undefined {
  if (entry.body.length > MOST_BODY_BYTES)
    return refuse('too-large', `entry ${entry.seq} has ${entry.body.length} bytes; at most ${MOST_BODY_BYTES} are accepted`)
  if (entry.body.length === 0) {
    const declared = segment.dropped.some((range) => range.first <= entry.seq && entry.seq <= range.last)
    return declared ? undefined : refuse('undeclared-drop', `entry ${entry.seq} has no body and no drop declares it`)
  }
  return equal(linkHash(entry), entry.hash) ? undefined : refuse('wrong-hash', `the hash of entry ${entry.seq} does not match its body`)
}

/** Where previous hash and body are laid side by side: one call over both costs half of three. */
let beside = Buffer.alloc(64 * 1024)

function linkHash({ previousHash, body }: SegmentEntry): Buffer {
  const length = previousHash.length + body.length
  if (length > beside.length) beside = Buffer.alloc(Math.max(length, beside.length * 2))
  beside.set(previousHash, 0)
  beside.set(body, previousHash.length)
  return hash('sha256', beside.subarray(0, length), 'buffer')
}

function isSigned(segment: Segment, last: SegmentEntry, publicKey: Uint8Array): boolean {
  if (segment.headSignature.length === 0 || segment.headSignature.length > 200) return false
  const key = keyOf(publicKey)
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  try {
    return verify(algorithm, headSigningInput(segment.epoch, last.seq, last.hash), key, segment.headSignature)
  } catch {
    return false
  }
}

const keys = new Map<string, KeyObject>()

function keyOf(spki: Uint8Array): KeyObject {
  const name = Buffer.from(spki).toString('base64')
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  if (keys.size >= 2000) keys.clear()
  keys.set(name, key)
  return key
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}

function refuse(code: AppendRefusal, detail: string): SegmentResult {
  return { ok: false, code, detail }
}

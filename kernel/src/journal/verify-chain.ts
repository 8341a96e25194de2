import { entryHash, GENESIS_HASH } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { decodeText, sameOctets, type Sha256, toHex } from './octets.ts'

/** One row of a journal. */
export interface ChainEntry {
  readonly seq: number
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
  /** Canonical JSON in UTF-8; null when the body was given up and only its hash is left. */
  readonly body: Uint8Array | null
  /** The kind as kept beside the body, where it is. */
  readonly kind?: string
}

export interface ChainExpectations {
  readonly sha256: Sha256
  /** Epoch every body must name. */
  readonly epoch?: number
  /** Last entry that is already trusted; absent: the chain must start at seq 1. */
  readonly from?: { readonly seq: number; readonly hash: Uint8Array }
  /** The chain must reach it and agree with it. */
  readonly checkpoint?: Checkpoint
}

export type ChainFault =
  /** A seq is missing or out of order. */
  | 'gap'
  /** The entry does not continue the one before. */
  | 'wrong-previous'
  /** Body and hash do not belong together: one was changed. */
  | 'wrong-hash'
  /** The body is not the entry the row says it is. */
  | 'wrong-body'
  /** The kind beside the body is another than in it. */
  | 'wrong-kind'
  /** The body is gone and no drop entry says so. */
  | 'missing-body'
  /** The chain ends before the checkpoint. */
  | 'truncated'
  /** The checkpoint saw another entry at this seq: history was rewritten. */
  | 'forked'

export type ChainReport =
  | {
      readonly ok: true
      readonly checked: number
      readonly dropped: number
      readonly head: { readonly seq: number; readonly hash: Uint8Array }
    }
  | { readonly ok: false; readonly checked: number; readonly seq: number; readonly fault: ChainFault; readonly detail: string }

interface SeqRange {
  readonly first: number
  readonly last: number
}

/** What is known while walking. */
interface Walk {
  seq: number
  hash: Uint8Array
  checked: number
  /** Runs of entries without a body, ascending. */
  readonly missing: SeqRange[]
  /** What drop entries declared, each about entries before itself. */
  readonly declared: SeqRange[]
}

/** Walks the chain and names the first bad entry. Reads each entry once and keeps none. */
export function verifyChain(entries: Iterable<ChainEntry>, expected: ChainExpectations): ChainReport {
  const start = expected.from ?? { seq: 0, hash: GENESIS_HASH }
  const walk: Walk = { seq: start.seq, hash: start.hash, checked: 0, missing: [], declared: [] }
  for (const entry of entries) {
    const fault = faultOf(entry, walk, expected) ?? forkOf(entry, expected)
    if (fault) return { ok: false, checked: walk.checked, seq: Math.max(entry.seq, walk.seq + 1), ...fault }
    walk.seq = entry.seq
    walk.hash = entry.hash
    walk.checked += 1
  }
  return endOf(walk, expected)
}

interface Fault {
  readonly fault: ChainFault
  readonly detail: string
}

function faultOf(entry: ChainEntry, walk: Walk, expected: ChainExpectations): Fault | undefined {
  if (entry.seq !== walk.seq + 1) return { fault: 'gap', detail: `entry ${walk.seq + 1} should follow, entry ${entry.seq} does` }
  if (!sameOctets(entry.previousHash, walk.hash)) return { fault: 'wrong-previous', detail: 'it does not continue the entry before' }
  if (entry.body === null) {
    noteMissing(entry.seq, walk.missing)
    return entry.hash.length === 32 ? undefined : { fault: 'wrong-hash', detail: 'its hash is not 32 bytes' }
  }
  if (!sameOctets(entry.hash, entryHash(walk.hash, entry.body, expected.sha256))) {
    return { fault: 'wrong-hash', detail: 'its content or its hash was changed' }
  }
  return bodyFault(entry, entry.body, { walk, epoch: expected.epoch })
}

function bodyFault(entry: ChainEntry, bytes: Uint8Array, { walk, epoch }: { walk: Walk; epoch: number | undefined }): Fault | undefined {
  const body = readBody(bytes)
  if (!body || body['seq'] !== entry.seq || (epoch !== undefined && body['epoch'] !== epoch)) {
    return { fault: 'wrong-body', detail: 'its content belongs to another place in the journal' }
  }
  if (entry.kind !== undefined && body['kind'] !== entry.kind) {
    return { fault: 'wrong-kind', detail: `it is kept as ${entry.kind} and says ${String(body['kind'])}` }
  }
  if (body['kind'] === 'drop')
    walk.declared.push({ first: Number(body['firstSeq']), last: Math.min(Number(body['lastSeq']), entry.seq - 1) })
  return undefined
}

function readBody(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(decodeText(bytes) ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function noteMissing(seq: number, missing: SeqRange[]): void {
  const last = missing.at(-1)
  if (last && last.last === seq - 1) missing[missing.length - 1] = { first: last.first, last: seq }
  else missing.push({ first: seq, last: seq })
}

function forkOf(entry: ChainEntry, { checkpoint }: ChainExpectations): Fault | undefined {
  if (!checkpoint || checkpoint.seq !== entry.seq || checkpoint.hash === toHex(entry.hash)) return undefined
  return { fault: 'forked', detail: 'the checkpoint saw another entry here: the journal was rewritten' }
}

function endOf(walk: Walk, { checkpoint }: ChainExpectations): ChainReport {
  const undeclared = firstUndeclared(walk.missing, walk.declared)
  if (undeclared !== undefined) {
    return {
      ok: false,
      checked: walk.checked,
      seq: undeclared,
      fault: 'missing-body',
      detail: 'its content is gone and no drop entry says so',
    }
  }
  if (checkpoint && checkpoint.seq > walk.seq) {
    const detail = `the checkpoint saw entry ${checkpoint.seq}, the journal ends at ${walk.seq}: its tail was cut off`
    return { ok: false, checked: walk.checked, seq: walk.seq + 1, fault: 'truncated', detail }
  }
  const dropped = walk.missing.reduce((sum, range) => sum + range.last - range.first + 1, 0)
  return { ok: true, checked: walk.checked, dropped, head: { seq: walk.seq, hash: walk.hash } }
}

/** First seq of `missing` that no declared range covers. */
function firstUndeclared(missing: readonly SeqRange[], declared: readonly SeqRange[]): number | undefined {
  const ranges = [...declared].sort((left, right) => left.first - right.first)
  let index = 0
  let covered = 0
  for (const range of missing) {
    let seq = range.first
    while (seq <= range.last) {
      for (; index < ranges.length && (ranges[index]?.first ?? 0) <= seq; index += 1) covered = Math.max(covered, ranges[index]?.last ?? 0)
      if (covered < seq) return seq
      seq = covered + 1
    }
  }
  return undefined
}

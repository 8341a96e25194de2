import { fromBinary } from '@bufbuild/protobuf'
import { EntryKind, type JournalEntry, TelemetryRequestSchema, Verdict } from '@assize/proto'
import type { Segment, SegmentEntry } from './segment.ts'

const KINDS: Readonly<Record<number, string>> = {
  [EntryKind.DECISION]: 'decision',
  [EntryKind.OUTCOME]: 'outcome',
  [EntryKind.OBSERVATION]: 'observation',
  [EntryKind.STATE]: 'state',
  [EntryKind.DROP]: 'drop',
}
const VERDICTS: Readonly<Record<number, string>> = {
  [Verdict.ALLOW]: 'allow',
  [Verdict.REDACT]: 'redact',
  [Verdict.ASK]: 'ask',
  [Verdict.DENY]: 'deny',
  [Verdict.QUARANTINE]: 'quarantine',
}

/** Decodes a batch. Undefined when the bytes are not one, or speak of positions no journal can have. */
export function decodeSegment(message: Uint8Array): Segment | undefined {
  try {
    const request = fromBinary(TelemetryRequestSchema, message)
    if (request.message.case !== 'batch') return undefined
    const batch = request.message.value
    return {
      epoch: position(batch.epoch),
      entries: batch.entries.map(entryOf),
      headSignature: batch.headSignature,
      dropped: batch.dropped.map((range) => ({ first: position(range.firstSeq), last: position(range.lastSeq) })),
    }
  } catch {
    return undefined
  }
}

function entryOf(entry: JournalEntry): SegmentEntry {
  return {
    seq: position(entry.seq),
    previousHash: entry.previousHash,
    hash: entry.hash,
    body: entry.body,
    kind: KINDS[entry.kind] ?? '',
    index: entry.decision === undefined ? undefined : { id: entry.decision.decisionId, verdict: VERDICTS[entry.decision.verdict] ?? '' },
  }
}

function position(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('position')
  return Number(value)
}

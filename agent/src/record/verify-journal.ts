import { hash, timingSafeEqual } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { entryHash } from '@assize/kernel'
import { JournalReader } from './journal-reader.ts'
import type { DropEntry, StoredEntry, Verification } from './journal.ts'

const STEP_BYTES = 512 * 1024

/** A point of the journal known from elsewhere, such as the hub: the chain must pass through it. */
export interface Checkpoint {
  readonly epoch: number
  readonly seq: number
  /** Lower-case hex. */
  readonly hash: string
}

export interface VerifyOptions {
  readonly checkpoint?: Checkpoint
  readonly signal?: AbortSignal
}

/** Checks the journal at `path` while the agent may be writing to it. Never changes anything. */
export async function verifyJournal(path: string, options: VerifyOptions = {}): Promise<Verification> {
  const reader = new JournalReader(path)
  try {
    return await verifyChainOf(reader, options)
  } finally {
    reader.close()
  }
}

async function verifyChainOf(reader: JournalReader, options: VerifyOptions): Promise<Verification> {
  const epoch = Number(reader.meta('epoch') ?? 0)
  const declared = declaredDrops(reader)
  const start = Number(reader.meta('pruned_seq') ?? 0)
  const end = reader.lastSeq()
  const walk = { epoch, declared, seq: start, hash: reader.hashOf(start), dropped: 0 }
  const bad = (seq: number, reason: string, detail: string): Verification => ({ ok: false, epoch, seq, reason, detail })
  const acked = Number(reader.meta('acked') ?? 0)
  if (acked > end) return bad(end + 1, 'truncated', `The hub has acknowledged entry ${acked}, but the journal ends at ${end}.`)
  while (walk.seq < end) {
    options.signal?.throwIfAborted()
    const entries = reader.readAfter(walk.seq, STEP_BYTES)
    if (entries.length === 0) break
    for (const entry of entries) {
      const problem = check(walk, entry)
      if (problem) return bad(problem.seq, problem.reason, problem.detail)
      if (options.checkpoint?.epoch === epoch && options.checkpoint.seq === entry.seq && options.checkpoint.hash !== hex(entry.hash)) return bad(entry.seq, 'checkpoint', `Entry ${entry.seq} is not the one the checkpoint vouches for.`)
    }
    await nextTurn()
  }
  if (options.checkpoint && options.checkpoint.epoch === epoch && options.checkpoint.seq > end) return bad(end + 1, 'truncated', `The checkpoint vouches for entry ${options.checkpoint.seq}, but the journal ends at ${end}.`)
  return { ok: true, epoch, firstSeq: start + 1, lastSeq: walk.seq, entries: walk.seq - start, dropped: walk.dropped }
}

interface Walk {
  readonly epoch: number
  readonly declared: readonly DropEntry[]
  seq: number
  hash: Uint8Array
  dropped: number
}

function check(walk: Walk, entry: StoredEntry): { seq: number; reason: string; detail: string } | undefined {
  const expected = walk.seq + 1
  if (entry.seq !== expected) return { seq: expected, reason: 'gap', detail: `Entry ${expected} is missing; the next one there is ${entry.seq}.` }
  const { seq } = entry
  if (!entry.body) {
    if (!walk.declared.some((drop) => drop.firstSeq <= seq && seq <= drop.lastSeq)) return { seq, reason: 'body-missing', detail: `The body of entry ${seq} is gone and no drop entry declares it.` }
    walk.dropped += 1
  } else {
    const computed = entryHash(walk.hash, entry.body, sha256)
    if (!timingSafeEqual(computed, entry.hash)) return { seq, reason: 'wrong-hash', detail: `Entry ${seq} was changed: its hash does not follow from its body and the entry before.` }
    const mismatch = claims(entry, walk.epoch)
    if (mismatch) return { seq, reason: 'mismatch', detail: mismatch }
  }
  walk.seq = seq
  walk.hash = entry.hash
  return undefined
}

function claims(entry: StoredEntry, epoch: number): string | undefined {
  let body: { epoch?: unknown; seq?: unknown; kind?: unknown }
  try {
    body = JSON.parse(Buffer.from(entry.body ?? []).toString('utf8')) as typeof body
  } catch {
    return `Entry ${entry.seq} is not JSON.`
  }
  if (body.epoch !== epoch || body.seq !== entry.seq || body.kind !== entry.kind) return `Entry ${entry.seq} says of itself that it is ${String(body.kind)} ${String(body.seq)} of epoch ${String(body.epoch)}.`
  return undefined
}

/** Drop entries are taken at their word here; one that was forged breaks the chain where it stands. */
function declaredDrops(reader: JournalReader): readonly DropEntry[] {
  return reader.dropEntries().flatMap((body) => {
    try {
      return [JSON.parse(Buffer.from(body).toString('utf8')) as DropEntry]
    } catch {
      return []
    }
  })
}

function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

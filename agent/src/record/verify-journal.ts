import { hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Checkpoint, type DropEntry, toHex, verifyChain } from '@assize/kernel'
import { JournalReader } from './journal-reader.ts'
import type { StoredEntry, Verification } from './journal.ts'

/** Bytes of bodies checked before other work gets its turn: about two milliseconds. */
const STEP_BYTES = 256 * 1024
const ATTEMPTS = 4

export interface VerifyOptions {
  /** A point of the journal known from elsewhere: the chain must pass through it. One of another epoch says nothing. */
  readonly checkpoint?: Checkpoint
  readonly signal?: AbortSignal
}

/** Checks the journal at `path` while the agent may be writing to it. Never changes anything. */
export async function verifyJournal(path: string, options: VerifyOptions = {}): Promise<Verification> {
  const reader = new JournalReader(path)
  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = mark(reader)
      const result = await walk(reader, options)
      // Pruning and dropping while it was read look like tampering; what is still wrong when nothing moved is wrong.
      if (result.ok || attempt >= ATTEMPTS || mark(reader) === before) return result
    }
  } finally {
    reader.close()
  }
}

/** Changes whenever entries are pruned, bodies are given up or a new epoch begins. */
function mark(reader: JournalReader): string {
  return `${String(reader.meta('epoch'))} ${String(reader.meta('pruned_seq'))} ${reader.dropEntries().length}`
}

async function walk(reader: JournalReader, { checkpoint, signal }: VerifyOptions): Promise<Verification> {
  const epoch = Number(reader.meta('epoch') ?? 0)
  const start = Number(reader.meta('pruned_seq') ?? 0)
  const end = reader.lastSeq()
  const acked = Number(reader.meta('acked') ?? 0)
  const known = checkpoint?.epoch === epoch ? checkpoint : undefined
  const bad = (seq: number, reason: string, detail: string): Verification => ({ ok: false, epoch, seq, reason, detail })
  if (acked > end)
    return bad(end + 1, 'truncated', `the hub has acknowledged entry ${acked}, the journal ends at ${end}: its tail was cut off`)
  const declared = declaredDrops(reader)
  let from = { seq: start, hash: reader.hashOf(start) }
  let dropped = 0
  while (from.seq < end) {
    signal?.throwIfAborted()
    const entries = reader.readAfter(from.seq, STEP_BYTES)
    const last = entries.at(-1)
    if (!last) break
    const inside = known && known.seq > from.seq && known.seq <= last.seq ? { checkpoint: known } : {}
    const report = verifyChain(entries.map(toChain), { sha256, epoch, from, ...inside })
    if (!report.ok && report.fault !== 'missing-body') return bad(report.seq, report.fault, report.detail)
    // A drop entry comes after what it declares, often in a later step; all of them are checked where they stand.
    const missing = entries.filter((entry) => !entry.body)
    const undeclared = missing.find(({ seq }) => !declared.some((drop) => drop.firstSeq <= seq && seq <= drop.lastSeq))
    if (undeclared) return bad(undeclared.seq, 'missing-body', 'its content is gone and no drop entry says so')
    dropped += missing.length
    from = { seq: last.seq, hash: last.hash }
    await nextTurn()
  }
  if (known && known.seq > from.seq)
    return bad(from.seq + 1, 'truncated', `the checkpoint saw entry ${known.seq}, the journal ends at ${from.seq}: its tail was cut off`)
  return { ok: true, epoch, firstSeq: start + 1, lastSeq: from.seq, entries: from.seq - start, dropped, hash: toHex(from.hash) }
}

function toChain({ seq, previousHash, hash: own, body, kind }: StoredEntry) {
  return { seq, previousHash, hash: own, body: body ?? null, kind }
}

/** Taken at their word here: one that was forged breaks the chain where it stands. */
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

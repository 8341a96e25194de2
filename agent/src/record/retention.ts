import type Database from 'better-sqlite3'
import type { JournalLimits } from './journal.ts'
import type { DropPlan } from './journal-messages.ts'
import { writeMeta } from './journal-database.ts'

/** One pass removes at most this many entries, so that appends never wait long behind it. */
const PRUNE_ROWS = 5_000
/** One drop entry gives up at most this many bodies. */
const DROP_ROWS = 5_000

/**
 * Removes shipped entries that are too old or too many from the journal's beginning, and keeps the hash of the last one
 * removed, so that the chain can still be checked. Returns the new beginning, if it moved.
 */
export function prune(database: Database.Database, input: { acked: number; now: number; limits: JournalLimits }): number | undefined {
  const { acked, now, limits } = input
  const oldEnd = database
    .prepare('SELECT max(seq) FROM (SELECT seq FROM entries WHERE seq <= ? AND at < ? ORDER BY seq LIMIT ?)')
    .pluck()
    .get(acked, now - limits.keepMs, PRUNE_ROWS) as number | null
  const bigEnd =
    databaseBytes(database) > limits.keepBytes
      ? (database
          .prepare('SELECT max(seq) FROM (SELECT seq FROM entries WHERE seq <= ? ORDER BY seq LIMIT ?)')
          .pluck()
          .get(acked, PRUNE_ROWS) as number | null)
      : null
  const end = Math.max(oldEnd ?? 0, bigEnd ?? 0)
  if (end === 0) return undefined
  database.transaction(() => {
    const hash = database.prepare('SELECT hash FROM entries WHERE seq = ?').pluck().get(end) as Buffer
    for (const table of ['entries', 'decisions', 'outcomes']) database.prepare(`DELETE FROM ${table} WHERE seq <= ?`).run(end)
    writeMeta(database, 'pruned_seq', end)
    writeMeta(database, 'pruned_hash', hash)
  })()
  return end
}

/**
 * Chooses which unshipped bodies to give up: allow decisions and their outcomes, oldest first.
 * Whatever is stricter than allow is never among them, and neither is what may already be on its way to the hub.
 */
export function planDrop(
  database: Database.Database,
  input: { after: number; now: number; limits: JournalLimits; unshippedBytes: number },
): DropPlan | undefined {
  const candidates = droppable(database, input.after)
  const aged = candidates.filter((row) => row.at < input.now - input.limits.unshippedMs).map((row) => row.seq)
  if (aged.length > 0) return { seqs: aged, reason: 'age' }
  if (input.unshippedBytes <= input.limits.unshippedBytes) return undefined
  // Down to nine tenths, or every further minute would give up a handful again.
  let excess = input.unshippedBytes - input.limits.unshippedBytes * 0.9
  const seqs: number[] = []
  for (const row of candidates) {
    if (excess <= 0) break
    excess -= row.length
    seqs.push(row.seq)
  }
  return seqs.length > 0 ? { seqs, reason: 'size' } : undefined
}

function droppable(database: Database.Database, after: number): { seq: number; at: number; length: number }[] {
  return database
    .prepare(
      `SELECT seq, at, length FROM (
         SELECT seq, at, length FROM (SELECT seq, at, length FROM decisions WHERE seq > :after AND verdict = 'allow' ORDER BY seq LIMIT :rows)
         UNION ALL
         SELECT * FROM (SELECT o.seq, e.at, o.length FROM outcomes o JOIN entries e ON e.seq = o.seq WHERE o.seq > :after AND o.outcome = 'released' ORDER BY o.seq LIMIT :rows)
       ) ORDER BY seq LIMIT :rows`,
    )
    .all({ after, rows: DROP_ROWS }) as { seq: number; at: number; length: number }[]
}

function databaseBytes(database: Database.Database): number {
  const used = Number(database.pragma('page_count', { simple: true })) - Number(database.pragma('freelist_count', { simple: true }))
  return used * Number(database.pragma('page_size', { simple: true }))
}

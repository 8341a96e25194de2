import { hash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { DropPlan, FromWriter, Replaced, RowMeta, WriterStart, WriterState } from './journal-messages.ts'
import { Ballast, ballastOf } from './ballast.ts'
import { HASH_BYTES } from './batch.ts'
import { openDatabase, readMeta, setAside, writeMeta } from './journal-database.ts'
import { planDrop, prune } from './retention.ts'

/** The one connection that writes. Lives in its own thread, so that no disk ever holds up a decision that need not wait. */
export class JournalWriter {
  readonly #start: WriterStart
  readonly #ballast: Ballast
  #database!: Database.Database
  #insert!: Inserts
  #epoch = 0
  #seq = 0
  #hash: Buffer = Buffer.alloc(HASH_BYTES)
  #acked = 0
  #prunedSeq = 0
  #unshippedEntries = 0
  #unshippedBytes = 0
  #agentId = ''

  constructor(start: WriterStart) {
    this.#start = start
    this.#ballast = new Ballast(ballastOf(start.path), start.limits.ballastBytes)
  }

  open(): FromWriter {
    const replaced = this.#loadOrMakeRoom()
    this.#ballast.restore()
    return { type: 'opened', state: this.#state(), replaced }
  }

  append(rows: readonly RowMeta[], bytes: Buffer): FromWriter {
    try {
      this.#commit(rows, bytes)
    } catch (error) {
      // The transaction was rolled back as a whole. With the ballast gone there may be room for one more try.
      if (!isFull(error) || !this.#ballast.release()) throw error
      this.#commit(rows, bytes)
    }
    return { type: 'committed', state: this.#state() }
  }

  acknowledge(seq: number): FromWriter {
    const acked = Math.min(seq, this.#seq)
    if (acked > this.#acked) {
      const given = this.#database
        .prepare(
          'SELECT count(*) AS entries, coalesce(sum(CASE WHEN dropped IS NULL THEN length ELSE 0 END), 0) AS bytes FROM entries WHERE seq > ? AND seq <= ?',
        )
        .get(this.#acked, acked) as { entries: number; bytes: number }
      writeMeta(this.#database, 'acked', acked)
      this.#acked = acked
      this.#unshippedEntries -= given.entries
      this.#unshippedBytes -= given.bytes
    }
    return { type: 'acknowledged', state: this.#state() }
  }

  maintain(now: number, shippedSeq: number): FromWriter {
    const { limits } = this.#start
    this.#prunedSeq = prune(this.#database, { acked: this.#acked, now, limits }) ?? this.#prunedSeq
    const plan: DropPlan | undefined = planDrop(this.#database, {
      after: Math.max(this.#acked, shippedSeq),
      now,
      limits,
      unshippedBytes: this.#unshippedBytes,
    })
    this.#ballast.restore()
    this.#database.pragma('wal_checkpoint(PASSIVE)')
    return { type: 'maintained', state: this.#state(), plan }
  }

  bind(agentId: string): FromWriter {
    const matches = this.#agentId === '' || this.#agentId === agentId
    if (this.#agentId === '') {
      writeMeta(this.#database, 'agent', agentId)
      this.#agentId = agentId
    }
    return { type: 'bound', matches, state: this.#state() }
  }

  renew(reason: string, now: number): FromWriter {
    const old = { path: this.#start.path, now, reason, epoch: this.#epoch, lastSeq: this.#seq }
    this.#database.close()
    const replaced = setAside(old)
    this.#load(Math.max(now, old.epoch + 1))
    return { type: 'renewed', state: this.#state(), replaced }
  }

  close(): FromWriter {
    this.#database.close()
    return { type: 'closed' }
  }

  /** A full disk must not keep the agent from starting. */
  #loadOrMakeRoom(): Replaced | undefined {
    try {
      return this.#load(this.#start.now)
    } catch (error) {
      if (!isFull(error) || !this.#ballast.release()) throw error
      return this.#load(this.#start.now)
    }
  }

  #load(now: number): Replaced | undefined {
    const opened = openDatabase(this.#start.path, this.#start.device, now)
    this.#database = opened.database
    this.#insert = prepareInserts(opened.database)
    this.#epoch = opened.epoch
    const last = opened.database.prepare('SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1').get() as
      | { seq: number; hash: Buffer }
      | undefined
    this.#prunedSeq = Number(readMeta(opened.database, 'pruned_seq') ?? 0)
    this.#seq = last?.seq ?? this.#prunedSeq
    this.#hash = last?.hash ?? (readMeta(opened.database, 'pruned_hash') as Buffer | undefined) ?? Buffer.alloc(HASH_BYTES)
    this.#acked = Number(readMeta(opened.database, 'acked') ?? 0)
    this.#agentId = String(readMeta(opened.database, 'agent') ?? '')
    const waiting = opened.database
      .prepare(
        'SELECT count(*) AS entries, coalesce(sum(CASE WHEN dropped IS NULL THEN length ELSE 0 END), 0) AS bytes FROM entries WHERE seq > ?',
      )
      .get(this.#acked) as { entries: number; bytes: number }
    this.#unshippedEntries = waiting.entries
    this.#unshippedBytes = waiting.bytes
    return opened.replaced
  }

  #commit(rows: readonly RowMeta[], bytes: Buffer): void {
    const { begin, commit, rollback } = this.#insert
    let unshipped = 0
    begin.run()
    try {
      let [offset, previous] = [0, this.#hash]
      for (const row of rows) {
        const start = offset + HASH_BYTES
        bytes.set(previous, offset)
        offset = start + row.length
        previous = hash('sha256', bytes.subarray(start - HASH_BYTES, offset), 'buffer')
        unshipped += row.length - this.#insertRow(row, bytes.subarray(start, offset), previous)
      }
      commit.run()
      const last = rows.at(-1)
      if (last) this.#seq = last.seq
      this.#hash = previous
    } catch (error) {
      if (this.#database.inTransaction) rollback.run()
      throw error
    }
    this.#unshippedEntries += rows.length
    this.#unshippedBytes += unshipped
  }

  /** Returns how many unshipped bytes were given up by it. */
  #insertRow(row: RowMeta, body: Buffer, hash: Buffer): number {
    const { entry, decision, outcome } = this.#insert
    entry.run(row.seq, row.at, row.kind, row.length, hash, body)
    if (row.decision) decision.run(row.seq, row.at, ...row.decision, row.length)
    if (row.outcome) outcome.run(row.seq, ...row.outcome, row.length)
    if (!row.drop) return 0
    let given = 0
    for (const seq of row.drop.seqs) {
      given += (this.#insert.drop.get(row.drop.reason, seq) as { length: number } | undefined)?.length ?? 0
      this.#insert.forgetDecision.run(seq)
      this.#insert.forgetOutcome.run(seq)
    }
    return given
  }

  #state(): WriterState {
    return {
      epoch: this.#epoch,
      seq: this.#seq,
      hash: this.#hash,
      acked: this.#acked,
      prunedSeq: this.#prunedSeq,
      unshippedEntries: this.#unshippedEntries,
      unshippedBytes: this.#unshippedBytes,
      agentId: this.#agentId,
      ballastMissing: this.#ballast.missing,
    }
  }
}

type Inserts = ReturnType<typeof prepareInserts>

function prepareInserts(database: Database.Database) {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    entry: database.prepare('INSERT INTO entries (seq, at, kind, length, hash, body) VALUES (?, ?, ?, ?, ?, ?)'),
    decision: database.prepare('INSERT INTO decisions (seq, at, id, verdict, session, app, tool, length) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    outcome: database.prepare('INSERT INTO outcomes (seq, decision, outcome, length) VALUES (?, ?, ?, ?)'),
    drop: database.prepare('UPDATE entries SET body = NULL, dropped = ? WHERE seq = ? AND dropped IS NULL RETURNING length'),
    forgetDecision: database.prepare('DELETE FROM decisions WHERE seq = ?'),
    forgetOutcome: database.prepare('DELETE FROM outcomes WHERE seq = ?'),
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(SQLITE_(FULL|IOERR|CANTOPEN)|ENOSPC)/.test(String(error.code))
}

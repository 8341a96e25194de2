import Database from 'better-sqlite3'
import type { DecisionQuery, EntryBody, StoredDecision, StoredEntry, StoredOutcome } from './journal.ts'

interface EntryRow {
  readonly seq: number
  readonly at: number
  readonly kind: EntryBody['kind']
  readonly hash: Buffer
  readonly dropped: string | null
  readonly body: Buffer | null
}

/** The connection that reads. It never waits for the writer, and every read is bounded. */
export class JournalReader {
  readonly #database: Database.Database
  readonly #after: Database.Statement
  readonly #previous: Database.Statement

  constructor(path: string) {
    this.#database = new Database(path, { readonly: true, fileMustExist: true })
    this.#database.pragma('cache_size = -2000')
    this.#after = this.#database.prepare('SELECT seq, at, kind, hash, dropped, body FROM entries WHERE seq > ? ORDER BY seq LIMIT 4096')
    this.#previous = this.#database.prepare('SELECT hash FROM entries WHERE seq = ?').pluck()
  }

  readAfter(seq: number, maxBytes: number): readonly StoredEntry[] {
    const found: StoredEntry[] = []
    let bytes = 0
    let previousHash: Uint8Array | undefined
    for (const row of this.#after.iterate(seq) as IterableIterator<EntryRow>) {
      const size = row.body?.length ?? 0
      if (found.length > 0 && bytes + size > maxBytes) break
      previousHash ??= this.hashOf(row.seq - 1)
      found.push({
        seq: row.seq,
        kind: row.kind,
        at: row.at,
        previousHash,
        hash: row.hash,
        body: row.body ?? undefined,
        dropped: row.dropped ?? undefined,
      })
      previousHash = row.hash
      bytes += size
    }
    return found
  }

  /** Hash of an entry, of the last pruned one, or 32 zero bytes before the first. */
  hashOf(seq: number): Uint8Array {
    const stored = this.#previous.get(seq) as Buffer | undefined
    if (stored) return stored
    const pruned = seq > 0 && seq === Number(this.meta('pruned_seq')) ? (this.meta('pruned_hash') as Buffer | undefined) : undefined
    return pruned ?? new Uint8Array(32)
  }

  meta(key: string): unknown {
    return this.#database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key)
  }

  lastSeq(): number {
    return Number(this.#database.prepare('SELECT max(seq) FROM entries').pluck().get() ?? this.meta('pruned_seq') ?? 0)
  }

  /** Every drop entry's range, oldest first. */
  dropEntries(): readonly Uint8Array[] {
    return this.#database.prepare("SELECT body FROM entries WHERE kind = 'drop' ORDER BY seq").pluck().all() as Buffer[]
  }

  decisions(query: DecisionQuery): readonly StoredDecision[] {
    const where: string[] = []
    const values: (string | number)[] = []
    const narrow = (clause: string, value: string | number | undefined) => {
      if (value === undefined) return
      where.push(clause)
      values.push(value)
    }
    narrow('d.at >= ?', query.since)
    narrow('d.at < ?', query.until)
    narrow('d.verdict = ?', query.verdict)
    narrow('d.session = ?', query.session)
    narrow('d.app = ?', query.app)
    narrow('d.tool = ?', query.tool)
    narrow('d.seq > ?', query.afterSeq)
    narrow('d.seq < ?', query.beforeSeq)
    const order = query.afterSeq === undefined ? 'DESC' : 'ASC'
    const limit = Math.min(Math.max(query.limit ?? 100, 1), 1000)
    const rows = this.#database
      .prepare(
        `SELECT e.body FROM decisions d JOIN entries e ON e.seq = d.seq ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY d.seq ${order} LIMIT ${limit}`,
      )
      .pluck()
      .all(...values) as (Buffer | null)[]
    return rows.flatMap((body) => (body ? [parse(body) as StoredDecision] : []))
  }

  decision(id: string): StoredDecision | undefined {
    const body = this.#database
      .prepare('SELECT e.body FROM decisions d JOIN entries e ON e.seq = d.seq WHERE d.id = ? ORDER BY d.seq LIMIT 1')
      .pluck()
      .get(id) as Buffer | null | undefined
    return body ? (parse(body) as StoredDecision) : undefined
  }

  outcomesOf(id: string): readonly StoredOutcome[] {
    const rows = this.#database
      .prepare('SELECT e.body FROM outcomes o JOIN entries e ON e.seq = o.seq WHERE o.decision = ? ORDER BY o.seq LIMIT 100')
      .pluck()
      .all(id) as (Buffer | null)[]
    return rows.flatMap((body) => (body ? [parse(body) as StoredOutcome] : []))
  }

  close(): void {
    this.#database.close()
  }
}

function parse(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'))
}

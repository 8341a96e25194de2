import { closeSync, existsSync, openSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { Replaced } from './journal-messages.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS room (filler BLOB);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, length INTEGER NOT NULL, hash BLOB NOT NULL, dropped TEXT, body BLOB);
CREATE TABLE IF NOT EXISTS decisions (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT NOT NULL, verdict TEXT NOT NULL, session TEXT NOT NULL, app TEXT NOT NULL, tool TEXT NOT NULL, length INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS decisions_id ON decisions (id);
CREATE TABLE IF NOT EXISTS outcomes (seq INTEGER PRIMARY KEY, decision TEXT NOT NULL, outcome TEXT NOT NULL, length INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS outcomes_decision ON outcomes (decision);
`

/** Pages in the write-ahead log at which it is written back. */
const CHECKPOINT_PAGES = 2_000
const ROOM_BYTES = 8 * 1024 * 1024
const ROOM_STEP = 32 * 1024

/** Bytes up to which the whole database is checked before it is used; a larger one is checked in the background by `verify`. */
const CHECK_AT_OPEN_BYTES = 48 * 1024 * 1024

export interface OpenedDatabase {
  readonly database: Database.Database
  readonly epoch: number
  readonly replaced: Replaced | undefined
}

/**
 * Opens the journal for writing. A database that is damaged, or that another machine wrote, is set aside untouched
 * and a new epoch begins: nothing is overwritten, nothing is lost silently.
 */
export function openDatabase(path: string, device: string, now: number): OpenedDatabase {
  let replaced: Replaced | undefined
  if (existsSync(path)) {
    const problem = whyUnusable(path, device)
    if (problem) replaced = setAside({ path, now, ...problem })
  }
  const database = create(path)
  makeRoom(database)
  const epoch = readMeta(database, 'epoch')
  if (typeof epoch === 'number') return { database, epoch, replaced }
  const fresh = Math.max(now, (replaced?.epoch ?? 0) + 1)
  writeMeta(database, 'epoch', fresh)
  writeMeta(database, 'device', device)
  return { database, epoch: fresh, replaced }
}

export function readMeta(database: Database.Database, key: string): number | string | Buffer | undefined {
  return (database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as number | string | Buffer | null) ?? undefined
}

export function writeMeta(database: Database.Database, key: string, value: number | string | Uint8Array): void {
  database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value)
}

/** Moves database, write-ahead log and shared memory out of the way, under a name that says why. */
export function setAside(old: { path: string; now: number; reason: string; epoch: number; lastSeq: number }): Replaced {
  const stamp = new Date(old.now).toISOString().replace(/[:.]/g, '-')
  let movedTo = join(dirname(old.path), `${basename(old.path, '.db')}.${old.reason}-${stamp}.db`)
  for (let attempt = 2; existsSync(movedTo); attempt += 1)
    movedTo = join(dirname(old.path), `${basename(old.path, '.db')}.${old.reason}-${stamp}-${attempt}.db`)
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(old.path + suffix)) renameSync(old.path + suffix, movedTo + suffix)
  return { reason: old.reason, movedTo, lastSeq: old.lastSeq, epoch: old.epoch }
}

function create(path: string): Database.Database {
  // SQLite gives log and shared memory the mode of the database, so the mode is set before SQLite sees the file.
  closeSync(openSync(path, 'a', 0o600))
  const database = new Database(path)
  try {
    database.pragma('journal_mode = WAL')
    // INVARIANT: an acknowledged append survives power loss; NORMAL would survive a crash of the process only.
    database.pragma('synchronous = FULL')
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    // This build of SQLite takes sixteen megabytes otherwise; appends need a handful of pages.
    database.pragma('cache_size = -1500')
    database.pragma('trusted_schema = OFF')
    database.exec(SCHEMA)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Lets the write-ahead log reach its full size at once. A commit that overwrites is on disk in about two thirds of the
 * time of one that makes the file longer, because the file system has nothing of its own to write.
 */
function makeRoom(database: Database.Database): void {
  try {
    const fill = database.prepare('INSERT INTO room (filler) VALUES (zeroblob(?))')
    database.transaction(() => {
      for (let bytes = 0; bytes < ROOM_BYTES; bytes += ROOM_STEP) fill.run(ROOM_STEP)
    })()
    database.exec('DELETE FROM room')
    database.pragma('wal_checkpoint(RESTART)')
  } catch {
    // Without room commits are slower, and a full disk says so at the first append.
  }
}

function whyUnusable(path: string, device: string): { reason: string; epoch: number; lastSeq: number } | undefined {
  let database: Database.Database | undefined
  let epoch = 0
  let lastSeq = 0
  try {
    database = create(path)
    epoch = Number(readMeta(database, 'epoch') ?? 0)
    lastSeq = Number(database.prepare('SELECT max(seq) FROM entries').pluck().get() ?? 0)
    const size = Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true }))
    if (size <= CHECK_AT_OPEN_BYTES && database.pragma('quick_check(1)', { simple: true }) !== 'ok')
      return { reason: 'corrupt', epoch, lastSeq }
    const owner = readMeta(database, 'device')
    if (owner !== undefined && owner !== device) return { reason: 'cloned', epoch, lastSeq }
    return undefined
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : ''
    if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB') || code === 'SQLITE_ERROR')
      return { reason: 'corrupt', epoch, lastSeq }
    throw error
  } finally {
    database?.close()
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openJournal } from '../agent/src/record/index.ts'
import { against, type Bench, type Figure, median } from './figures.ts'
import { fdatasyncs } from './flush.ts'
import { sampleEntry, smallEntry } from './sample-entry.ts'

const ROUNDS = 6
const SINGLE = 250
const CALLERS = 64
const ROWS = 60_000

/** How long one durable decision takes beside the disk's own flush, and how many a second when many callers wait at once. */
export const durable: Bench = {
  name: 'durable',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(process.env['ASSIZE_BENCH_DIR'] ?? tmpdir(), 'assize-bench-'))
    try {
      const journal = await openJournal({ path: join(folder, 'journal.db'), device: 'bench', now: Date.now })
      let id = 0
      const append = () => {
        id += 1
        return journal.append(sampleEntry(`01BENCH${id}`)).durable
      }
      await Promise.all(Array.from({ length: 2000 }, append))
      const flush: number[] = []
      const single: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        flush.push(...fdatasyncs(join(folder, 'flush'), SINGLE))
        single.push(...(await timed(append, SINGLE)))
      }
      const rows = await manyCallers(() => journal.append(smallEntry()).durable)
      const decisions = await manyCallers(append)
      const bare = bareRows(join(folder, 'bare.db'))
      await journal.close()
      return [
        against(
          { what: 'append + fdatasync p50', value: median(flush) },
          { what: 'one durable decision p50', value: median(single), unit: 'us', limit: { most: 3 } },
        ),
        { what: `group commit, ${CALLERS} callers, rows of 600 bytes`, value: rows, unit: 'rows/s', limit: { least: 50_000 } },
        against(
          { what: `bare SQLite, ${CALLERS} rows a commit, one thread, unchained`, value: bare },
          { what: `group commit, ${CALLERS} callers, whole decisions`, value: decisions, unit: 'rows/s' },
        ),
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function timed(work: () => Promise<void>, count: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const start = performance.now()
    await work()
    times.push((performance.now() - start) * 1000)
  }
  return times
}

/** Every caller waits for its own entry before it makes the next one. */
async function manyCallers(append: () => Promise<void>): Promise<number> {
  const best: number[] = []
  for (let round = 0; round < 3; round += 1) {
    let left = ROWS / 3
    const caller = async () => {
      while (left > 0) {
        left -= 1
        await append()
      }
    }
    const start = performance.now()
    await Promise.all(Array.from({ length: CALLERS }, caller))
    best.push(ROWS / 3 / ((performance.now() - start) / 1000))
  }
  return median(best)
}

/** The same bytes by the same engine with nothing of ours: what group commit could reach without chain, queue or thread. */
function bareRows(path: string): number {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('CREATE TABLE entry (seq INTEGER PRIMARY KEY, id TEXT, body BLOB); CREATE INDEX entry_id ON entry (id)')
  const insert = database.prepare('INSERT INTO entry (id, body) VALUES (?, ?)')
  const body = Buffer.from(JSON.stringify(sampleEntry('01BENCH')))
  const commit = database.transaction((from: number) => {
    for (let index = 0; index < CALLERS; index += 1) insert.run(`01BENCH${from + index}`, body)
  })
  const start = performance.now()
  for (let row = 0; row < ROWS / 2; row += CALLERS) commit(row)
  const rate = ROWS / 2 / ((performance.now() - start) / 1000)
  database.close()
  return rate
}

import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { entryHash, type EntryBody } from '@assize/kernel'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Batch } from './batch.ts'
import { encodeEntry } from './encode-entry.ts'
import { decisionBody } from './journal.fixture.ts'
import type { Journal } from './journal.ts'
import { JournalError } from './journal-error.ts'
import { type JournalOptions, openJournal } from './open-journal.ts'
import { verifyApart } from './verify-apart.ts'
import { verifyJournal } from './verify-journal.ts'

const open: Journal[] = []
afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close()
})

describe('the journal', () => {
  it('keeps what was appended, in order and chained, over a restart', async () => {
    const path = newPath()
    const first = await start({ path })
    const results = Array.from({ length: 50 }, (_, index) => first.append(decisionBody(`d${index}`)))
    expect(results.map((result) => result.seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    await results.at(-1)?.durable
    expect(first.head().seq).toBe(50)
    const epoch = first.epoch()
    await first.close()
    const second = await start({ path })
    expect(second.epoch()).toBe(epoch)
    await second.append({ kind: 'outcome', decision: 'd3', outcome: 'released', detail: {} }).durable
    expect(second.decision('d3')?.call.tool).toBe('read_file')
    expect(second.outcomesOf('d3').map((outcome) => outcome.outcome)).toEqual(['released'])
    expect(second.readAfter(48, 1_000_000).map((entry) => entry.seq)).toEqual([49, 50, 51])
    expect(await second.verify()).toMatchObject({ ok: true, firstSeq: 1, lastSeq: 51 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('finds decisions by time, verdict, session, application and tool, page by page', async () => {
    let now = 1_000
    const journal = await start({ path: newPath(), now: () => now })
    for (let index = 0; index < 30; index += 1) {
      now = 1_000 + index
      await journal.append(
        decisionBody(`d${index}`, { verdict: index % 3 === 0 ? 'deny' : 'allow', session: `s${index % 2}`, tool: `t${index % 5}` }),
      ).durable
    }
    expect(journal.decisions({ verdict: 'deny' })).toHaveLength(10)
    expect(journal.decisions({ verdict: 'deny', session: 's0', tool: 't0' }).map((entry) => entry.id)).toEqual(['d0'])
    expect(journal.decisions({ since: 1_010, until: 1_012 }).map((entry) => entry.id)).toEqual(['d11', 'd10'])
    const page = journal.decisions({ limit: 4 })
    expect(page.map((entry) => entry.id)).toEqual(['d29', 'd28', 'd27', 'd26'])
    expect(journal.decisions({ limit: 2, beforeSeq: page.at(-1)?.seq ?? 0 }).map((entry) => entry.id)).toEqual(['d25', 'd24'])
    expect(journal.decisions({ afterSeq: 28 }).map((entry) => entry.id)).toEqual(['d28', 'd29'])
    expect(journal.decision('nothing')).toBeUndefined()
  })

  it('tells everybody who listens of each commit', async () => {
    const journal = await start({ path: newPath() })
    const heads: number[] = []
    const stop = journal.subscribe((head) => heads.push(head.seq))
    await journal.append(decisionBody('a')).durable
    stop()
    await journal.append(decisionBody('b')).durable
    expect(heads).toEqual([1])
  })

  it('refuses beyond its bound, and declares what it could not record', async () => {
    const failures: string[] = []
    const journal = await start({ path: newPath(), limits: { queueEntries: 5 }, onFailure: (error) => failures.push(error.code) })
    const results = Array.from({ length: 20 }, (_, index) => journal.append(decisionBody(`d${index}`)))
    const settled = await Promise.allSettled(results.map((result) => result.durable))
    expect(settled.map((result) => result.status)).toEqual([...Array<string>(5).fill('fulfilled'), ...Array<string>(15).fill('rejected')])
    expect(settled.at(-1)).toMatchObject({ reason: { code: 'queue-full' } })
    expect(results.at(-1)?.seq).toBe(0)
    await journal.append(decisionBody('after')).durable
    const bodies = journal
      .readAfter(0, 1_000_000)
      .map((entry) => JSON.parse(Buffer.from(entry.body ?? []).toString()) as { kind: string; change?: string; detail?: object })
    expect(bodies.filter((body) => body.kind === 'state')).toMatchObject([{ change: 'entries-unrecorded', detail: { decisions: 15 } }])
    expect(failures).toEqual(['queue-full'])
    expect(journal.problems()).toEqual([])
  })

  it('refuses after it was closed', async () => {
    const journal = await start({ path: newPath() })
    const last = journal.append(decisionBody('a'))
    await journal.close()
    await last.durable
    await expect(journal.append(decisionBody('b')).durable).rejects.toMatchObject({ code: 'closed' })
  })

  it('counts what the hub has not acknowledged', async () => {
    const path = newPath()
    const journal = await start({ path })
    for (let index = 0; index < 10; index += 1) await journal.append(decisionBody(`d${index}`)).durable
    journal.acknowledge(7)
    await journal.maintain()
    expect(journal.acked()).toBe(7)
    expect(journal.unshipped().entries).toBe(3)
    const bytes = journal.readAfter(7, 1_000_000).reduce((sum, entry) => sum + (entry.body?.length ?? 0), 0)
    expect(journal.unshipped().bytes).toBe(bytes)
    await journal.close()
    const again = await start({ path })
    expect(again.acked()).toBe(7)
    expect(again.unshipped()).toEqual({ entries: 3, bytes })
  })

  it('gives up allow records first when too much waits, never anything stricter, and says so in the chain', async () => {
    const journal = await start({ path: newPath(), limits: { unshippedBytes: 20_000 } })
    for (let index = 0; index < 60; index += 1)
      await journal.append(decisionBody(`d${index}`, { verdict: index % 4 === 0 ? 'deny' : 'allow' })).durable
    await journal.maintain()
    await journal.maintain()
    expect(journal.unshipped().bytes).toBeLessThanOrEqual(20_000)
    const entries = journal.readAfter(0, 10_000_000)
    const dropped = entries.filter((entry) => !entry.body)
    expect(dropped.length).toBeGreaterThan(20)
    for (const entry of dropped) expect((entry.seq - 1) % 4).not.toBe(0)
    const drops = entries
      .filter((entry) => entry.kind === 'drop')
      .map((entry) => JSON.parse(Buffer.from(entry.body ?? []).toString()) as { count: number; reason: string })
    expect(drops.reduce((sum, drop) => sum + drop.count, 0)).toBe(dropped.length)
    expect(drops[0]?.reason).toBe('size')
    expect(await journal.verify()).toMatchObject({ ok: true, dropped: dropped.length })
    expect(journal.decision('d1')).toBeUndefined()
    expect(journal.decision('d0')?.decision.verdict).toBe('deny')
  })

  it('gives up what waited for a week', async () => {
    let now = 1_000_000_000_000
    const journal = await start({ path: newPath(), now: () => now })
    await journal.append(decisionBody('old')).durable
    await journal.append(decisionBody('old-denial', { verdict: 'deny' })).durable
    now += 8 * 24 * 3_600_000
    await journal.append(decisionBody('new')).durable
    await journal.maintain()
    expect(journal.decision('old')).toBeUndefined()
    expect(journal.decision('old-denial')).toBeDefined()
    expect(journal.decision('new')).toBeDefined()
    expect(await journal.verify()).toMatchObject({ ok: true, dropped: 1 })
  })

  it('never gives up what may already be on its way to the hub', async () => {
    const journal = await start({ path: newPath(), limits: { unshippedBytes: 1 } })
    for (let index = 0; index < 10; index += 1) await journal.append(decisionBody(`d${index}`)).durable
    const sent = journal.readAfter(0, 1_000_000)
    await journal.maintain()
    expect(
      journal
        .readAfter(0, 1_000_000)
        .slice(0, sent.length)
        .every((entry) => entry.body),
    ).toBe(true)
  })

  it('prunes what was shipped long ago, and still verifies', async () => {
    let now = 1_000_000_000_000
    const path = newPath()
    const journal = await start({ path, now: () => now })
    for (let index = 0; index < 20; index += 1) await journal.append(decisionBody(`d${index}`, { verdict: 'deny' })).durable
    journal.acknowledge(15)
    now += 31 * 24 * 3_600_000
    await journal.maintain()
    expect(journal.prunedSeq()).toBe(15)
    expect(journal.readAfter(0, 1_000_000)[0]?.seq).toBe(16)
    expect(await journal.verify()).toMatchObject({ ok: true, firstSeq: 16, lastSeq: 20 })
    journal.acknowledge(20)
    await journal.maintain()
    expect(journal.prunedSeq()).toBe(20)
    await journal.close()
    const again = await start({ path })
    expect(again.append(decisionBody('next')).seq).toBe(21)
    await again.append(decisionBody('next2')).durable
    expect(await again.verify()).toMatchObject({ ok: true, firstSeq: 21, lastSeq: 22 })
  })

  it('begins a new epoch when asked, keeping the old journal', async () => {
    const path = newPath()
    const journal = await start({ path })
    await journal.append(decisionBody('a')).durable
    const before = journal.epoch()
    await journal.renew('restored')
    expect(journal.epoch()).toBeGreaterThan(before)
    await journal.append(decisionBody('b')).durable
    expect(journal.decision('a')).toBeUndefined()
    const bodies = journal.readAfter(0, 1_000_000).map((entry) => entry.kind)
    expect(bodies).toEqual(['state', 'decision'])
    const kept = readdirSync(join(path, '..')).find((name) => name.startsWith('journal.restored-'))
    expect(kept).toBeDefined()
    expect(journal.problems()[0]).toContain(kept ?? 'nothing')
  })

  it('begins a new epoch on another machine', async () => {
    const path = newPath()
    const journal = await start({ path })
    await journal.append(decisionBody('a')).durable
    await journal.close()
    const clone = await start({ path, device: 'another' })
    expect(clone.decision('a')).toBeUndefined()
    expect(clone.problems()[0]).toContain('cloned')
  })

  it('belongs to one agent', async () => {
    const journal = await start({ path: newPath() })
    expect(await journal.bindAgent('a1')).toBe(true)
    expect(await journal.bindAgent('a1')).toBe(true)
    expect(await journal.bindAgent('a2')).toBe(false)
  })

  it('sets a damaged database aside and says so', async () => {
    const path = newPath()
    const journal = await start({ path })
    for (let index = 0; index < 200; index += 1) void journal.append(decisionBody(`d${index}`))
    await journal.close()
    const file = openSync(path, 'r+')
    for (let page = 3; page < 40; page += 1) writeSync(file, randomBytes(4096), 0, 4096, page * 4096)
    const again = await start({ path })
    expect(again.problems()[0]).toContain('corrupt')
    await again.append(decisionBody('after')).durable
    expect(await again.verify()).toMatchObject({ ok: true })
    expect(readdirSync(join(path, '..')).some((name) => name.startsWith('journal.corrupt-'))).toBe(true)
  })

  it('takes another thread when the one that writes is gone, and declares what was lost with it', async () => {
    const post = vi.spyOn(Worker.prototype, 'postMessage')
    const journal = await start({ path: newPath() })
    await journal.append(decisionBody('before')).durable
    await (post.mock.contexts.at(-1) as Worker).terminate()
    post.mockRestore()
    await expect(journal.append(decisionBody('lost')).durable).rejects.toBeInstanceOf(JournalError)
    await vi.waitFor(() => journal.append(decisionBody('again')).durable, { timeout: 10_000, interval: 50 })
    await journal.append(decisionBody('after')).durable
    expect(journal.decision('before')).toBeDefined()
    expect(journal.decision('lost')).toBeUndefined()
    expect(journal.readAfter(0, 1_000_000).some((entry) => Buffer.from(entry.body ?? []).includes('entries-unrecorded'))).toBe(true)
    expect(await journal.verify()).toMatchObject({ ok: true })
    expect(journal.problems()).toEqual([])
  })

  it('notices by itself that it was altered', async () => {
    const path = newPath()
    const journal = await start({ path, limits: {}, verifyAfterMs: 1 })
    await vi.waitFor(() => expect(journal.problems()).toEqual([]))
    for (let index = 0; index < 5; index += 1) await journal.append(decisionBody(`d${index}`)).durable
    await journal.close()
    const database = new Database(path)
    database.exec('UPDATE entries SET hash = zeroblob(32) WHERE seq = 3')
    database.close()
    const again = await start({ path, verifyAfterMs: 1 })
    await vi.waitFor(() => expect(again.problems().join()).toContain('entry 3'), { timeout: 20_000 })
  })

  it('is read again in a process of its own, which ends when it is stopped', async () => {
    const path = newPath()
    const journal = await start({ path })
    for (let index = 0; index < 5; index += 1) await journal.append(decisionBody(`d${index}`)).durable
    expect(await verifyApart(path, new AbortController().signal)).toEqual(await journal.verify())
    const stopping = new AbortController()
    const stopped = verifyApart(path, stopping.signal)
    stopping.abort()
    await expect(stopped).rejects.toThrow(/abort/)
    await expect(verifyApart(join(path, 'nowhere'), new AbortController().signal)).rejects.toThrow()
    await journal.close()
  })

  it('sets a file aside that is no database at all', async () => {
    const path = newPath()
    writeFileSync(path, 'this is not a database, and long enough to be looked at')
    const journal = await start({ path })
    await journal.append(decisionBody('a')).durable
    expect(journal.problems()[0]).toContain('corrupt')
  })

  it('uses the room it kept when the disk is full, refuses when that is gone too, and recovers by itself', async (context) => {
    const directory = mkdtempSync(join(tmpdir(), 'assize-full-'))
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', directory]).status !== 0)
      return context.skip('needs the right to mount a small file system')
    try {
      const path = join(directory, 'journal.db')
      const failures: string[] = []
      const journal = await start({ path, limits: { ballastBytes: 256 * 1024 }, onFailure: (error) => failures.push(error.code) })
      await journal.append(decisionBody('before')).durable
      fill(join(directory, 'filler'))
      let recorded = 0
      for (let rejected = false; !rejected; ) {
        const big = { kind: 'observation' as const, subject: 's', detail: { text: 'x'.repeat(50_000) } }
        await journal.append(big).durable.then(
          () => (recorded += 1),
          () => (rejected = true),
        )
      }
      expect(recorded).toBeGreaterThan(0)
      expect(existsSync(`${path}.ballast`)).toBe(false)
      expect(failures).toEqual(['disk-full'])
      expect(journal.problems().join(' ')).toContain('full')
      rmSync(join(directory, 'filler'))
      await journal.append(decisionBody('after')).durable
      await journal.maintain()
      expect(existsSync(`${path}.ballast`)).toBe(true)
      expect(journal.problems()).toEqual([])
      expect(await journal.verify()).toMatchObject({ ok: true })
      await journal.close()
    } finally {
      spawnSync('umount', ['-l', directory])
    }
  })
})

function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(4096, 1))
  } catch {
    closeSync(file)
  }
}

describe('an entry', () => {
  it('is mended when its text is not Unicode, and folded when it is too large', () => {
    const head = { v: 1 as const, epoch: 1, seq: 1, at: 1 }
    const broken = encodeEntry(head, { kind: 'observation', subject: 's', detail: { 'k\ud800': 'v\udfff', n: 1 } }, 10_000)
    expect(broken.json).toContain('k\ufffd')
    const large = encodeEntry(head, { kind: 'observation', subject: 's', detail: { text: 'x'.repeat(100_000) } }, 10_000)
    expect(large.json.length).toBeLessThan(10_000)
    expect(large.json).toContain('99600 characters folded')
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 'v']))
    expect(() => encodeEntry(head, { kind: 'observation', subject: 's', detail: many }, 10_000)).toThrow(JournalError)
  })

  it('is cut where it nests too deeply', () => {
    let detail: EntryBody & { kind: 'observation' } = { kind: 'observation', subject: 's', detail: {} }
    for (let depth = 0; depth < 500; depth += 1) detail = { ...detail, detail: { inner: detail.detail } }
    expect(encodeEntry({ v: 1, epoch: 1, seq: 1, at: 1 }, detail, 1_000_000).json).toContain('nested deeper')
  })

  it('lies in a batch behind room for the hash before it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 20 }), (texts) => {
        const batch = new Batch()
        for (const [index, text] of texts.entries()) batch.add({ seq: index + 1, at: 0, kind: 'state' }, JSON.stringify(text))
        expect(batch.bodyBytes).toBe(texts.reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)), 0))
        const bytes = Buffer.from(batch.take())
        let offset = 0
        const bodies = batch.rows.map(({ length }) => {
          offset += 32 + length
          return JSON.parse(bytes.toString('utf8', offset - length, offset)) as unknown
        })
        expect(bodies).toEqual(texts.map((text) => text.toWellFormed()))
      }),
    )
  })

  it('is chained as the chain is defined, within a commit and from one to the next', async () => {
    const journal = await start({ path: newPath() })
    for (let commit = 0; commit < 3; commit += 1)
      await Promise.all(Array.from({ length: 20 }, (_, index) => journal.append(decisionBody(`d${commit}-${index}`)).durable))
    let previous: Uint8Array = new Uint8Array(32)
    for (const { previousHash, hash, body } of journal.readAfter(0, 10_000_000)) {
      expect(Buffer.from(previousHash).equals(previous)).toBe(true)
      previous = entryHash(previous, body ?? Buffer.alloc(0), (bytes) => createHash('sha256').update(bytes).digest())
      expect(Buffer.from(hash).equals(previous)).toBe(true)
    }
    expect(Buffer.from(journal.head().hash).equals(previous)).toBe(true)
    await journal.close()
  })
})

describe('tampering', () => {
  it('is found wherever it happens: edit, delete, reorder, swap of hashes, cut tail', async () => {
    const path = newPath()
    const journal = await start({ path })
    for (let index = 0; index < 40; index += 1) await journal.append(decisionBody(`d${index}`)).durable
    journal.acknowledge(40)
    await journal.maintain()
    await journal.close()
    const small = newPath()
    const source = new Database(path)
    source.prepare('VACUUM INTO ?').run(small)
    source.close()
    const whole = readFileSync(small)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TAMPERINGS), fc.integer({ min: 2, max: 39 }), async (tamper, seq) => {
        const copy = newPath()
        writeFileSync(copy, whole)
        const database = new Database(copy)
        database.transaction(() => tamper(database, seq))()
        database.close()
        const result = await verifyJournal(copy)
        expect(result).toMatchObject({ ok: false })
        expect(result.ok === false && Math.abs(result.seq - seq)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 60 },
    )
  })

  it('of a tail the hub never saw is found by a checkpoint', async () => {
    const path = newPath()
    const journal = await start({ path })
    for (let index = 0; index < 10; index += 1) await journal.append(decisionBody(`d${index}`)).durable
    const head = journal.head()
    const checkpoint = { v: 1 as const, epoch: head.epoch, seq: head.seq, hash: Buffer.from(head.hash).toString('hex') }
    await journal.close()
    expect(await verifyJournal(path, { checkpoint })).toMatchObject({ ok: true })
    expect(await verifyJournal(path, { checkpoint: { ...checkpoint, hash: '0'.repeat(64) } })).toMatchObject({
      ok: false,
      seq: 10,
      reason: 'forked',
    })
    const database = new Database(path)
    database.exec('DELETE FROM entries WHERE seq > 8')
    database.close()
    expect(await verifyJournal(path)).toMatchObject({ ok: true })
    expect(await verifyJournal(path, { checkpoint })).toMatchObject({ ok: false, seq: 9, reason: 'truncated' })
  })
})

type Tampering = (database: Database.Database, seq: number) => void
const TAMPERINGS: readonly Tampering[] = [
  (database, seq) =>
    database
      .prepare("UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'read_file', 'read_fil3') AS BLOB) WHERE seq = ?")
      .run(seq),
  (database, seq) => database.prepare('DELETE FROM entries WHERE seq = ?').run(seq),
  (database, seq) => database.prepare('UPDATE entries SET hash = zeroblob(32) WHERE seq = ?').run(seq),
  (database, seq) => database.prepare("UPDATE entries SET body = NULL, dropped = 'size' WHERE seq = ?").run(seq),
  (database, seq) => database.prepare("UPDATE entries SET kind = 'state' WHERE seq = ?").run(seq),
  (database, seq) => {
    database.prepare('UPDATE entries SET seq = -1 WHERE seq = ?').run(seq)
    database.prepare('UPDATE entries SET seq = ? WHERE seq = ?').run(seq, seq - 1)
    database.prepare('UPDATE entries SET seq = ? WHERE seq = -1').run(seq - 1)
  },
  (database, seq) => database.prepare('DELETE FROM entries WHERE seq >= ?').run(seq),
]

describe('kill -9', () => {
  it('loses nothing that was acknowledged, and the chain verifies', { timeout: 60_000 }, async () => {
    const path = newPath()
    let total = 0
    for (let round = 0; round < 6; round += 1) {
      const acknowledged = await killedWhileAppending(path, round)
      total += acknowledged
      const journal = await start({ path })
      const seqs = journal.head().seq
      expect(seqs).toBeGreaterThanOrEqual(total)
      expect(await journal.verify()).toMatchObject({ ok: true, lastSeq: seqs })
      for (let index = 0; index < acknowledged; index += 97) expect(journal.decision(`r${round}-${index}`)).toBeDefined()
      if (acknowledged > 0) expect(journal.decision(`r${round}-${acknowledged - 1}`)).toBeDefined()
      total = seqs
      await journal.close()
    }
    expect(total).toBeGreaterThan(0)
  })
})

/** Appends in a child process that is killed at a random moment. Resolves with how many appends it had acknowledged. */
function killedWhileAppending(path: string, round: number): Promise<number> {
  const script = `
    import { openJournal } from ${JSON.stringify(new URL('./open-journal.ts', import.meta.url).href)}
    import { decisionBody } from ${JSON.stringify(new URL('./journal.fixture.ts', import.meta.url).href)}
    const journal = await openJournal({ path: ${JSON.stringify(path)}, device: 'd', now: Date.now, limits: { ballastBytes: 0 } })
    console.log('ready')
    for (let next = 0; ; ) {
      const ids = Array.from({ length: 8 }, () => next++)
      await Promise.all(ids.map((id) => journal.append(decisionBody('r${round}-' + id)).durable))
      process.stdout.write(ids.at(-1) + '\\n')
    }`
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module-typescript', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), 50 + Math.random() * 300)
      output += text
    })
    child.once('close', () => {
      const whole = output.slice(0, output.lastIndexOf('\n')).split('\n')
      resolve(Number(whole.filter((line) => /^\d+$/.test(line)).at(-1) ?? -1) + 1)
    })
  })
}

async function start(options: Partial<JournalOptions> & { readonly path: string }): Promise<Journal> {
  const journal = await openJournal({ device: 'd', now: Date.now, ...options, limits: { ballastBytes: 0, ...options.limits } })
  open.push(journal)
  return journal
}

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'assize-journal-')), 'journal.db')
}

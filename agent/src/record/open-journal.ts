import type { EntryBody } from '@assize/kernel'
import { Batch } from './batch.ts'
import { encodeEntry } from './encode-entry.ts'
import { type Appended, DEFAULT_LIMITS, type DecisionQuery, type Journal, type JournalHead, type JournalLimits, type Verification } from './journal.ts'
import { JournalError, journalErrorCode } from './journal-error.ts'
import type { DropPlan, FromWriter, Replaced, RowMeta, WriterState } from './journal-messages.ts'
import { JournalReader } from './journal-reader.ts'
import { Losses } from './losses.ts'
import { verifyJournal } from './verify-journal.ts'
import { WriterThread } from './writer-thread.ts'

export interface JournalOptions {
  readonly path: string
  /** Names this machine (not the agent): a journal that another machine wrote begins a new epoch. */
  readonly device: string
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** Told once per failure, so that it can be shown and logged. */
  readonly onFailure?: (error: JournalError) => void
  readonly limits?: Partial<JournalLimits>
  /** Milliseconds after which the whole chain is read again once; half a minute unless told. */
  readonly verifyAfterMs?: number
}

const MAINTAIN_EVERY_MS = 60_000
/** The whole chain is read again once, when the start is over. */
const VERIFY_AFTER_MS = 30_000

/** Opens the journal, creating it if needed. Throws a `JournalError` when the state directory cannot be written. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { thread, opened } = await WriterThread.start({ path: options.path, device: options.device, now: options.now(), limits })
  if (opened.type !== 'opened') {
    await thread.end()
    throw new JournalError('write-failed', opened.type === 'failed' ? `${opened.code}: ${opened.message}` : opened.type)
  }
  const journal = new SqliteJournal({ ...options, limits }, thread, opened.state)
  if (opened.replaced) journal.noteReplaced(opened.replaced)
  return journal
}

class SqliteJournal implements Journal {
  readonly path: string
  readonly #options: JournalOptions & { readonly limits: JournalLimits }
  #thread: WriterThread
  readonly #listeners = new Set<(head: JournalHead) => void>()
  readonly #losses = new Losses()
  readonly #timer: NodeJS.Timeout
  readonly #verifying = new AbortController()
  readonly #verifyTimer: NodeJS.Timeout
  /** Absent while a new epoch begins; reads are empty then. */
  #reader: JournalReader | undefined
  #state: WriterState
  #nextSeq: number
  #filling: Batch | undefined
  #inFlight = 0
  #flushing = false
  #queuedEntries = 0
  #queuedBytes = 0
  #lastHash: Uint8Array
  #shippedSeq = 0
  #failure: JournalError | undefined
  #replaced: string | undefined
  #altered: string | undefined
  #closed = false
  #renewing = false
  #reviving = false

  constructor(options: JournalOptions & { readonly limits: JournalLimits }, thread: WriterThread, state: WriterState) {
    this.path = options.path
    this.#options = options
    this.#thread = thread
    this.#state = state
    this.#nextSeq = state.seq + 1
    this.#lastHash = state.hash
    this.#reader = new JournalReader(options.path)
    this.#timer = setInterval(() => void this.maintain(), MAINTAIN_EVERY_MS).unref()
    this.#verifyTimer = setTimeout(() => void this.#verifyOnce(), options.verifyAfterMs ?? VERIFY_AFTER_MS).unref()
  }

  epoch(): number {
    return this.#state.epoch
  }

  append(body: EntryBody): Appended {
    return this.#append(body)
  }

  head(): JournalHead {
    return { epoch: this.#state.epoch, seq: this.#state.seq, hash: this.#state.hash }
  }

  readAfter(seq: number, maxBytes: number) {
    const entries = this.#reader?.readAfter(seq, maxBytes) ?? []
    this.#shippedSeq = Math.max(this.#shippedSeq, entries.at(-1)?.seq ?? 0)
    return entries
  }

  prunedSeq(): number {
    return this.#state.prunedSeq
  }

  decisions(query: DecisionQuery) {
    return this.#reader?.decisions(query) ?? []
  }

  decision(id: string) {
    return this.#reader?.decision(id)
  }

  outcomesOf(id: string) {
    return this.#reader?.outcomesOf(id) ?? []
  }

  acknowledge(seq: number): void {
    if (seq > this.#state.acked) this.#thread.send({ type: 'acknowledge', seq }, (answer) => this.#accept(answer))
  }

  acked(): number {
    return this.#state.acked
  }

  unshipped() {
    return { entries: this.#state.unshippedEntries, bytes: this.#state.unshippedBytes }
  }

  problems(): readonly string[] {
    const found: string[] = []
    if (this.#failure) found.push(this.#failure.message)
    if (this.#losses.count > 0) found.push(`${this.#losses.count} journal entries could not be recorded; they are declared as soon as the journal can be written again.`)
    if (this.#replaced) found.push(this.#replaced)
    if (this.#altered) found.push(this.#altered)
    if (this.#state.ballastMissing) found.push('The disk of the state directory is nearly full: the room kept for that case is used up. Decisions are still recorded; free some space.')
    return found
  }

  subscribe(listener: (head: JournalHead) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  verify(): Promise<Verification> {
    return verifyJournal(this.path)
  }

  async renew(reason: string): Promise<void> {
    this.#renewing = true
    this.#reader?.close()
    this.#reader = undefined
    let answer: FromWriter
    try {
      await this.#drain()
      answer = await this.#thread.ask({ type: 'renew', reason, now: this.#options.now() })
      if (answer.type !== 'renewed') throw failureOf(answer)
      this.#begin(answer.state)
    } finally {
      this.#reader = new JournalReader(this.path)
      this.#renewing = false
    }
    this.noteReplaced(answer.replaced)
  }

  async bindAgent(agentId: string): Promise<boolean> {
    const answer = await this.#thread.ask({ type: 'bind', agentId })
    this.#accept(answer)
    return answer.type === 'bound' && answer.matches
  }

  async maintain(): Promise<void> {
    if (this.#closed || this.#renewing) return
    const answer = await this.#thread.ask({ type: 'maintain', now: this.#options.now(), shippedSeq: this.#shippedSeq })
    this.#accept(answer)
    if (answer.type === 'maintained' && answer.plan) await this.#declareDrop(answer.plan)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#timer)
    clearTimeout(this.#verifyTimer)
    this.#verifying.abort()
    await this.#drain()
    this.#reader?.close()
    this.#reader = undefined
    await this.#thread.ask({ type: 'close' })
    await this.#thread.end()
  }

  noteReplaced(replaced: Replaced): void {
    this.#replaced = `The journal was replaced (${replaced.reason}); the old one is kept at ${replaced.movedTo}. What the hub had not acknowledged of it stays there.`
    this.#append({ kind: 'state', change: 'journal-replaced', detail: { ...replaced } })
  }

  #append(body: EntryBody, drop?: RowMeta['drop']): Appended {
    const refused = this.#refusal()
    if (refused) return this.#lose(body, refused)
    const seq = this.#nextSeq
    const head = { v: 1 as const, epoch: this.#state.epoch, seq, at: this.#options.now() }
    let encoded: ReturnType<typeof encodeEntry>
    try {
      encoded = encodeEntry(head, body, this.#options.limits.entryBytes)
    } catch (error) {
      return this.#lose(body, error instanceof JournalError ? error : new JournalError('write-failed', String(error)))
    }
    const batch = (this.#filling ??= new Batch(this.#lastHash))
    batch.add(drop ? { ...encoded.row, drop } : encoded.row, encoded.json)
    this.#nextSeq += 1
    this.#queuedEntries += 1
    this.#queuedBytes += encoded.json.length
    this.#flushSoon()
    return { seq, durable: batch.durable }
  }

  #refusal(): JournalError | undefined {
    if (this.#closed || this.#renewing) return new JournalError('closed')
    if (this.#reviving) return new JournalError('write-failed', 'the writer thread is being replaced')
    if (this.#queuedEntries >= this.#options.limits.queueEntries || this.#queuedBytes >= this.#options.limits.queueBytes) return new JournalError('queue-full')
    return undefined
  }

  #lose(body: EntryBody, error: JournalError): Appended {
    this.#losses.add(body, this.#options.now())
    this.#fail(error)
    const durable = Promise.reject(error)
    durable.catch(() => undefined)
    return { seq: 0, durable }
  }

  /** No timer: whatever is appended in this turn, or while a commit runs, shares the next commit. */
  #flushSoon(): void {
    if (this.#flushing || this.#inFlight > 0) return
    this.#flushing = true
    queueMicrotask(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush(): void {
    const batch = this.#filling
    if (!batch || this.#inFlight > 0) return
    this.#filling = undefined
    this.#lastHash = batch.headHash()
    this.#inFlight += 1
    this.#thread.send({ type: 'append', rows: batch.rows, bytes: batch.take() }, (answer) => this.#committed(batch, answer))
  }

  #committed(batch: Batch, answer: FromWriter): void {
    this.#inFlight -= 1
    if (answer.type !== 'committed') return this.#rejected(batch, failureOf(answer))
    this.#release(batch)
    this.#state = answer.state
    this.#failure = undefined
    // The next commit is under way before anybody hears of this one.
    this.#flush()
    batch.settle.done()
    const lost = this.#losses.declare()
    if (lost) this.#append(lost)
    for (const listener of this.#listeners) listener(this.head())
  }

  /** The chain goes on from the last durable entry, so everything queued behind the failed batch fails with it. */
  #rejected(batch: Batch, error: JournalError): void {
    const behind = this.#filling
    this.#filling = undefined
    this.#nextSeq = this.#state.seq + 1
    this.#lastHash = this.#state.hash
    for (const lost of behind ? [batch, behind] : [batch]) {
      this.#release(lost)
      this.#losses.addRows(lost.rows, this.#options.now())
      lost.settle.failed(error)
    }
    this.#fail(error)
    if (this.#thread.gone && !this.#closed && !this.#reviving) {
      this.#reviving = true
      void this.#revive().finally(() => (this.#reviving = false))
    }
    if (error.code === 'corrupt' && !this.#renewing) void this.renew('corrupt').catch((problem: unknown) => this.#fail(new JournalError('write-failed', String(problem))))
  }

  #release(batch: Batch): void {
    this.#queuedEntries -= batch.rows.length
    this.#queuedBytes = this.#queuedEntries === 0 ? 0 : Math.max(0, this.#queuedBytes - batch.bodyBytes)
  }

  /** The writer thread is gone, most likely for want of memory: what it had not committed is declared lost, another one takes over. */
  async #revive(): Promise<void> {
    const { path, device, now, limits } = this.#options
    const { thread, opened } = await WriterThread.start({ path, device, now: now(), limits })
    if (opened.type !== 'opened') return void (await thread.end())
    this.#thread = thread
    this.#begin(opened.state)
    if (opened.replaced) this.noteReplaced(opened.replaced)
  }

  async #verifyOnce(): Promise<void> {
    try {
      const result = await verifyJournal(this.path, { signal: this.#verifying.signal })
      if (!result.ok) this.#altered = `The journal was altered: entry ${result.seq} of epoch ${result.epoch} is the first bad one (${result.detail}). Decisions go on and are recorded; compare with the hub and find out who could write to ${this.path}.`
    } catch {
      // Stopped, or set aside while it was read.
    }
  }

  #fail(error: JournalError): void {
    const isNew = this.#failure?.code !== error.code
    this.#failure = error
    if (isNew) this.#options.onFailure?.(error)
  }

  async #drain(): Promise<void> {
    while (this.#filling || this.#inFlight > 0) await (this.#filling ?? { durable: new Promise((resolve) => setImmediate(resolve)) }).durable.catch(() => undefined)
  }

  async #declareDrop(plan: DropPlan): Promise<void> {
    const { seqs, reason } = plan
    const first = seqs[0] ?? 0
    const body = { kind: 'drop' as const, firstSeq: first, lastSeq: seqs.at(-1) ?? first, count: seqs.length, reason }
    await this.#append(body, { seqs, reason }).durable.catch(() => undefined)
  }

  #begin(state: WriterState): void {
    this.#state = state
    this.#nextSeq = state.seq + 1
    this.#lastHash = state.hash
    this.#shippedSeq = 0
    this.#failure = undefined
  }

  #accept(answer: FromWriter): void {
    if (answer.type === 'failed') this.#fail(failureOf(answer))
    // Only the writer's own counters: head and sequence belong to commits, which answer in the same order.
    else if ('state' in answer) this.#state = answer.state
  }
}

function failureOf(answer: FromWriter): JournalError {
  return answer.type === 'failed' ? new JournalError(journalErrorCode(answer.code), `${answer.code}: ${answer.message}`) : new JournalError('write-failed', `unexpected answer ${answer.type}`)
}

import type { EntryBody } from '@assize/kernel'
import { AppendQueue, failureOf } from './append-queue.ts'
import {
  type Appended,
  DEFAULT_LIMITS,
  type DecisionQuery,
  type Journal,
  type JournalHead,
  type JournalLimits,
  type Verification,
} from './journal.ts'
import { JournalError } from './journal-error.ts'
import type { DropPlan, FromWriter, Replaced, WriterState } from './journal-messages.ts'
import { JournalReader } from './journal-reader.ts'
import { verifyApart } from './verify-apart.ts'
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
  readonly #listeners = new Set<(head: JournalHead) => void>()
  readonly #queue: AppendQueue
  readonly #timer: NodeJS.Timeout
  readonly #verifying = new AbortController()
  readonly #verifyTimer: NodeJS.Timeout
  /** Absent while a new epoch begins; reads are empty then. */
  #reader: JournalReader | undefined
  #thread: WriterThread
  #state: WriterState
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
    this.#queue = new AppendQueue(
      {
        now: options.now,
        limits: options.limits,
        send: (message, then) => this.#thread.send(message, then),
        onCommitted: (committed) => this.#committed(committed),
        onFailed: (error) => this.#failed(error),
      },
      state,
    )
    this.#reader = new JournalReader(options.path)
    this.#timer = setInterval(() => void this.maintain(), MAINTAIN_EVERY_MS).unref()
    this.#verifyTimer = setTimeout(() => void this.#verifyOnce(), options.verifyAfterMs ?? VERIFY_AFTER_MS).unref()
  }

  epoch(): number {
    return this.#state.epoch
  }

  append(body: EntryBody): Appended {
    if (this.#closed || this.#renewing) return this.#queue.refuse(body, new JournalError('closed'))
    if (this.#reviving) return this.#queue.refuse(body, new JournalError('write-failed', 'the writer thread is being replaced'))
    return this.#queue.append(body)
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
    if (this.#queue.lost > 0)
      found.push(
        `${this.#queue.lost} journal entries could not be recorded; they are declared as soon as the journal can be written again.`,
      )
    if (this.#replaced) found.push(this.#replaced)
    if (this.#altered) found.push(this.#altered)
    if (this.#state.ballastMissing)
      found.push(
        'The disk of the state directory is nearly full: the room kept for that case is used up. Decisions are still recorded; free some space.',
      )
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
      await this.#queue.drain()
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
    await this.#queue.drain()
    this.#reader?.close()
    this.#reader = undefined
    await this.#thread.ask({ type: 'close' })
    await this.#thread.end()
  }

  noteReplaced(replaced: Replaced): void {
    this.#replaced = `The journal was replaced (${replaced.reason}); the old one is kept at ${replaced.movedTo}. What the hub had not acknowledged of it stays there.`
    this.append({ kind: 'state', change: 'journal-replaced', detail: { ...replaced } })
  }

  #committed(state: WriterState): void {
    this.#state = state
    this.#failure = undefined
    for (const listener of this.#listeners) listener(this.head())
  }

  #failed(error: JournalError): void {
    const isNew = this.#failure?.code !== error.code
    this.#failure = error
    if (isNew) this.#options.onFailure?.(error)
    if (this.#thread.gone && !this.#closed && !this.#reviving) void this.#revive()
    if (error.code === 'corrupt' && !this.#renewing)
      void this.renew('corrupt').catch((problem: unknown) => this.#failed(new JournalError('write-failed', String(problem))))
  }

  /** The writer thread is gone, most likely for want of memory: what it had not committed is declared lost, another one takes over. */
  async #revive(): Promise<void> {
    const { path, device, now, limits } = this.#options
    this.#reviving = true
    const { thread, opened } = await WriterThread.start({ path, device, now: now(), limits })
    this.#reviving = false
    if (opened.type !== 'opened') {
      await thread.end()
      return
    }
    this.#thread = thread
    this.#begin(opened.state)
    if (opened.replaced) this.noteReplaced(opened.replaced)
  }

  async #verifyOnce(): Promise<void> {
    try {
      const result = await verifyApart(this.path, this.#verifying.signal)
      if (!result.ok)
        this.#altered = `The journal was altered: entry ${result.seq} of epoch ${result.epoch} is the first bad one (${result.detail}). Decisions go on and are recorded; compare with the hub and find out who could write to ${this.path}.`
    } catch {
      // Stopped, or set aside while it was read.
    }
  }

  async #declareDrop(plan: DropPlan): Promise<void> {
    const { seqs, reason } = plan
    const first = seqs[0] ?? 0
    const body = { kind: 'drop' as const, firstSeq: first, lastSeq: seqs.at(-1) ?? first, count: seqs.length, reason }
    await this.#queue.append(body, { seqs, reason }).durable.catch(() => undefined)
  }

  #begin(state: WriterState): void {
    this.#queue.begin(state)
    this.#state = state
    this.#shippedSeq = 0
    this.#failure = undefined
  }

  #accept(answer: FromWriter): void {
    if (answer.type === 'failed') this.#failed(failureOf(answer))
    else if ('state' in answer) this.#state = answer.state
  }
}

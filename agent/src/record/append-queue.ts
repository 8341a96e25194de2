import type { EntryBody } from '@assize/kernel'
import { Batch } from './batch.ts'
import { encodeEntry } from './encode-entry.ts'
import type { Appended, JournalLimits } from './journal.ts'
import { JournalError, journalErrorCode } from './journal-error.ts'
import type { FromWriter, RowMeta, ToWriter, WriterState } from './journal-messages.ts'
import { Losses } from './losses.ts'
import { packRows } from './row-cells.ts'

export interface AppendQueueOptions {
  readonly now: () => number
  readonly limits: JournalLimits
  /** Hands a batch to the writer thread. */
  readonly send: (message: ToWriter, then: (answer: FromWriter) => void) => void
  readonly onCommitted: (state: WriterState) => void
  /** Something was not recorded. */
  readonly onFailed: (error: JournalError) => void
}

/** Numbers entries and gathers them into commits: whatever is appended while one commit runs shares the next. The writer chains them. */
export class AppendQueue {
  readonly #options: AppendQueueOptions
  readonly #losses = new Losses()
  #durable: WriterState
  #nextSeq: number
  #filling: Batch | undefined
  #inFlight: Batch | undefined
  #flushing = false
  #entries = 0
  #bytes = 0

  constructor(options: AppendQueueOptions, state: WriterState) {
    this.#options = options
    this.#durable = state
    this.#nextSeq = state.seq + 1
  }

  /** Entries that could not be recorded and are not yet declared. */
  get lost(): number {
    return this.#losses.count
  }

  append(body: EntryBody, drop?: RowMeta['drop']): Appended {
    const { queueEntries, queueBytes, entryBytes } = this.#options.limits
    if (this.#entries >= queueEntries || this.#bytes >= queueBytes) return this.refuse(body, new JournalError('queue-full'))
    const seq = this.#nextSeq
    let encoded: ReturnType<typeof encodeEntry>
    try {
      encoded = encodeEntry({ v: 1, epoch: this.#durable.epoch, seq, at: this.#options.now() }, body, entryBytes)
    } catch (error) {
      return this.refuse(body, error instanceof JournalError ? error : new JournalError('write-failed', String(error)))
    }
    this.#filling ??= new Batch()
    const batch = this.#filling
    batch.add(drop ? { ...encoded.row, drop } : encoded.row, encoded.json)
    this.#nextSeq += 1
    this.#entries += 1
    this.#bytes += encoded.json.length
    this.#flushSoon()
    return { seq, durable: batch.durable }
  }

  /** Counts an entry as lost, to be declared in the chain as soon as it can be written again. */
  refuse(body: EntryBody, error: JournalError): Appended {
    this.#losses.add(body, this.#options.now())
    this.#options.onFailed(error)
    const durable = Promise.reject(error)
    durable.catch(() => undefined)
    return { seq: 0, durable }
  }

  /** Goes on from what the writer found, after it began a new epoch or was replaced. */
  begin(state: WriterState): void {
    this.#durable = state
    this.#nextSeq = state.seq + 1
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    for (let last = this.#last(); last; last = this.#last()) await last.durable.catch(() => undefined)
  }

  #last(): Batch | undefined {
    return this.#filling ?? this.#inFlight
  }

  /** No timer: whatever is appended in this turn, or while a commit runs, shares the next commit. */
  #flushSoon(): void {
    if (this.#flushing || this.#inFlight) return
    this.#flushing = true
    queueMicrotask(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  #flush(): void {
    const batch = this.#filling
    if (!batch || this.#inFlight) return
    this.#filling = undefined
    this.#inFlight = batch
    const cells = packRows(batch.rows)
    this.#options.send({ type: 'append', cells, bytes: batch.take() }, (answer) => this.#answered(batch, answer))
  }

  #answered(batch: Batch, answer: FromWriter): void {
    this.#inFlight = undefined
    if (answer.type !== 'committed') return this.#rejected(batch, failureOf(answer))
    this.#release(batch)
    this.#durable = answer.state
    // The next commit is under way before anybody hears of this one.
    this.#flush()
    batch.settle.done()
    const lost = this.#losses.declare()
    if (lost) this.append(lost)
    this.#options.onCommitted(answer.state)
  }

  /** The chain goes on from the last durable entry, so everything queued behind the failed batch fails with it. */
  #rejected(batch: Batch, error: JournalError): void {
    const behind = this.#filling
    this.#filling = undefined
    this.begin(this.#durable)
    for (const lost of behind ? [batch, behind] : [batch]) {
      this.#release(lost)
      this.#losses.addRows(lost.rows, this.#options.now())
      lost.settle.failed(error)
    }
    this.#options.onFailed(error)
  }

  #release(batch: Batch): void {
    this.#entries -= batch.rows.length
    this.#bytes = this.#entries === 0 ? 0 : Math.max(0, this.#bytes - batch.bodyBytes)
  }
}

export function failureOf(answer: FromWriter): JournalError {
  if (answer.type !== 'failed') return new JournalError('write-failed', `unexpected answer ${answer.type}`)
  return new JournalError(journalErrorCode(answer.code), `${answer.code}: ${answer.message}`)
}

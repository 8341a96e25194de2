import { Worker } from 'node:worker_threads'
import { workerEntry } from '../platform/worker-entry.ts'
import type { FromWriter, ToWriter, WriterStart } from './journal-messages.ts'

type Waiter = (answer: FromWriter) => void

/** The writer thread seen from the main thread: requests are answered one by one, in order. */
export class WriterThread {
  readonly #worker: Worker
  readonly #waiting: Waiter[] = []
  #gone: string | undefined

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (answer: FromWriter) => this.#waiting.shift()?.(answer))
    worker.on('error', (error) => this.#stop(error.message))
    worker.on('exit', (code) => this.#stop(`the writer thread ended with code ${code}`))
  }

  static async start(options: WriterStart): Promise<{ thread: WriterThread; opened: FromWriter }> {
    const worker = new Worker(workerEntry(import.meta.url, 'journal'), {
      workerData: options,
      name: 'assize-journal',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 2 },
    })
    const thread = new WriterThread(worker)
    const opened = await new Promise<FromWriter>((resolve) => thread.#waiting.push(resolve))
    return { thread, opened }
  }

  /** The thread has ended; nothing will be answered any more. */
  get gone(): boolean {
    return this.#gone !== undefined
  }

  send(message: ToWriter, then: Waiter): void {
    if (this.#gone !== undefined) return then({ type: 'failed', code: 'GONE', message: this.#gone })
    this.#waiting.push(then)
    this.#worker.postMessage(message, message.type === 'append' ? [message.bytes] : [])
  }

  ask(message: ToWriter): Promise<FromWriter> {
    return new Promise((resolve) => this.send(message, resolve))
  }

  async end(): Promise<void> {
    this.#gone = 'the journal is closed'
    await this.#worker.terminate()
  }

  #stop(reason: string): void {
    if (this.#gone !== undefined && this.#waiting.length === 0) return
    this.#gone ??= reason
    for (const waiter of this.#waiting.splice(0)) waiter({ type: 'failed', code: 'GONE', message: reason })
  }
}

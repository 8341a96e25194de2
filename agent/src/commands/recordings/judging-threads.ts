import { Worker } from 'node:worker_threads'
import { AgentError } from '../../platform/errors.ts'
import { workerEntry } from '../../platform/worker-entry.ts'
import type { Batch, JudgedBatch, JudgingStart } from './judging-messages.ts'

/** A thread, and whoever waits for its answers, in the order of the questions. */
interface Thread {
  readonly worker: Worker
  readonly waiting: PromiseWithResolvers<JudgedBatch>[]
}

/** Threads that judge recordings, each by policies of its own. To be closed when nothing more is asked. */
export class JudgingThreads {
  readonly #threads: readonly Thread[]

  constructor(count: number, start: JudgingStart) {
    this.#threads = Array.from({ length: count }, () => started(start))
  }

  /** Asks the thread that has the least to do. Rejects with an `AgentError` when the thread has ended. */
  judge(batch: Batch): Promise<JudgedBatch> {
    const thread = this.#threads.reduce((least, one) => (one.waiting.length < least.waiting.length ? one : least))
    const answer = Promise.withResolvers<JudgedBatch>()
    thread.waiting.push(answer)
    thread.worker.postMessage(batch)
    return answer.promise
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }
}

function started(start: JudgingStart): Thread {
  const worker = new Worker(workerEntry(import.meta.url, 'recordings'), { workerData: start, name: 'assize-replay', execArgv: [] })
  const waiting: PromiseWithResolvers<JudgedBatch>[] = []
  worker.on('message', (answer: JudgedBatch) => waiting.shift()?.resolve(answer))
  const end = (why: string) => {
    const text = `A thread that judges recordings has ended (${why}), so replay stopped there. Replay fewer files at a time.`
    for (const answer of waiting.splice(0)) answer.reject(new AgentError('internal', text))
  }
  worker.on('error', (error) => end(error.message))
  worker.on('exit', (code) => end(`code ${code}`))
  return { worker, waiting }
}

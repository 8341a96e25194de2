import { Worker } from 'node:worker_threads'
import type { ModelFiles } from '../bundle/check-bundle.ts'
import { type Classification, ClassifierError, type ClassifierText } from '../port.ts'
import type { FailReason, FromModel, ModelStart } from './messages.ts'
import { workerEntry } from '../worker-entry.ts'

interface Waiter {
  readonly resolve: (classifications: readonly Classification[]) => void
  readonly reject: (error: ClassifierError) => void
}

/** Questions that may wait at once; beyond, a text is not scored rather than held in memory. */
const MOST_WAITING = 256
const HEAP_MEGABYTES = 192
/** A thread that does not come back to a question it was told to drop is ended: some text keeps it busy for good. */
const STUCK_MS = 10_000

/** The model did not come up. */
export class ModelFailed extends Error {
  readonly reason: FailReason

  constructor(reason: FailReason, message: string) {
    super(message)
    this.name = 'ModelFailed'
    this.reason = reason
  }
}

/** One life of the model's thread. It answers until it ends, and says when it did. */
export class ModelThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiter>()
  readonly #ended = Promise.withResolvers<string>()
  /** Questions given up that the thread still works on. */
  readonly #overdue = new Map<number, NodeJS.Timeout>()
  #next = 1
  #over = false

  private constructor(files: ModelFiles) {
    const start: ModelStart = { files }
    this.#worker = new Worker(workerEntry(import.meta.url, 'model'), {
      workerData: start,
      name: 'assize-model',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES, maxYoungGenerationSizeMb: 8 },
    })
  }

  /** Resolves once the model has proven itself on its golden vectors. Rejects with a `ModelFailed`. */
  static async start(files: ModelFiles): Promise<ModelThread> {
    const thread = new ModelThread(files)
    const worker = thread.#worker
    const loaded = Promise.withResolvers<void>()
    worker.on('message', (message: FromModel) => {
      if (message.type === 'loaded') loaded.resolve()
      else if (message.type === 'failed' && message.id === undefined) loaded.reject(new ModelFailed(message.reason, message.message))
      else thread.#take(message)
    })
    worker.on('error', (error) => thread.#end(error.message))
    worker.on('exit', (code) => thread.#end(`the model's thread ended with code ${code}`))
    void thread.ended.then((why) => loaded.reject(new ModelFailed('failed', why)))
    try {
      await loaded.promise
    } catch (error) {
      await worker.terminate()
      throw error
    }
    worker.unref()
    return thread
  }

  /** Settles with the reason when the thread is no more. */
  get ended(): Promise<string> {
    return this.#ended.promise
  }

  score(texts: readonly ClassifierText[], signal?: AbortSignal): Promise<readonly Classification[]> {
    if (this.#over)
      return Promise.reject(
        new ClassifierError('crashed', 'The thread of the model has ended, so the text was not scored; rules alone decide.'),
      )
    if (signal?.aborted) return Promise.reject(cancelledError())
    if (this.#waiting.size >= MOST_WAITING)
      return Promise.reject(
        new ClassifierError(
          'busy',
          `More than ${MOST_WAITING} questions wait for the model, so the text was not scored; rules alone decide.`,
        ),
      )
    const id = this.#next
    this.#next += 1
    return new Promise((resolve, reject) => {
      const cancel = () => {
        this.#waiting.delete(id)
        this.#settleReference()
        this.#worker.postMessage({ type: 'cancel', id })
        const stuck = () => this.#end(`it was stuck on a text for ${STUCK_MS / 1000} seconds`)
        this.#overdue.set(id, setTimeout(stuck, STUCK_MS).unref())
        reject(cancelledError())
      }
      signal?.addEventListener('abort', cancel, { once: true })
      const done = () => signal?.removeEventListener('abort', cancel)
      this.#waiting.set(id, {
        resolve: (classifications) => (done(), resolve(classifications)),
        reject: (error) => (done(), reject(error)),
      })
      this.#settleReference()
      this.#worker.postMessage({ type: 'score', id, texts })
    })
  }

  async end(): Promise<void> {
    this.#end('it was closed')
    await this.#worker.terminate()
  }

  #take(message: FromModel): void {
    if (!('id' in message) || message.id === undefined) return
    clearTimeout(this.#overdue.get(message.id))
    this.#overdue.delete(message.id)
    const waiter = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    this.#settleReference()
    if (waiter === undefined) return
    if (message.type === 'scored') waiter.resolve(message.classifications)
    else if (message.type === 'failed') {
      waiter.reject(new ClassifierError('unavailable', `The model failed on a text (${message.message}), so rules alone decide about it.`))
      // A model that gives no numbers once cannot be believed the next time.
      if (message.reason === 'broken') this.#end(message.message)
    } else waiter.reject(cancelledError())
  }

  #end(reason: string): void {
    if (this.#over) return
    this.#over = true
    this.#ended.resolve(reason)
    for (const waiter of this.#waiting.values())
      waiter.reject(
        new ClassifierError('crashed', `The thread of the model ended (${reason}), so the text was not scored; rules alone decide.`),
      )
    this.#waiting.clear()
    for (const timer of this.#overdue.values()) clearTimeout(timer)
    this.#overdue.clear()
    void this.#worker.terminate()
  }

  /** The process may end while nobody waits for an answer. */
  #settleReference(): void {
    if (this.#waiting.size > 0) this.#worker.ref()
    else this.#worker.unref()
  }
}

function cancelledError(): ClassifierError {
  return new ClassifierError('cancelled', 'The time for scoring ran out, so the text was not scored; rules alone decide.')
}

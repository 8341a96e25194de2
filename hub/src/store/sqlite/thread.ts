import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { HubError } from '../../platform/errors.ts'
import type { StoreCall, StoreReply, StoreThreadData } from './calls.ts'

interface Waiting {
  resolve(value: never): void
  reject(error: Error): void
}

/** One store thread, seen from the main thread: a method call becomes a message, its promise the reply. */
export class StoreThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #count = 0
  #failure: Error | undefined

  constructor(location: URL, data: StoreThreadData) {
    this.#worker = new Worker(location, { workerData: data, name: 'store' })
    this.#worker.on('message', (message: StoreReply | readonly StoreReply[] | 'ready') => this.#receive(message))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('the store has been closed')))
  }

  /** Resolves once the database is open. */
  async ready(): Promise<this> {
    await once(this.#worker, 'message')
    return this
  }

  call<Result>(method: string, args: readonly unknown[], transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure)
      const call: StoreCall = { id: ++this.#count, method, args }
      this.#waiting.set(call.id, { resolve: resolve as (value: never) => void, reject })
      this.#worker.postMessage(call, [...transfer])
    })
  }

  async close(): Promise<void> {
    if (this.#failure !== undefined) return
    const exit = once(this.#worker, 'exit')
    this.#worker.postMessage('close')
    await exit
  }

  /** Called once when the thread dies without being asked to. */
  onFailure(listener: (error: Error) => void): void {
    this.#worker.on('error', listener)
  }

  #receive(message: StoreReply | readonly StoreReply[] | 'ready'): void {
    if (message === 'ready') return
    for (const reply of Array.isArray(message) ? (message as readonly StoreReply[]) : [message as StoreReply]) {
      const waiting = this.#waiting.get(reply.id)
      this.#waiting.delete(reply.id)
      if (reply.ok) waiting?.resolve(reply.value as never)
      else waiting?.reject(storeFailed(new Error(reply.error)))
    }
  }

  #fail(error: Error): void {
    this.#failure ??= storeFailed(error)
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure)
    this.#waiting.clear()
  }
}

function storeFailed(cause: Error): HubError {
  return new HubError(
    {
      code: 'store-failed',
      status: 503,
      detail: 'The hub could not read or write its database.',
      protection: 'Agents keep deciding; what they record stays with them until the hub can keep it.',
      remedy: "Look at the hub's log and at the free space of its disk, then try again.",
    },
    cause,
  )
}

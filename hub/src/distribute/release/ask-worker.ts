import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerLocation } from '../../platform/worker-location.ts'

interface Asking {
  /** Of the file `NAME.worker.ts` beside this one, which posts one message. */
  readonly name: string
  readonly files: ReadonlyMap<string, string>
  /** Milliseconds. */
  readonly within: number
}

/** What a worker of its own says of a policy folder; undefined where it ends or takes too long before it says anything. */
export async function askWorker<Answer>({ name, files, within }: Asking): Promise<Answer | undefined> {
  const worker = new Worker(workerLocation(name, import.meta.url), {
    workerData: { files },
    name,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const timer = setTimeout(() => void worker.terminate(), within)
  try {
    const [answer] = (await Promise.race([once(worker, 'message'), once(worker, 'exit').then(() => [])])) as [Answer?]
    return answer
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** The rules of a policy as a person reads them: what each is about and what it leads to. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { HubError } from '../../platform/errors.ts'
import { workerLocation } from '../../platform/worker-location.ts'
import type { RuleList } from './rule-list.worker.ts'

const WITHIN_MS = 15_000
const MOST_KEPT = 8

export type ListedRules = RuleList & { readonly ok: true }

/** Remembers by the hash of the policy, for a policy never changes under its hash. One compilation at a time per policy. */
export class RuleLists {
  readonly #kept = new Map<string, Promise<ListedRules>>()

  /** Throws a `HubError` for what does not compile. */
  of(hash: string, files: () => Promise<ReadonlyMap<string, string>>): Promise<ListedRules> {
    const known = this.#kept.get(hash)
    if (known !== undefined) return known
    const made = files().then(read)
    made.catch(() => this.#kept.delete(hash))
    this.#kept.set(hash, made)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return made
  }
}

async function read(files: ReadonlyMap<string, string>): Promise<ListedRules> {
  const worker = new Worker(workerLocation('rule-list', import.meta.url), {
    workerData: { files },
    name: 'rule-list',
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const timer = setTimeout(() => void worker.terminate(), WITHIN_MS)
  try {
    const [result] = (await Promise.race([once(worker, 'message'), once(worker, 'exit').then(() => [])])) as [RuleList?]
    if (result?.ok === true) return result
    throw new HubError({
      code: 'unreadable-policy',
      status: 503,
      detail: 'The rules of this policy cannot be listed: it does not compile with this hub, or takes too long to.',
      protection: 'Agents decide by the policy in force on each of them, as before.',
      remedy: 'Look at it with `assize policy check DIR`, or bring the hub up to date.',
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** The rules of a policy as a person reads them: what each is about and what it leads to. */
import { HubError } from '../../platform/errors.ts'
import { askWorker } from './ask-worker.ts'
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
  const result = await askWorker<RuleList>({ name: 'rule-list', files, within: WITHIN_MS })
  if (result?.ok === true) return result
  throw new HubError({
    code: 'unreadable-policy',
    status: 503,
    detail: 'The rules of this policy cannot be listed: it does not compile with this hub, or takes too long to.',
    protection: 'Agents decide by the policy in force on each of them, as before.',
    remedy: 'Look at it with `assize policy check DIR`, or bring the hub up to date.',
  })
}

import type { Effect } from '../effect/effect.ts'
import type { Verdict } from './verdict.ts'

/** One policy that spoke on one effect. */
export interface Reason {
  /** `@id` of the policy. */
  readonly policy: string
  readonly title: string
  readonly verdict: Verdict
  readonly severity: string
  /** The effect it spoke on. */
  readonly effect: Effect
  readonly owasp?: string
  readonly atlas?: string
  /** What the person can do. */
  readonly remedy?: string
}

/** Which release of the rules spoke. */
export interface PolicyVersion {
  readonly name: string
  readonly version: number
  /** SHA-256 of the bundle's manifest, lower-case hex; empty for rules that were never released as a bundle. */
  readonly hash: string
}

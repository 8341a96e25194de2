import type { Effect } from '../effect/effect.ts'
import type { Finding } from '../finding/finding.ts'
import type { Derivation } from '../provenance/derivation.ts'

/** Ordered by strictness; the strictest determining policy wins. */
export const VERDICTS = ['allow', 'redact', 'ask', 'deny', 'quarantine'] as const
export type Verdict = (typeof VERDICTS)[number]

export function stricter(left: Verdict, right: Verdict): Verdict {
  return VERDICTS.indexOf(left) >= VERDICTS.indexOf(right) ? left : right
}

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

/** What must happen with the verdict. */
export type Obligation =
  | { readonly kind: 'redact'; readonly arg: string; readonly span: readonly [number, number]; readonly mask: string }
  | { readonly kind: 'notify'; readonly text: string }

/** The least change that would have led to another verdict. Applying it must flip the verdict (property-tested). */
export interface Counterfactual {
  readonly change: CounterfactualChange
  readonly verdict: Verdict
  /** One sentence: `Would be allowed if you had named attacker@example.com yourself.` */
  readonly text: string
}

export type CounterfactualChange =
  /** The person names these values in the prompt. */
  | { readonly kind: 'user-names'; readonly values: readonly string[] }
  /** A person grants this policy for this effect. */
  | { readonly kind: 'grant'; readonly policy: string; readonly effectClass: string; readonly target: string }
  /** These arguments are left out. */
  | { readonly kind: 'without-arguments'; readonly args: readonly string[] }

/** Microseconds spent in each stage; outside the part of a decision that replays bit for bit. */
export interface Timing {
  readonly effects: number
  readonly provenance: number
  readonly findings: number
  readonly policy: number
  readonly explain: number
  readonly total: number
}

export interface PolicyVersion {
  readonly name: string
  readonly version: number
  /** SHA-256 of the bundle's manifest, lower-case hex. */
  readonly hash: string
}

export interface Decision {
  readonly verdict: Verdict
  /** One plain sentence a person reads first. Never empty. */
  readonly summary: string
  /** Strictest first. Empty for a plain allow. */
  readonly reasons: readonly Reason[]
  readonly effects: readonly Effect[]
  readonly derivations: readonly Derivation[]
  readonly findings: readonly Finding[]
  readonly obligations: readonly Obligation[]
  readonly counterfactual?: Counterfactual
  /** Some effect is consequential: durable before release, fails closed. */
  readonly consequential: boolean
  /** What an unanswered `ask` becomes. */
  readonly fallback: 'allow' | 'deny'
  readonly policyVersion: PolicyVersion
  readonly kernelVersion: string
  /** Policies that could not be evaluated; Cedar skips them, so the kernel treats a consequential effect as `ask`. */
  readonly policyErrors: readonly string[]
}

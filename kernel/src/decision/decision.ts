/** The decision on one call: from effects and evidence through the policies to a verdict with its reasons. */
import type { PolicyVersion, Reason } from '../capability/reason.ts'
import type { Verdict } from '../capability/verdict.ts'
import type { Effect } from '../effect/effect.ts'
import type { Finding } from '../finding/finding.ts'
import type { Derivation } from '../provenance/derivation.ts'
import type { Advice } from '../finding/advice.ts'

export type { PolicyVersion, Reason, Verdict }

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
  /** A person says yes to everything that is asked about. */
  | {
      readonly kind: 'approval'
      readonly grants: readonly { readonly policy: string; readonly effectClass: string; readonly target: string }[]
    }
  /** The session's own agent makes the call, not one it handed work to. */
  | { readonly kind: 'own-agent' }
  /** The session has done nothing before, and its principal nothing ever. */
  | { readonly kind: 'fresh-start' }
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

/** What of the session and its principal a call was judged by, beside its own arguments. */
export interface Circumstances {
  /** Of the session, this one included. */
  readonly calls: number
  /** The session had read secrets. */
  readonly holdsSecrets: boolean
  /** The same in a row, alone or in turns; 1 when nothing repeats. */
  readonly repeats: number
  /** The person's own words ask for each consequential effect of the call. */
  readonly requested: boolean
  /** The session had read text from outside. */
  readonly tainted: boolean
  /** 0 to 100: the least trust over the effects of the call. */
  readonly trust: number
}

export interface Decision {
  /** What models said of the call; absent when none was asked. */
  readonly advice?: readonly Advice[]
  /** Absent in records from before it was kept. */
  readonly circumstances?: Circumstances
  readonly verdict: Verdict
  /** One plain sentence a person reads first. Never empty. */
  readonly summary: string
  /** Strictest first. Empty for a plain allow. */
  readonly reasons: readonly Reason[]
  /** Asks that the advice set aside; absent when it set none aside. */
  readonly setAside?: readonly Reason[]
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

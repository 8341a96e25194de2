import type { Policy } from '../capability/policy.ts'
import type { Verdict } from '../capability/verdict.ts'
import type { Derivation } from '../provenance/derivation.ts'
import { type Arbitration, arbitrate, redactable } from './arbitrate.ts'
import { counterfactualOf } from './counterfactual.ts'
import type { CounterfactualChange, Decision, Obligation } from './decision.ts'
import { contextsOf } from './contexts.ts'
import type { Judged, Situation } from './situation.ts'
import { summaryOf } from './summary.ts'
import { Tracer } from './tracer.ts'

/** Raised whenever the same situation may be decided otherwise. */
export const KERNEL_VERSION = '2'

/** Values told with a decision. */
const DERIVATIONS = 32
const FINDINGS = 32

export interface Judgement {
  readonly judged: readonly Judged[]
  readonly arbitration: Arbitration
  readonly derivations: readonly Derivation[]
}

/** Told when each stage is done: provenance, then policy. */
export type Marked = (stage: 'provenance' | 'policy') => void

export function judge(situation: Situation, policy: Policy, marked?: Marked): Judgement {
  const tracer = new Tracer(situation.session.evidence, situation.call)
  const judged = contextsOf(situation, tracer)
  marked?.('provenance')
  const arbitration = arbitrate(situation, judged, policy)
  marked?.('policy')
  return { judged, arbitration, derivations: told(tracer.derivations()) }
}

/** Values with a known origin first; a value nobody holds is told as well, for that is what the model made up. */
function told(derivations: readonly Derivation[]): readonly Derivation[] {
  return [...derivations].sort((left, right) => Number(right.sources.length > 0) - Number(left.sources.length > 0)).slice(0, DERIVATIONS)
}

/** Judges the situation that a change would lead to; answers its verdict. */
export type Changed = (change: CounterfactualChange) => Situation

export function decisionOf(
  situation: Situation,
  judgement: Judgement,
  about: { readonly policy: Policy; readonly changed: Changed },
): Decision {
  const { judged, arbitration, derivations } = judgement
  const again = (change: CounterfactualChange): Verdict => judge(about.changed(change), about.policy).arbitration.verdict
  const counterfactual = counterfactualOf({ situation, judged, arbitration, again })
  return {
    verdict: arbitration.verdict,
    summary: summaryOf(arbitration, judged, derivations),
    reasons: arbitration.reasons,
    effects: situation.reading.effects.map(({ effect }) => effect),
    derivations,
    findings: situation.findings.slice(0, FINDINGS),
    obligations: about.policy.enforce ? obligationsOf(situation, arbitration) : [],
    ...(counterfactual === undefined ? {} : { counterfactual }),
    consequential: arbitration.consequential,
    fallback: arbitration.fallback,
    policyVersion: about.policy.version,
    kernelVersion: KERNEL_VERSION,
    policyErrors: arbitration.errors,
  }
}

/** Secrets are masked wherever some policy wants them masked, also when a person lets the call through. */
function obligationsOf(situation: Situation, arbitration: Arbitration): readonly Obligation[] {
  if (!arbitration.reasons.some((reason) => reason.verdict === 'redact')) return []
  return redactable(situation.findings).map((finding) => ({
    kind: 'redact',
    arg: finding.where,
    span: finding.span,
    mask: `[${finding.kind.slice('secret.'.length)} removed]`,
  }))
}

import type { Policy } from '../capability/policy.ts'
import type { Reason } from '../capability/reason.ts'
import { isConsequential } from '../effect/effect.ts'
import type { Finding } from '../finding/finding.ts'
import type { Derivation } from '../provenance/derivation.ts'
import { adviceWanted, type AdviceWanted, weigh } from './advice.ts'
import { adviceQuestion, type AdviceQuestion } from './advice-question.ts'
import { type Arbitration, arbitrate } from './arbitrate.ts'
import { counterfactualOf } from './counterfactual.ts'
import type { Circumstances, CounterfactualChange, Decision } from './decision.ts'
import { contextsOf } from './contexts.ts'
import type { Judged, Situation } from './situation.ts'
import { summaryOf } from './summary.ts'
import { Tracer } from './tracer.ts'

/** Raised whenever the same situation may be decided otherwise. */
export const KERNEL_VERSION = '6'

const SET_ASIDE = ' Rules alone would have asked you; a model reads it as serving what you asked for.'

/** Values told with a decision. */
const DERIVATIONS = 32
const FINDINGS = 32
const SECRETS = 2048

export interface Judgement {
  readonly judged: readonly Judged[]
  /** With the advice weighed in. */
  readonly arbitration: Arbitration
  /** By rules alone. */
  readonly ruled: Arbitration
  /** Asks that advice set aside. */
  readonly setAside: readonly Reason[]
  readonly derivations: readonly Derivation[]
}

/** Told when each stage is done: provenance, then policy. */
export type Marked = (stage: 'provenance' | 'policy') => void

export function judge(situation: Situation, policy: Policy, marked?: Marked): Judgement {
  const tracer = new Tracer(situation.session.evidence, situation.call)
  const judged = contextsOf(situation, tracer)
  marked?.('provenance')
  const ruled = arbitrate(situation, judged, policy)
  const weighed = situation.advice.length === 0 ? { arbitration: ruled, setAside: [] } : weigh(ruled, situation.advice, { judged, policy })
  marked?.('policy')
  return { judged, ruled, ...weighed, derivations: told(tracer.derivations()) }
}

/** What a model could be asked about this call; nothing where its word could change nothing. */
export interface Open {
  readonly wanted: Exclude<AdviceWanted, undefined>
  /** Made when it is asked for. */
  readonly question: () => AdviceQuestion
}

export function openFor(situation: Situation, judgement: Judgement, policy: Policy): Open | undefined {
  const wanted = adviceWanted(judgement.ruled, judgement.judged, policy)
  return wanted === undefined ? undefined : { wanted, question: () => adviceQuestion(situation, judgement) }
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
  /** Without `changed`, the decision does not tell what would have led to another. */
  about: { readonly policy: Policy; readonly changed: Changed | undefined },
): Decision {
  const { judged, arbitration, derivations } = judgement
  const { policy, changed } = about
  const counterfactual =
    changed === undefined
      ? undefined
      : counterfactualOf({ situation, judged, arbitration, again: (change) => judge(changed(change), policy).arbitration.verdict })
  // In the order of the record, so that it is written as it stands; what few decisions have comes last, where it costs the others nothing.
  return {
    circumstances: circumstancesOf(situation, judged),
    consequential: arbitration.consequential,
    derivations,
    effects: situation.reading.effects.map(({ effect }) => effect),
    fallback: arbitration.fallback,
    findings: toldFindings([...situation.findings, ...seenInSources(situation.session.seen, derivations)]),
    kernelVersion: KERNEL_VERSION,
    obligations: policy.enforce ? arbitration.masks : [],
    policyErrors: arbitration.errors,
    policyVersion: policy.version,
    reasons: arbitration.reasons,
    summary: `${summaryOf(arbitration, judged, derivations)}${judgement.setAside.length === 0 ? '' : SET_ASIDE}`,
    verdict: arbitration.verdict,
    ...(situation.advice.length === 0 ? undefined : { advice: situation.advice }),
    ...(counterfactual === undefined ? undefined : { counterfactual }),
    ...(judgement.setAside.length === 0 ? undefined : { setAside: judgement.setAside }),
  }
}

function circumstancesOf({ session, course }: Situation, judged: readonly Judged[]): Circumstances {
  const consequential = judged.filter(({ traced }) => isConsequential(traced.effect))
  return {
    calls: course.sessionCalls,
    holdsSecrets: session.holdsSecrets,
    repeats: course.repeats,
    requested: consequential.length > 0 && consequential.every(({ context }) => context.requestedByUser),
    tainted: session.tainted,
    trust: judged.reduce((least, { context }) => Math.min(least, context.trust), 100),
  }
}

/** Secrets are all told, for the record masks what it is told of; of the rest the surest. */
function toldFindings(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= FINDINGS) return findings
  const secrets = findings.filter(({ kind }) => kind.startsWith('secret.'))
  const others = findings.filter(({ kind }) => !kind.startsWith('secret.')).sort((left, right) => right.score - left.score)
  return [...secrets.slice(0, SECRETS), ...others.slice(0, Math.max(0, FINDINGS - secrets.length))]
}

/** What stood out in the texts that the arguments came from. */
function seenInSources(seen: readonly Finding[], derivations: readonly Derivation[]): readonly Finding[] {
  if (seen.length === 0) return []
  const sources = new Set(derivations.flatMap((derivation) => derivation.sources.map(({ source }) => source.id)))
  return seen.filter(({ where }) => sources.has(where))
}

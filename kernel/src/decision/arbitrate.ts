import { authorize, ruleOf } from '../capability/authorize.ts'
import type { Policy } from '../capability/policy.ts'
import type { Reason } from '../capability/reason.ts'
import { stricter, type Verdict, VERDICTS } from '../capability/verdict.ts'
import { type Effect, isConsequential } from '../effect/effect.ts'
import { TOLD } from '../finding/detector.ts'
import type { Finding } from '../finding/finding.ts'
import { type Mask, redactionOf } from './redaction.ts'
import type { Judged, Situation } from './situation.ts'

/** `Reason.policy` where the kernel itself, not a policy, asks. */
export const POLICY_ERROR = 'assize.policy-error'
export const UNREADABLE = 'assize.unreadable'
export const NOTHING_TO_REDACT = 'assize.nothing-to-redact'
export const UNMASKABLE = 'assize.unmaskable'

export interface Arbitration {
  readonly verdict: Verdict
  /** Strictest first. */
  readonly reasons: readonly Reason[]
  readonly errors: readonly string[]
  readonly consequential: boolean
  readonly fallback: 'allow' | 'deny'
  /** What is masked, wherever some policy wants it masked. */
  readonly masks: readonly Mask[]
}

/** The strictest determining policy over all effects wins; what no policy could judge is at least asked. */
export function arbitrate(situation: Situation, judged: readonly Judged[], policy: Policy): Arbitration {
  const reasons: Reason[] = []
  const errors: string[] = []
  for (const { traced, context } of judged) {
    const answer = authorize(policy, { principal: situation.principal, effect: traced.effect, context })
    reasons.push(...answer.reasons)
    errors.push(...answer.errors)
    if (answer.errors.length > 0 && isConsequential(traced.effect)) reasons.push(policyError(traced.effect))
  }
  const consequential = judged.some(({ traced }) => isConsequential(traced.effect))
  if (consequential && !situation.reading.leaves.complete) reasons.push(unreadable(judged))
  const masking = maskingOf(situation, reasons, policy)
  reasons.push(...masking.reasons)
  const verdict = reasons.reduce<Verdict>((strictest, reason) => stricter(strictest, reason.verdict), 'allow')
  const sorted = distinct(reasons).sort((left, right) => VERDICTS.indexOf(right.verdict) - VERDICTS.indexOf(left.verdict))
  const told = { reasons: sorted, errors: [...new Set(errors)], consequential, masks: masking.masks }
  if (!policy.enforce) return { ...told, verdict: 'allow', fallback: 'allow' }
  return { ...told, verdict, fallback: fallbackOf(sorted, policy, consequential) }
}

/** What a policy masks that does not say. */
const SECRETS: readonly string[] = ['secret']

/** Findings that stand in an argument and can be masked there: all secrets, and what else is sure enough. */
export function redactable(findings: readonly Finding[], masks = SECRETS): readonly Finding[] {
  return findings.filter(
    ({ kind, score, where }) =>
      where.startsWith('/') &&
      (score >= TOLD || kind.startsWith('secret.')) &&
      masks.some((mask) => kind === mask || kind.startsWith(`${mask}.`)),
  )
}

/** What has to be masked; and a reason to ask where that cannot be done without breaking the call. */
function maskingOf(
  situation: Situation,
  reasons: readonly Reason[],
  policy: Policy,
): { readonly masks: readonly Mask[]; readonly reasons: readonly Reason[] } {
  const wanted = reasons.find((reason) => reason.verdict === 'redact')
  if (wanted === undefined) return { masks: [], reasons: [] }
  const kinds = reasons.flatMap((reason) => (reason.verdict === 'redact' ? (ruleOf(policy, reason.policy)?.masks ?? SECRETS) : []))
  const findings = redactable(situation.findings, kinds)
  const asking = (id: string, title: string): Reason => ({ ...wanted, policy: id, verdict: 'ask', title })
  if (findings.length === 0)
    return { masks: [], reasons: [asking(NOTHING_TO_REDACT, 'Something should be masked, but where it stands cannot be told')] }
  const masks = redactionOf(situation.call, findings)
  if (masks !== undefined) return { masks, reasons: [] }
  return { masks: [], reasons: [asking(UNMASKABLE, 'Something should be masked, but the tool would not accept what is left')] }
}

function policyError(effect: Effect): Reason {
  return {
    policy: POLICY_ERROR,
    title: 'A policy could not be evaluated, so nobody has judged this',
    verdict: 'ask',
    severity: 'high',
    effect,
    remedy: 'Have the policy folder checked; until then approve only what you understand.',
  }
}

function unreadable(judged: readonly Judged[]): Reason {
  const effect = (judged.at(-1) as Judged).traced.effect
  return {
    policy: UNREADABLE,
    title: 'The arguments are too large or too deeply nested to be read in full',
    verdict: 'ask',
    severity: 'medium',
    effect,
    remedy: 'Split the call into smaller ones.',
  }
}

/** The same policy on the same target, named once. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const seen = new Map<string, Reason>()
  for (const reason of reasons) {
    const key = `${reason.policy}\n${reason.effect.class}\n${reason.effect.target}`
    if (!seen.has(key)) seen.set(key, reason)
  }
  return [...seen.values()]
}

function fallbackOf(reasons: readonly Reason[], policy: Policy, consequential: boolean): 'allow' | 'deny' {
  const asks = reasons.filter((reason) => reason.verdict === 'ask')
  if (asks.length === 0) return consequential ? 'deny' : 'allow'
  return asks.some((reason) => (ruleOf(policy, reason.policy)?.fallback ?? 'deny') === 'deny') ? 'deny' : 'allow'
}

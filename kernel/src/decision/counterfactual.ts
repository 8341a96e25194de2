import { visible } from '../event/visible.ts'
import { type Verdict, VERDICTS } from '../capability/verdict.ts'
import type { Counterfactual, CounterfactualChange } from './decision.ts'
import type { Arbitration } from './arbitrate.ts'
import { redactable } from './arbitrate.ts'
import type { Judged, Situation } from './situation.ts'

/** Judges the same call again with one change; answers the verdict. */
export type Again = (change: CounterfactualChange) => Verdict

/** Most values a person would be asked to name. */
const VALUES = 8

/** The least change that leads to a less strict verdict: tried out, not guessed. */
export function counterfactualOf(about: {
  readonly situation: Situation
  readonly judged: readonly Judged[]
  readonly arbitration: Arbitration
  readonly again: Again
}): Counterfactual | undefined {
  const { arbitration } = about
  if (arbitration.verdict === 'allow') return undefined
  let best: { readonly change: CounterfactualChange; readonly verdict: Verdict } | undefined
  for (const change of candidates(about)) {
    const verdict = about.again(change)
    if (rank(verdict) < rank(best?.verdict ?? arbitration.verdict)) best = { change, verdict }
    if (verdict === 'allow') break
  }
  return best === undefined ? undefined : { ...best, text: sentence(best.change, best.verdict) }
}

function rank(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict)
}

function* candidates(about: {
  readonly situation: Situation
  readonly judged: readonly Judged[]
  readonly arbitration: Arbitration
}): Generator<CounterfactualChange> {
  const spoken = new Set(about.arbitration.reasons.map((reason) => reason.effect))
  const concerned = about.judged.filter(({ traced }) => spoken.has(traced.effect))
  const unnamed = concerned
    .filter(({ context }) => !context.targetNamedByUser)
    .flatMap(({ traced }) => traced.target.map(({ text }) => text.trim()))
  const values = [...new Set(unnamed)].filter((value) => value !== '').slice(0, VALUES)
  if (values.length > 0) yield { kind: 'user-names', values }
  const grants = about.arbitration.reasons
    .filter((reason) => reason.verdict === 'ask')
    .map(({ policy, effect }) => ({ policy, effectClass: effect.class, target: effect.target }))
  for (const grant of grants) yield { kind: 'grant', ...grant }
  if (grants.length > 1) yield { kind: 'approval', grants }
  const masked = [...new Set(redactable(about.situation.findings).map((finding) => finding.where))]
  if (masked.length > 0) yield { kind: 'without-arguments', args: masked }
  const targets = new Set(concerned.flatMap(({ traced }) => traced.effect.arguments))
  const payload = about.situation.reading.leaves.leaves.map((leaf) => leaf.pointer).filter((pointer) => !targets.has(pointer))
  if (payload.length > 0 && payload.length <= VALUES) yield { kind: 'without-arguments', args: payload }
  if (about.situation.principal.chain.length > 0) yield { kind: 'own-agent' }
  if (about.situation.course.sessionCalls > 1) yield { kind: 'fresh-start' }
}

function sentence(change: CounterfactualChange, verdict: Verdict): string {
  return `Would be ${OUTCOME[verdict]} if ${condition(change)}.`
}

const OUTCOME: Readonly<Record<Verdict, string>> = {
  allow: 'allowed',
  redact: 'allowed with parts masked',
  ask: 'asked about',
  deny: 'blocked',
  quarantine: 'set apart',
}

function condition(change: CounterfactualChange): string {
  switch (change.kind) {
    case 'user-names':
      return `you had named ${listed(change.values)} yourself`
    case 'grant':
      return `you approved it for ${visible(change.target, 80)}`
    case 'approval':
      return `you approved all ${change.grants.length} points`
    case 'own-agent':
      return `the session's own agent made the call`
    case 'fresh-start':
      return 'it were the first call of a session'
    case 'without-arguments':
      return `${listed(change.args)} were left out`
  }
}

function listed(values: readonly string[]): string {
  const shown = values.map((value) => visible(value, 80))
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`
}

/** Tells a recorded decision to people: plain lines, nothing from outside drawn as it would like to be. */
import type { Effect } from '../effect/effect.ts'
import { visible } from '../event/visible.ts'
import { effectPhrase, sourcePhrase } from '../decision/summary.ts'
import type { Decision, Timing } from '../decision/decision.ts'
import type { DecisionEntry } from '../journal/entry.ts'
import type { Derivation, SourceMatch } from '../provenance/derivation.ts'

/** Lines without colour, ready for a terminal or a log. */
export function explainForPeople(entry: DecisionEntry): string {
  const { decision } = entry
  return [
    visible(decision.summary),
    '',
    ...whoLines(entry),
    ...section('What it would do', decision.effects.map(effectLine)),
    ...section('Where its arguments came from', decision.derivations.flatMap(derivationLines)),
    ...section('Policies that decided', decision.reasons.flatMap(reasonLines)),
    ...section('What models said', adviceLines(decision)),
    ...section('What it was held against', circumstanceLines(decision)),
    ...section(
      'Findings',
      decision.findings.map((finding) => `${finding.kind} at ${visible(finding.where, 80)}: ${visible(finding.detail, 160)}`),
    ),
    ...section(
      'Masked',
      decision.obligations.flatMap((obligation) =>
        obligation.kind === 'redact' ? [`${visible(obligation.arg, 80)}: ${obligation.mask}`] : [visible(obligation.text, 200)],
      ),
    ),
    ...section('What would have changed it', decision.counterfactual === undefined ? [] : [decision.counterfactual.text]),
    ...section(
      'Policies that could not be evaluated',
      decision.policyErrors.map((error) => visible(error, 200)),
    ),
    ...footer(entry),
  ].join('\n')
}

function whoLines({ principal, call, gate }: DecisionEntry): readonly string[] {
  const tool = call.server === undefined ? call.tool : `${call.tool} of ${call.server}`
  const chain = principal.chain.length === 0 ? '' : `, through ${principal.chain.map((link) => visible(link, 40)).join(' and ')}`
  return [
    `${visible(principal.app.name, 60)} for ${visible(principal.user, 60)}${chain} called ${visible(tool, 120)} (gate ${visible(gate, 40)})`,
  ]
}

function circumstanceLines({ circumstances, effects }: Decision): readonly string[] {
  if (circumstances === undefined) return []
  const { calls, holdsSecrets, repeats, requested, tainted, trust } = circumstances
  const read = [tainted ? 'text you did not write' : '', holdsSecrets ? 'secrets' : ''].filter((part) => part !== '').join(' and ')
  return [
    `call ${calls} of the session${repeats > 1 ? `, the same for the ${repeats}. time in a row` : ''}; ${read === '' ? 'it had read nothing from outside' : `it had read ${read}`}`,
    ...(effects.length === 0
      ? []
      : [`${requested ? 'you asked for such a deed' : 'you did not ask for such a deed'}; trust in the application ${trust} of 100`]),
  ]
}

function adviceLines({ advice = [], setAside = [] }: Decision): readonly string[] {
  const said = advice.map(
    ({ model, version, serves }) =>
      `${visible(model, 60)} ${visible(version, 20)}: ${Math.round(serves * 100)} % likely to serve what you asked for`,
  )
  return [...said, ...setAside.map((reason) => `set aside: ${visible(reason.title, 200)} (${visible(reason.policy, 80)})`)]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function effectLine(effect: Effect): string {
  const sure = effect.certainty === 'certain' ? '' : ` [${effect.certainty}]`
  return `${effect.class}: ${effectPhrase(effect)}${effect.detail === undefined ? '' : ` – ${visible(effect.detail, 120)}`}${sure}`
}

/** What can be looked for: single letters and digits stand everywhere. */
const WORD = /[\p{L}\p{N}]{2}|\p{Ideographic}/u

function derivationLines(derivation: Derivation): readonly string[] {
  const head = `${visible(derivation.arg || '/', 60)} = ${visible(derivation.value, 100)}`
  if (derivation.sources.length === 0)
    return [head, WORD.test(derivation.value) ? '  in no text of this session: the model made it up' : '  too short to be traced']
  return [head, ...derivation.sources.flatMap(sourceLines)]
}

function sourceLines(match: SourceMatch): readonly string[] {
  const setting =
    match.setting === undefined
      ? ''
      : { field: ', as data', instruction: ', in a sentence that asks for something', prose: ', in running text' }[match.setting]
  const changed = match.via === 'verbatim' ? '' : `, ${visible(match.via, 60)}`
  const part = match.coverage >= 1 ? '' : `, ${Math.round(match.coverage * 100)} %`
  const head = `  from ${sourcePhrase(match)} [${match.source.integrity}${setting}${changed}${part}]`
  return match.excerpt === '' ? [head] : [head, `    “${visible(match.excerpt, 200)}”`]
}

function reasonLines(reason: Decision['reasons'][number]): readonly string[] {
  const tags = [reason.owasp, reason.atlas].filter((tag) => tag !== undefined).join(', ')
  const head = `${reason.verdict} ${reason.policy} (${reason.severity}): ${visible(reason.title, 200)}${tags === '' ? '' : ` [${visible(tags, 100)}]`}`
  return reason.remedy === undefined ? [head] : [head, `  ${visible(reason.remedy, 200)}`]
}

function footer({ id, decision, timing }: DecisionEntry): readonly string[] {
  const { name, version } = decision.policyVersion
  const policy = `${visible(name, 60)} ${version === 0 ? '(built in)' : `version ${version}`}`
  return ['', `decision ${visible(id, 40)}, policy ${policy}, ${timingLine(timing)}`]
}

function timingLine(timing: Timing): string {
  const parts = (['effects', 'findings', 'provenance', 'policy', 'explain'] as const).map(
    (stage) => `${stage} ${Math.round(timing[stage])}`,
  )
  return `${Math.round(timing.total)} µs (${parts.join(', ')})`
}

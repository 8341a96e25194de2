/** Puts the kernel's parts together into one decision. Total, pure, deterministic; time comes in as `now` and `stopwatch`. */
import type { Policy } from './capability/policy.ts'
import type { CounterfactualChange, Decision, Timing } from './decision/decision.ts'
import { decisionOf, judge, type Open, openFor } from './decision/judge.ts'
import type { Situation } from './decision/situation.ts'
import { withNamedFolders } from './decision/named-folder.ts'
import { findingsIn } from './detectors/index.ts'
import { type CallReading, effectsOf, surroundingsOf } from './effect/effects-of.ts'
import { remembered } from './effect/place/remembered.ts'
import type { Grant, ToolCall } from './event/event.ts'
import { withoutPointers } from './event/leaves.ts'
import type { Leaves } from './event/leaves.ts'
import type { Principal } from './event/principal.ts'
import { LOOKED_AT, type ToolSubject } from './finding/detector.ts'
import type { Advice } from './finding/advice.ts'
import type { Finding } from './finding/finding.ts'
import { authorityOf, courseOf, isHit } from './decision/circumstances.ts'
import { NO_HISTORY } from './sequence/history.ts'
import { type Session, supposeGrant, supposePrompt } from './session.ts'
import { type DefinitionState, definitionState } from './session-tools.ts'
import { NO_CONDUCT } from './trust/conduct.ts'

export interface DecideInput {
  readonly session: Session
  readonly principal: Principal
  readonly call: ToolCall
  /** Which gate holds the call. */
  readonly gate: string
  readonly policy: Policy
  /** Evidence from outside the kernel, such as a classifier's. */
  readonly findings?: readonly Finding[]
  /** `false` leaves out what would have led to another verdict, for what is not allowed is judged again and again to find it. */
  readonly counterfactual?: boolean
  /** What models said of this call when they were asked about it; most are not. */
  readonly advice?: readonly Advice[]
  /** Milliseconds since 1970. */
  readonly now: number
  /** Microseconds from any start; absent, timing is all zero. */
  readonly stopwatch?: () => number
}

export interface Decided {
  readonly decision: Decision
  readonly timing: Timing
  /** What a model could be asked before the decision is final: absent where its word could change nothing. */
  readonly open: Open | undefined
}

/** Shortest argument worth looking at, and how much of all arguments together is looked at. */
const LOOKED_FROM = 8
const LOOKED_TOTAL = 2_097_152

export function decide(input: DecideInput): Decided {
  const read = input.stopwatch ?? ((): number => 0)
  const start = read()
  const reading = readingOf(input.session, input.call)
  const afterEffects = read()
  const definition = definitionState(input.session, input.call)
  const findings = [...(input.findings ?? []), ...lookAt(input, definition, reading.leaves)]
  const afterFindings = read()
  const situation = situationOf(input, { reading, findings, definitionChanged: definition.changed })
  let afterProvenance = afterFindings
  let afterPolicy = afterFindings
  const judgement = judge(situation, input.policy, (stage) => {
    if (stage === 'provenance') afterProvenance = read()
    else afterPolicy = read()
  })
  const decision = decisionOf(situation, judgement, {
    policy: input.policy,
    changed: input.counterfactual === false ? undefined : (change) => changedSituation(input, situation, change),
  })
  const end = read()
  const timing: Timing = {
    effects: Math.round(afterEffects - start),
    explain: Math.round(end - afterPolicy),
    findings: Math.round(afterFindings - afterEffects),
    policy: Math.round(afterPolicy - afterProvenance),
    provenance: Math.round(afterProvenance - afterFindings),
    total: Math.round(end - start),
  }
  return { decision, timing, open: input.advice === undefined ? openFor(situation, judgement, input.policy) : undefined }
}

/** What a call does; not in full when some of its texts are longer than anything looks at them. */
function readingOf(session: Session, call: ToolCall): CallReading {
  const reading = withNamedFolders(effectsOf(call, session.written), session.evidence, surroundingsOf(call))
  let room = LOOKED_TOTAL
  const whole = reading.leaves.leaves.every(({ kind, text }) => {
    if (kind !== 'string' || text.length < LOOKED_FROM) return true
    room -= text.length
    return text.length <= LOOKED_AT && room >= 0
  })
  return whole ? reading : { ...reading, leaves: { ...reading.leaves, complete: false } }
}

function lookAt(input: DecideInput, definition: DefinitionState, leaves: Leaves): readonly Finding[] {
  const { call } = input
  const findings: Finding[] = [
    ...definition.findings,
    ...foundAbout({ kind: 'tool', tool: call.tool, server: call.server ?? '', pinned: definition.pinned, current: definition.current }),
  ]
  if (call.envelope !== undefined)
    findings.push(...findingsIn({ kind: 'envelope', where: '/message', message: call.args['message'] ?? null, envelope: call.envelope }))
  let room = LOOKED_TOTAL
  for (const leaf of leaves.leaves) {
    if (leaf.kind !== 'string' || leaf.text.length < LOOKED_FROM || room <= 0) continue
    room -= leaf.text.length
    // A long name of an argument is text as well, and nothing that could be masked.
    const where = leaf.key === '' ? `${leaf.pointer} (name)` : leaf.pointer
    findings.push(...foundAt(where, leaf.text))
  }
  return findings
}

/** A tool that is described as it was before is called over and over. */
function foundAbout(subject: ToolSubject): readonly Finding[] {
  const { tool, server, pinned = '', current = '' } = subject
  return recallAbout(`${tool.length} ${tool}\n${server}\n${pinned}\n${current}`, () => findingsIn(subject))
}

const recallAbout = remembered<readonly Finding[]>()

/** Agents name the same few files over and over, in the same arguments. */
function foundAt(where: string, text: string): readonly Finding[] {
  // Names of arguments have line ends as well: how long one is says where the text begins.
  return recallFound(`${where.length} ${where}\n${text}`, () => findingsIn({ kind: 'text', where, text }))
}

const recallFound = remembered<readonly Finding[]>()

function situationOf(input: DecideInput, found: Pick<Situation, 'reading' | 'findings' | 'definitionChanged'>): Situation {
  const { session, principal, call, gate } = input
  const { reading, definitionChanged } = found
  const { course, hits } = courseOf(input, reading)
  const others = found.findings.some(isHit) ? found.findings.filter((finding) => !isHit(finding)) : found.findings
  const findings = hits.length === 0 ? others : [...hits, ...others]
  const { advice = NO_ADVICE } = input
  return { session, principal, call, gate, reading, findings, definitionChanged, advice, course, authority: authorityOf(input) }
}

const NO_ADVICE: readonly Advice[] = []

/** What would have been judged had this been different. */
function changedSituation(input: DecideInput, situation: Situation, change: CounterfactualChange): Situation {
  switch (change.kind) {
    case 'user-names':
      return situationOf({ ...input, session: supposePrompt(input.session, change.values.join('\n')) }, situation)
    case 'grant':
      return situationOf({ ...input, session: supposeGrant(input.session, supposed(change)) }, situation)
    case 'approval':
      return situationOf({ ...input, session: change.grants.map(supposed).reduce(supposeGrant, input.session) }, situation)
    case 'own-agent':
      return situationOf({ ...input, principal: { ...input.principal, chain: [] } }, situation)
    case 'fresh-start':
      return situationOf({ ...input, session: { ...input.session, history: NO_HISTORY, conduct: NO_CONDUCT } }, situation)
    case 'without-arguments': {
      const call: ToolCall = { ...input.call, args: withoutPointers(input.call.args, change.args) }
      const findings = situation.findings.filter((finding) => !change.args.includes(finding.where))
      return situationOf(
        { ...input, call },
        { reading: readingOf(input.session, call), findings, definitionChanged: situation.definitionChanged },
      )
    }
  }
}

function supposed({ policy, effectClass, target }: Pick<Grant, 'policy' | 'effectClass' | 'target'>): Grant {
  return { id: 'supposed', policy, effectClass, target, scope: 'once', grantedBy: 'supposed' }
}

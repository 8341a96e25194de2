/** Decides how much of a tool's result a model may read. Total, pure, deterministic; nobody is asked about a result. */
import { authorize, ruleOf } from './capability/authorize.ts'
import type { Policy } from './capability/policy.ts'
import type { Reason } from './capability/reason.ts'
import type { EffectContext } from './capability/request.ts'
import { stricter, type Verdict, VERDICTS } from './capability/verdict.ts'
import type { Decided } from './decide.ts'
import { UNMASKABLE } from './decision/arbitrate.ts'
import type { Decision } from './decision/decision.ts'
import { KERNEL_VERSION } from './decision/judge.ts'
import type { Mask } from './decision/redaction.ts'
import { masksOfResult } from './decision/result-masks.ts'
import { visible } from './event/visible.ts'
import { DETECTORS, findingsIn, OF_UNSEEN } from './detectors/index.ts'
import type { Effect } from './effect/effect.ts'
import { effectsOf } from './effect/effects-of.ts'
import type { ToolCall } from './event/event.ts'
import type { Json, JsonObject } from './event/json.ts'
import { leavesOf } from './event/leaves.ts'
import type { Principal } from './event/principal.ts'
import type { Finding } from './finding/finding.ts'
import { hasUnusual } from './finding/unseen.ts'
import type { Session } from './session.ts'

export interface ResultInput {
  readonly session: Session
  readonly principal: Principal
  /** The call that it answers, with what is known of its arguments. */
  readonly call: ToolCall
  readonly result: JsonObject
  /** What the tool says of the shape of its result. */
  readonly schema?: Json
  readonly gate: string
  readonly policy: Policy
  /** Microseconds from any start; absent, timing is all zero. */
  readonly stopwatch?: () => number
}

/**
 * From this score on a finding is told to the policies. Lower than for a call: to take a sentence out of a result costs less
 * than to stop a deed.
 */
const TOLD_OF_RESULT = 0.7
/** Text looked at in one result, UTF-16 code units; what is behind that passes unread. */
const LOOKED_TOTAL = 2_097_152
/** Shorter texts hold nothing that would be masked. */
const LOOKED_FROM = 4
const FINDINGS = 256

export type ResultDecided = Pick<Decided, 'decision' | 'timing'>

/** Undefined when no policy has anything to say, which is the rule. `Mask.arg` points into the result. */
export function decideResult(input: ResultInput): ResultDecided | undefined {
  const { policy, result } = input
  if (policy.results === 'nothing') return undefined
  const read = input.stopwatch ?? ((): number => 0)
  const start = read()
  const findings = lookAt(result, policy)
  if (policy.results === 'unseen' && findings.length === 0) return undefined
  const afterFindings = read()
  const effect = effectOf(input.call, findings)
  const answer = authorize(policy, { principal: input.principal, effect, context: contextOf(input, findings) })
  const said = answer.reasons.filter(({ verdict }) => verdict !== 'ask' && verdict !== 'allow')
  if (said.length === 0) return undefined
  const { reasons, masks } = maskingOf(input, said, findings)
  if (reasons.length === 0) return undefined
  const end = read()
  const timing = {
    effects: 0,
    provenance: 0,
    explain: 0,
    findings: Math.round(afterFindings - start),
    policy: Math.round(end - afterFindings),
  }
  return {
    decision: decisionOf(input, { effect, findings, reasons, masks, errors: answer.errors }),
    timing: { ...timing, total: Math.round(end - start) },
  }
}

function lookAt(result: JsonObject, policy: Policy): readonly Finding[] {
  const found: Finding[] = []
  let room = LOOKED_TOTAL
  for (const { kind, pointer, text } of leavesOf(result).leaves) {
    if (kind !== 'string' || text.length < LOOKED_FROM || found.length >= FINDINGS) continue
    if (room <= 0) break
    const cut = text.slice(0, room)
    room -= cut.length
    found.push(...foundIn(policy, pointer, cut))
  }
  return found.slice(0, FINDINGS)
}

function foundIn({ results }: Policy, where: string, text: string): readonly Finding[] {
  if (results === 'unseen' && !hasUnusual(text)) return []
  const subject = { kind: 'text', where, text, outside: true } as const
  return findingsIn(subject, results === 'unseen' ? OF_UNSEEN : DETECTORS).filter(
    ({ kind, score }) => score >= TOLD_OF_RESULT || kind.startsWith('secret.'),
  )
}

function effectOf(call: ToolCall, findings: readonly Finding[]): Effect {
  const target = call.server === undefined ? call.tool : `${call.server}/${call.tool}`
  return { arguments: [...new Set(findings.map(({ where }) => where))], certainty: 'certain', class: 'result.read', target }
}

/** What is not told of a result is as it would be of an ordinary call. */
function contextOf({ session, call, gate, principal }: ResultInput, findings: readonly Finding[]): EffectContext {
  const { effects } = effectsOf(call, session.written)
  const before = session.calls.findLast(({ callId }) => callId === call.callId)
  const secret = findings.some(({ kind }) => kind.startsWith('secret.')) || effects.some(({ effect }) => effect.class === 'secret.read')
  const files = effects.filter(({ insideWorkspace }) => insideWorkspace !== undefined)
  return {
    certainty: 'certain',
    integrity: 'untrusted',
    confidentiality: secret ? 'secret' : 'internal',
    targetNamedByUser: before?.namedByUser === true,
    targetFromUntrusted: false,
    targetVouched: false,
    payloadFromUntrusted: false,
    obeyedRequest: false,
    unasked: false,
    requestedByUser: false,
    sessionTainted: session.tainted,
    sessionHoldsSecrets: session.holdsSecrets,
    insideWorkspace: files.length > 0 && effects.every(({ effect, insideWorkspace }) => insideWorkspace ?? effect.class === 'process.exec'),
    hostPrivate: false,
    sends: false,
    callEffects: [...new Set(effects.map(({ effect }) => effect.class))],
    tool: call.tool,
    server: call.server ?? '',
    gate,
    findings: [...new Set(findings.map(({ kind }) => kind))],
    definitionChanged: false,
    granted: [],
    delegationDepth: principal.chain.length + session.delegations,
    chain: principal.chain,
    beyondDelegation: false,
    trust: 20,
    repeats: 1,
    sessionCalls: 1,
    sessionBytes: 0,
    sessionMoney: 0,
  }
}

interface Masking {
  readonly reasons: readonly Reason[]
  readonly masks: readonly Mask[]
}

/** What cannot be masked is kept back; what wants nothing masked that is there says nothing. */
function maskingOf(input: ResultInput, said: readonly Reason[], findings: readonly Finding[]): Masking {
  const keeping = said.filter(({ verdict }) => verdict !== 'redact')
  if (keeping.length > 0) return { reasons: said, masks: [] }
  const wanted = (finding: Finding, { policy }: Reason): boolean =>
    (ruleOf(input.policy, policy)?.masks ?? ['secret']).some((kind) => finding.kind === kind || finding.kind.startsWith(`${kind}.`))
  const reasons = said.filter((reason) => findings.some((finding) => wanted(finding, reason)))
  const here = findings.filter((finding) => reasons.some((reason) => wanted(finding, reason)))
  const [first] = reasons
  if (first === undefined) return { reasons, masks: [] }
  const masks = masksOfResult(
    {
      result: input.result,
      ...(input.schema === undefined ? undefined : { schema: input.schema }),
      find: (where, text) => foundIn(input.policy, where, text),
    },
    here,
  )
  if (masks !== undefined) return { reasons, masks }
  const title = 'Something should be masked, but the result could not be given on without it'
  return { reasons: [{ ...first, policy: UNMASKABLE, verdict: 'deny', title }, ...reasons], masks: [] }
}

interface Parts extends Masking {
  readonly effect: Effect
  readonly findings: readonly Finding[]
  readonly errors: readonly string[]
}

function decisionOf({ policy, call }: ResultInput, { effect, findings, reasons, masks, errors }: Parts): Decision {
  const sorted = [...reasons].sort((left, right) => VERDICTS.indexOf(right.verdict) - VERDICTS.indexOf(left.verdict))
  const verdict = policy.enforce ? sorted.reduce<Verdict>((strictest, reason) => stricter(strictest, reason.verdict), 'allow') : 'allow'
  return {
    consequential: false,
    derivations: [],
    effects: [effect],
    fallback: 'allow',
    findings: findings.slice(0, 32),
    kernelVersion: KERNEL_VERSION,
    obligations: policy.enforce ? masks : [],
    policyErrors: errors,
    policyVersion: policy.version,
    reasons: sorted,
    summary: summaryOf(call, verdict, sorted),
    verdict,
  }
}

function summaryOf({ tool, server }: ToolCall, verdict: Verdict, [reason]: readonly Reason[]): string {
  const from = `${visible(tool, 60)}${server === undefined ? '' : ` of ${visible(server, 60)}`}`
  const start = { allow: 'Passed on, for this policy only watches', redact: 'Passed on with parts taken out', ask: '' }
  const kept = 'Kept from the model'
  return `${verdict === 'deny' || verdict === 'quarantine' ? kept : start[verdict]}: the result of ${from}. ${reason?.title ?? ''}.`
}

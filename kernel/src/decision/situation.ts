import type { EffectContext } from '../capability/request.ts'
import type { EffectClass } from '../effect/effect.ts'
import type { CallReading } from '../effect/effects-of.ts'
import { surroundingsOf } from '../effect/effects-of.ts'
import type { Surroundings } from '../effect/place/path.ts'
import { isTrustedPackage } from '../effect/shell/package-trust.ts'
import type { Spelling, TargetKind, TracedEffect } from '../effect/traced-effect.ts'
import type { ToolCall, ToolDefinition } from '../event/event.ts'
import { leavesOf } from '../event/leaves.ts'
import { CONFIDENTIALITY, type Confidentiality, type Integrity } from '../event/labels.ts'
import type { Principal } from '../event/principal.ts'
import { TOLD } from '../finding/detector.ts'
import type { Finding } from '../finding/finding.ts'
import { DEED, type Deeds, deedsOfEffect } from '../intent/deeds.ts'
import { heldValues, type Held, type Obeyed, obeyedRequest } from '../intent/obeyed.ts'
import { isWishedOf, singular, type Wishes } from '../intent/wishes.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { Derivation, SourceMatch } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { trace, type Traced } from '../provenance/provenance.ts'

/** What of a session decides. */
export interface SessionState {
  readonly evidence: Evidence
  readonly wishes: Wishes
  readonly visited: ReadonlySet<string>
  readonly tainted: boolean
  readonly holdsSecrets: boolean
  readonly delegations: number
}

/** Everything a call is judged by. */
export interface Situation {
  readonly session: SessionState
  readonly principal: Principal
  readonly call: ToolCall
  readonly gate: string
  readonly reading: CallReading
  readonly findings: readonly Finding[]
  readonly definitionChanged: boolean
  /** Policies granted for this effect. */
  readonly granted: (effect: TracedEffect['effect']) => readonly string[]
}

/** Payload shorter than this says nothing about where it came from. */
const PAYLOAD_LENGTH = 24
/** Most arguments traced per call. */
const TRACED_ARGUMENTS = 64

/** Traces values once per call, however many effects ask. */
export class Tracer {
  readonly #evidence: Evidence
  readonly #at: Surroundings
  readonly #known = new Map<string, Traced>()

  constructor(evidence: Evidence, call: ToolCall) {
    this.#evidence = evidence
    this.#at = surroundingsOf(call)
  }

  trace(spelling: Spelling, kind: TargetKind): Traced {
    const key = `${kind}\n${spelling.arg}\n${spelling.text}`
    let found = this.#known.get(key)
    if (found === undefined) {
      found = trace(this.#evidence, spelling, { kind, at: this.#at })
      this.#known.set(key, found)
    }
    return found
  }

  /** Whether anything at all could have been the origin of a value. */
  get hasOutsideText(): boolean {
    return this.#evidence.read.length > 0 || this.#evidence.forgotten !== undefined
  }

  derivations(): readonly Derivation[] {
    return [...this.#known.values()].map(({ derivation }) => derivation)
  }
}

export interface Judged {
  readonly traced: TracedEffect
  readonly context: EffectContext
}

/** The record the policies see, for every effect of the call. */
export function contextsOf(situation: Situation, tracer: Tracer): readonly Judged[] {
  const callEffects = [...new Set(situation.reading.effects.map(({ effect }) => effect.class))]
  const findings = [...new Set(situation.findings.filter((finding) => finding.score >= TOLD).map((finding) => finding.kind))]
  const asking = askingOf(situation)
  return situation.reading.effects.map((traced) => ({
    traced,
    context: contextOf(traced, { situation, tracer, callEffects, findings, asking }),
  }))
}

interface About {
  readonly situation: Situation
  readonly tracer: Tracer
  readonly callEffects: readonly EffectClass[]
  readonly findings: readonly string[]
  readonly asking: Asking
}

function contextOf(traced: TracedEffect, about: About): EffectContext {
  const { situation, tracer } = about
  const { session, call, principal } = situation
  const targets = traced.target.map((spelling) => tracer.trace(spelling, traced.kind))
  const payload = payloadTraces(traced, about)
  const { obeyed, requested, deeds } = about.asking.of(traced, tracer)
  const familiar = isFamiliar(traced, session, tracer)
  const wanted: Wanted = {
    obeyed,
    requested,
    familiar,
    shares: (text) => isWishedOf(session.wishes, { deeds, text, beside: about.asking.beside }),
  }
  const chosen = targets.map((target) => isChosen(target, traced, wanted))
  for (const pointer of obeyed?.args ?? []) about.asking.trace(pointer, tracer)
  const everything = [...targets, ...payload].map(({ derivation }) => derivation.confidentiality)
  if (about.findings.some((kind) => kind.startsWith('secret.'))) everything.push('secret')
  return {
    certainty: traced.effect.certainty,
    integrity: leastTrusted(targets),
    confidentiality: mostConfidential(everything),
    targetNamedByUser: targets.length > 0 && targets.every(({ named }) => named),
    targetFromUntrusted: chosen.includes(true),
    targetVouched:
      targets.length === 0
        ? requested || session.wishes.delegates
        : targets.every(
            ({ named, derivation }, index) => named || familiar || (requested && !chosen[index] && derivation.integrity !== 'unknown'),
          ),
    payloadFromUntrusted: payload.some(
      (part) => part.derivation.integrity === 'untrusted' && (part.copied || !RUNS.has(traced.effect.class)),
    ),
    obeyedRequest: obeyed !== undefined && !obeyed.wished && !(requested && targets.length > 0 && targets.every(isFieldOfNamed)),
    requestedByUser: requested,
    sessionTainted: session.tainted,
    sessionHoldsSecrets: session.holdsSecrets,
    insideWorkspace: traced.insideWorkspace ?? false,
    hostPrivate: traced.hostPrivate ?? false,
    callEffects: about.callEffects,
    tool: call.tool,
    server: call.server ?? '',
    gate: situation.gate,
    findings: about.findings,
    definitionChanged: situation.definitionChanged,
    granted: situation.granted(traced.effect),
    delegationDepth: principal.chain.length + session.delegations,
  }
}

/** Classes in which a value that stands alone as data is what work is made of: ids, names, titles. */
const DATA_CLASSES: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'fs.read',
  'data.query',
  'data.mutate',
  'memory.write',
  'tool.invoke',
  'agent.delegate',
])

/** Commands are fed with names that the work brought up; what matters is whether the command itself was handed in. */
const RUNS: ReadonlySet<EffectClass> = new Set<EffectClass>(['process.exec', 'code.install'])

/** What the call is held against: the requests in outside text, and the person's own. */
interface Asking {
  readonly beside: ReadonlySet<string>
  readonly of: (
    traced: TracedEffect,
    tracer: Tracer,
  ) => { readonly obeyed: Obeyed | undefined; readonly requested: boolean; readonly deeds: Deeds }
  /** Tells where an argument came from, for the record. */
  readonly trace: (pointer: string, tracer: Tracer) => void
}

/** Classes of which no request is looked for: reads, and what is judged by what it runs or opens instead. */
const UNASKED: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'fs.read',
  'data.query',
  'process.exec',
  'code.install',
  'secret.read',
  'model.load',
])

/** What a text may be left to ask for. */
const DELEGABLE: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'message.send',
  'data.mutate',
  'fs.write',
  'fs.delete',
  'memory.write',
  'tool.invoke',
])

/** Whoever wants something sent, looked at or filled in does not want it paid. */
function wishedFor(effectClass: EffectClass, deeds: Deeds): Deeds {
  return effectClass === 'money.move' ? deeds & ~(DEED.send | DEED.submit | DEED.go | DEED.run) : deeds
}

function askingOf(situation: Situation): Asking {
  const { session, call, reading } = situation
  const words = wordsOf(call.tool)
  const beside = new Set([...words, ...Object.keys(call.args).slice(0, 64).flatMap(wordsOf), ...wordsBeside(call)].map(singular))
  let values: readonly Held[] | undefined
  const found = new Map<number, Obeyed | undefined>()
  return {
    beside,
    of: (traced, tracer) => {
      const scripted = traced.payload !== undefined
      const deeds = deedsOfEffect(traced.effect.class, scripted ? [] : words)
      const requested = (session.wishes.deeds & wishedFor(traced.effect.class, deeds)) !== 0
      if (session.evidence.asked.length === 0 || UNASKED.has(traced.effect.class) || traced.insideWorkspace === true)
        return { obeyed: undefined, requested, deeds }
      // Of a script, only what it names is held against a text: the rest of it is the model's own.
      const familiarHost = isFamiliar(traced, session, tracer) ? traced.host : undefined
      const held = scripted
        ? unnamed(heldTargets(traced), [traced], { session, tracer })
        : (values ??= valuesOf(reading, { session, tracer }))
      const delegable = DELEGABLE.has(traced.effect.class)
      const key = deeds * 2 + Number(delegable)
      const known = scripted ? undefined : found.get(key)
      const obeyed =
        known ??
        obeyedRequest(session.evidence, {
          deeds,
          values: held,
          tool: call.tool.toLowerCase(),
          beside,
          wishes: session.wishes,
          delegable,
          familiarHost,
        })
      if (!scripted) found.set(key, obeyed)
      return { obeyed, requested, deeds }
    },
    trace: (pointer, tracer) => {
      const leaf = reading.leaves.leaves.find((one) => one.pointer === pointer)
      if (leaf !== undefined) tracer.trace({ arg: leaf.pointer, text: leaf.text }, 'name')
    },
  }
}

/** Named by the person; or gone to before; or only looked at, and heard of as a record before any sentence spoke of it. */
function isSettled(effect: TracedEffect, spelling: Spelling, { session, tracer }: Known): boolean {
  const found = tracer.trace(spelling, effect.kind)
  if (found.named || isFamiliar(effect, session, tracer)) return true
  return effect.retrieval === true && found.whole && found.fields.length > 0
}

interface Known {
  readonly session: SessionState
  readonly tracer: Tracer
}

/** A place calls were let go to before, or that told of itself. */
function isFamiliar(traced: TracedEffect, session: SessionState, tracer: Tracer): boolean {
  const { host } = traced
  if (host === undefined) return false
  if (session.visited.has(host)) return true
  return traced.target.some((spelling) =>
    tracer.trace(spelling, traced.kind).derivation.sources.some(({ source }) => source.host === host && session.visited.has(host)),
  )
}

/** What the tool says of itself and its arguments, as words. */
function wordsBeside({ definition }: ToolCall): readonly string[] {
  if (definition === undefined) return []
  let words = BESIDE.get(definition)
  if (words === undefined) {
    const told = [definition.description ?? '', ...leavesOf(definition.inputSchema ?? null).leaves.map(({ text }) => text)]
    words =
      told
        .join(' ')
        .slice(0, 8192)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    BESIDE.set(definition, words)
  }
  return words
}

/** Definitions are immutable. */
const BESIDE = new WeakMap<ToolDefinition, readonly string[]>()

function valuesOf(reading: CallReading, known: Known): readonly Held[] {
  return unnamed([...heldValues(reading.leaves.leaves), ...reading.effects.flatMap(heldHosts)], reading.effects, known)
}

/** Without the targets that the person named, in whatever spelling. */
function unnamed(held: readonly Held[], effects: readonly TracedEffect[], { session, tracer }: Known): readonly Held[] {
  const named = new Set<string>()
  for (const effect of effects) {
    const { target, host } = effect
    for (const spelling of target) {
      if (!isSettled(effect, spelling, { session, tracer })) continue
      named.add(spelling.text.trim().toLowerCase())
      if (host !== undefined) named.add(host)
    }
  }
  return named.size === 0 ? held : held.filter(({ text }) => !named.has(text))
}

function heldTargets(traced: TracedEffect): readonly Held[] {
  return [...heldValues(traced.target.map(({ arg, text }) => ({ pointer: arg, text }))), ...heldHosts(traced)]
}

/** An address is also held by whoever names its host. */
function heldHosts(traced: TracedEffect): readonly Held[] {
  const arg = traced.target[0]?.arg
  return traced.host === undefined || arg === undefined || !traced.host.includes('.') ? [] : [{ arg, text: traced.host, part: false }]
}

interface Wanted {
  readonly obeyed: Obeyed | undefined
  readonly requested: boolean
  readonly familiar: boolean
  /** The text speaks of something that the person spoke of. */
  readonly shares: (text: string) => boolean
}

/**
 * Whether outside text chose this target. The value must come from untrusted text and not from the person. Data that the
 * work itself brought up, standing alone in a field, is ordinary where it can do no more than name what is worked on, and
 * where the person asked for such a deed; so is what stands in a sentence about a thing the person asked it for.
 */
function isChosen(target: Traced, traced: TracedEffect, wanted: Wanted): boolean {
  if (target.named || target.derivation.integrity !== 'untrusted') return false
  const { effect } = traced
  // Programs and packages are named wherever work is talked about; what counts is that a text told to run or install them.
  if (effect.class === 'process.exec' || (effect.class === 'code.install' && traced.kind === 'name'))
    return isAskedFor(target) && !(effect.class === 'code.install' && isTrustedPackage(effect.target))
  if (effect.class === 'fs.write' || effect.class === 'fs.delete')
    return target.field
      ? target.whole && !(traced.insideWorkspace === true || target.hinted)
      : wanted.obeyed?.wished === false || isAskedFor(target)
  if (target.field && DATA_CLASSES.has(effect.class)) return false
  if (effect.class === 'net.egress' && wanted.familiar) return false
  // Servers print where they listen.
  if (isLoopback(traced.host)) return wanted.obeyed?.wished === false || isAskedFor(target)
  // An address followed as it stands carries nothing of the session to whoever wrote it.
  if (target.field && effect.class === 'net.egress') return !(traced.retrieval === true && target.whole)
  const vouched = wanted.requested && PERSONAL.has(effect.class)
  if (vouched && isFieldOfNamed(target)) return false
  // A sentence never vouches for a new payee, and a request never for anybody new, whatever they speak of.
  if (PERSONAL.has(effect.class) && target.fields.length === 0 && (effect.class === 'money.move' || wanted.obeyed !== undefined))
    return true
  // Whatever else the sentence speaks of: words of the person's own in it never vouch for carrying data to a stranger.
  if (effect.class === 'net.egress' && traced.retrieval !== true) return true
  if (wanted.obeyed !== undefined && !wanted.obeyed.handedOver) return !wanted.obeyed.wished
  // Going to look is little; the person asked for it, and the sentence is about what they asked for.
  if (
    traced.retrieval === true &&
    wanted.requested &&
    target.derivation.sources.some((match) => isOutside(match) && wanted.shares(match.excerpt))
  )
    return false
  if (!vouched) return !(target.field && effect.class === 'message.send' && target.hinted)
  return !(
    target.fields.length > 0 ||
    target.hinted ||
    target.derivation.sources.some((match) => isOutside(match) && wanted.shares(match.excerpt))
  )
}

/** Classes that people ask for by what they are, and leave it to a record whom they concern. */
const PERSONAL: ReadonlySet<EffectClass> = new Set<EffectClass>(['message.send', 'money.move', 'identity.grant'])

/** A field of a text the person named outweighs the sentence that asks for the deed: `Pay this bill to: …`. */
function isFieldOfNamed(target: Traced): boolean {
  return target.fields.some((source) => source.namedByUser === true)
}

function isOutside({ source }: SourceMatch): boolean {
  return source.integrity === 'untrusted'
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && (host === 'localhost' || host === '::1' || /^127\.|\.localhost$/.test(host))
}

function isAskedFor(target: Traced): boolean {
  return target.derivation.sources.some(({ source, setting }) => source.integrity === 'untrusted' && setting === 'instruction')
}

function payloadTraces(traced: TracedEffect, about: About): readonly Traced[] {
  if (traced.effect.class === 'fs.read' || traced.effect.class === 'data.query' || !about.tracer.hasOutsideText) return []
  const spellings = traced.payload ?? otherArguments(traced, about.situation.reading)
  return spellings.filter(({ text }) => text.length >= PAYLOAD_LENGTH).map((spelling) => about.tracer.trace(spelling, 'name'))
}

function otherArguments(traced: TracedEffect, reading: CallReading): readonly Spelling[] {
  const targets = new Set(traced.effect.arguments)
  const others: Spelling[] = []
  for (const leaf of reading.leaves.leaves) {
    if (leaf.kind !== 'string' || targets.has(leaf.pointer) || leaf.text.length < PAYLOAD_LENGTH) continue
    others.push({ arg: leaf.pointer, text: leaf.text })
    if (others.length >= TRACED_ARGUMENTS) break
  }
  return others
}

const TRUST: readonly (Integrity | 'unknown')[] = ['system', 'user', 'internal', 'unknown', 'untrusted']

function leastTrusted(targets: readonly Traced[]): Integrity | 'unknown' {
  const worst = Math.max(-1, ...targets.map(({ derivation }) => TRUST.indexOf(derivation.integrity)))
  return TRUST[worst] ?? 'unknown'
}

function mostConfidential(labels: readonly Confidentiality[]): Confidentiality {
  const most = Math.max(-1, ...labels.map((label) => CONFIDENTIALITY.indexOf(label)))
  return CONFIDENTIALITY[most] ?? 'internal'
}

import type { EffectContext } from '../capability/request.ts'
import type { EffectClass } from '../effect/effect.ts'
import { type CallReading, leavesWithin, surroundingsOf } from '../effect/effects-of.ts'
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { Spelling, TracedEffect } from '../effect/traced-effect.ts'
import { CONFIDENTIALITY, type Confidentiality, type Integrity } from '../event/labels.ts'
import { TOLD } from '../finding/detector.ts'
import { isCommandHandedIn, isDeletionHandedIn, isEditHandedIn } from '../intent/handed-in.ts'
import { DEED, type Deeds, deedsOfAnyForm } from '../intent/deeds.ts'
import { isLooking } from '../intent/looking.ts'
import type { Obeyed } from '../intent/obeyed.ts'
import { isOfPointed } from '../intent/pointed.ts'
import { isWishedOf, singular } from '../intent/wishes.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { formsOf } from '../provenance/forms.ts'
import type { Traced } from '../provenance/provenance.ts'
import { findWhole } from '../provenance/search.ts'
import { fold } from '../provenance/words.ts'
import { type Asking, askingOf, isMild } from './asking.ts'
import { carriesAlong } from './carrying.ts'
import { handsOutFetched } from './fetched-for-text.ts'
import { isNamedWorker } from './named-worker.ts'
import { isChosen, isFieldOfNamed, type Wanted } from './chosen.ts'
import { isLeftToText, saysAddress, standsBesideOthers } from './left-to-text.ts'
import { isOnlyOneThere } from './only-one-there.ts'
import { isReferredTo, isToldWhereReferred } from './referred.ts'
import { isOfSameHouse } from './same-house.ts'
import type { Judged, Situation } from './situation.ts'
import { saysWhen } from './told-token.ts'
import { isFamiliar, type Tracer } from './tracer.ts'
import { isToldOtherwise } from './told-otherwise.ts'
import { isDeferred, isDeviceMeant, isUnasked } from './unasked.ts'
import { isUnwarranted } from './unwarranted.ts'

/** Payload shorter than this says nothing about where it came from. */
const PAYLOAD_LENGTH = 24
/** Most arguments traced per call. */
const TRACED_ARGUMENTS = 64

/** The record the policies see, for every effect of the call. */
export function contextsOf(situation: Situation, tracer: Tracer): readonly Judged[] {
  const callEffects = different(situation.reading.effects.map(({ effect }) => effect.class))
  const findings = different(situation.findings.filter((finding) => finding.score >= TOLD).map((finding) => finding.kind))
  const asking = askingOf(situation)
  return situation.reading.effects.map((traced) => ({
    traced,
    context: contextOf(traced, { situation, tracer, callEffects, findings, asking }),
  }))
}

/** Each once; of most calls there is one at most. */
function different<Name>(names: readonly Name[]): readonly Name[] {
  return names.length < 2 ? names : [...new Set(names)]
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
  const handedIn = isHandedIn(traced, situation)
  const wanted: Wanted = {
    obeyed,
    handedIn,
    requested,
    deeds,
    familiar,
    carries: () => carriesAlong(traced, session.evidence),
    settled: (target) =>
      traced.effect.class === 'message.send' && (saysAddress(session.evidence) || standsBesideOthers(target, session.evidence)),
    left: (target) =>
      isLeftToText(target, traced, session) ||
      isOnlyOneThere(target, { traced, obeyed, situation }) ||
      isOfSameHouse(target, traced, situation),
    besideNamed: requested && traced.effect.class === 'message.send' && obeyed !== undefined && isBesideNamed(obeyed, targets),
    shares: (text) => session.wishes.sentences.length > 0 && isWishedOf(session.wishes, { deeds, text, beside: about.asking.beside() }),
  }
  const chosen = targets.map((target) => isChosen(target, traced, wanted))
  for (const pointer of obeyed?.args ?? []) about.asking.trace(pointer, tracer)
  const settled = isSettledWith(traced, targets, session.evidence)
  const everything = [...targets, ...payload].map(({ derivation }) => derivation.confidentiality)
  if (about.findings.some((kind) => kind.startsWith('secret.'))) everything.push('secret')
  return {
    certainty: traced.effect.certainty,
    integrity: leastTrusted(targets),
    confidentiality: mostConfidential(everything),
    targetNamedByUser:
      (targets.length > 0 && targets.every(({ named }) => named)) ||
      (targets.length === 0 && isNamedWorker(traced.effect.class, situation)),
    targetFromUntrusted: chosen.includes(true),
    targetVouched: isVouched(traced, { targets, chosen, wanted }, situation),
    payloadFromUntrusted: payload.some((part) => isForeign(part, traced.effect.class)),
    obeyedRequest: followsText(traced, { targets, wanted }, about),
    unasked: (!settled && isUnasked(traced, deeds, situation)) || isUnwarranted(traced, { situation, tracer, targets, settled, deeds }),
    requestedByUser: requested,
    sessionTainted: session.tainted,
    sessionHoldsSecrets: session.holdsSecrets,
    insideWorkspace: traced.insideWorkspace ?? false,
    hostPrivate: traced.hostPrivate ?? false,
    sends: traced.effect.class === 'net.egress' && traced.retrieval !== true,
    callEffects: about.callEffects,
    tool: call.tool,
    server: call.server ?? '',
    gate: situation.gate,
    findings: about.findings,
    definitionChanged: situation.definitionChanged,
    delegationDepth: principal.chain.length + session.delegations,
    chain: principal.chain,
    ...situation.authority(traced.effect),
    ...situation.course,
  }
}

/** What has no target is vouched for by the asking; a target by being theirs, familiar, or brought up by what they asked for. */
function isVouched(
  traced: TracedEffect,
  at: { readonly targets: readonly Traced[]; readonly chosen: readonly boolean[]; readonly wanted: Wanted },
  situation: Situation,
): boolean {
  const { requested, familiar, deeds } = at.wanted
  const { wishes } = situation.session
  const { class: effectClass } = traced.effect
  if (at.targets.length > 0)
    return at.targets.every(
      ({ named, derivation }, index) => named || familiar || (requested && !at.chosen[index] && derivation.integrity !== 'unknown'),
    )
  if (requested || wishes.delegates || (wishes.defers && isDeferred(situation, effectClass, deeds))) return true
  return effectClass === 'device.actuate' && isDeviceMeant(situation)
}

function isForeign({ derivation, copied }: Traced, effectClass: EffectClass): boolean {
  return derivation.integrity === 'untrusted' && (copied || !RUNS.has(effectClass))
}

/** Outside text asks for it, or left a mark on it that only an obeyed text leaves. */
function followsText(traced: TracedEffect, held: { readonly targets: readonly Traced[]; readonly wanted: Wanted }, about: About): boolean {
  const { situation, tracer } = about
  const { wanted, targets } = held
  const { class: effectClass } = traced.effect
  return (
    (wanted.handedIn && (effectClass === 'fs.write' || effectClass === 'fs.delete')) ||
    (wanted.obeyed === undefined && isToldInPassing(traced, wanted, about)) ||
    handsOutFetched(traced, situation) ||
    isToldOtherwise(effectClass, situation, tracer) ||
    isObeying(targets, { traced, wanted, situation })
  )
}

/** A passage asks for it, which neither the person wished for nor left to whoever wrote it. */
function isObeying(
  targets: readonly Traced[],
  at: { readonly traced: TracedEffect; readonly wanted: Wanted; readonly situation: Situation },
): boolean {
  const { obeyed, requested, besideNamed } = at.wanted
  if (obeyed === undefined || obeyed.wished || besideNamed) return false
  return (
    !(requested && targets.length > 0 && targets.every(isFieldOfNamed)) &&
    !isOfText(obeyed, targets, at) &&
    !isReferredTo(obeyed, { requested, traced: at.traced, evidence: at.situation.session.evidence })
  )
}

/** They spoke of each it goes to by name, and the passage wants something else: its sentence has none of them, only those around it do. */
function isBesideNamed({ asked: { request } }: Obeyed, targets: readonly Traced[]): boolean {
  const own = request.text.slice(...request.sentence)
  return (
    targets.length > 0 &&
    targets.every(({ named, hinted, derivation }) => (named || hinted) && !own.includes(fold(derivation.value.trim())))
  )
}

/** The person named whom or what it is done to, or are it themselves; who only wants to look at a thing names it as well. */
function isSettledWith({ effect }: TracedEffect, targets: readonly Traced[], evidence: Evidence): boolean {
  // A table that is spoken of is not one to be changed.
  if (targets.length === 0 || (effect.class === 'data.mutate' && /\brows$/.test(effect.detail ?? ''))) return false
  if (effect.class === 'message.send' && targets.every(isFieldOfNamed)) return true
  return targets.every(({ named }) => named) && !isLooking(evidence)
}

/** The passage stands in the text that the person left it to; where only a plain file is written, in any. */
function isOfText(obeyed: Obeyed, targets: readonly Traced[], at: { readonly traced: TracedEffect; readonly wanted: Wanted }): boolean {
  const { id } = obeyed.asked.source
  const holds = ({ derivation }: Traced): boolean => derivation.sources.some(({ source }) => source.id === id)
  const plain = at.traced.effect.class === 'fs.write'
  return targets.length > 0 && targets.every((target) => (plain || holds(target)) && at.wanted.left(target))
}

/** Commands are fed with names that the work brought up; what matters is whether the command itself was handed in. */
const RUNS: ReadonlySet<EffectClass> = new Set<EffectClass>(['process.exec', 'code.install'])

/** Arguments that say what an edit takes away. */
const REPLACED = /\/(?:old|find|search|before|original)/i

/** A package with the command that installs it, or what is written into a file of the workspace with the file's name. */
function isHandedIn(traced: TracedEffect, { session, call, reading }: Situation): boolean {
  const { effect, kind } = traced
  if (!session.tainted) return false
  const script = traced.payload?.[0]?.text
  if (effect.class === 'code.install' && kind === 'name')
    return script !== undefined && traced.target.some(({ text }) => isCommandHandedIn(session.evidence, script, text))
  if (effect.class === 'fs.delete' && script !== undefined && !session.wishes.delegates && (session.wishes.deeds & DEED.remove) === 0)
    return traced.target.some(({ text }) => isDeletionHandedIn(session.evidence, script, text))
  if (effect.class !== 'fs.write' || traced.insideWorkspace !== true) return false
  const contents = (traced.payload ?? otherArguments(traced, reading))
    .filter(({ arg }) => !REPLACED.test(arg))
    .flatMap(({ text }) => text.split(' && '))
  return traced.target.some(({ text }) => isEditHandedIn(session.evidence, { file: formsOf(text, 'path', surroundingsOf(call)), contents }))
}

/** Classes that tell little of what a call does, so that its values have to. */
const VAGUE: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'tool.invoke',
  'agent.delegate',
  'device.actuate',
])
/** A name nobody makes up by chance: it has a digit or an address sign, and is short enough to be one. */
const DISTINCT = /^(?=.*[\d@])[^\n]{3,64}$/
const NAME = /^[^\n]{4,64}$/

/** Nobody asked for it, and what it is done to or with is known from sentences only, not from any record. */
function isToldInPassing(traced: TracedEffect, { requested, deeds }: Wanted, { situation, tracer }: About): boolean {
  const { session, call, reading } = situation
  // Whom money or access goes to is told by any name, where no argument says that it is one.
  const toNobody = traced.target.length === 0 && (traced.effect.class === 'money.move' || traced.effect.class === 'identity.grant')
  if (!session.tainted || !(VAGUE.has(traced.effect.class) || toNobody) || traced.payload !== undefined || session.wishes.delegates)
    return false
  const distinct = toNobody ? NAME : DISTINCT
  const addressed = new Set(reading.effects.flatMap(({ effect }) => (effect.class === 'message.send' ? effect.arguments : [])))
  const told = leavesWithin(reading)
    .slice(0, TRACED_ARGUMENTS)
    .filter(({ pointer, text }) => {
      if (!distinct.test(text.trim()) || saysWhen(text.trim())) return false
      // Whom the person spoke of by name is told, and nothing is done to them.
      if (requested && addressed.has(pointer) && tracer.trace({ arg: pointer, text }, 'recipient').hinted) return false
      const { derivation, named, field, fields, whole } = tracer.trace({ arg: pointer, text }, 'name')
      if (!whole || derivation.integrity !== 'untrusted' || named || field || fields.length > 0) return false
      const sources = derivation.sources.map(({ source }) => source)
      return !(requested && isToldWhereReferred(pointer, sources, session.evidence))
    })
  if (told.length === 0) return false
  if (session.wishes.defers && isMild(traced.effect.class, deeds, situation) && isDeferred(situation, traced.effect.class, deeds))
    return false
  // What is changed was something before.
  const makes = isMild(traced.effect.class, deeds, situation) && (deeds & DEED.change) === 0
  if (
    requested &&
    makes &&
    isOfPointed(
      told.map(({ text }) => text.trim()),
      session.evidence,
    )
  )
    return false
  // `P-7 had better be stopped`: a text that has the verb itself wants the deed of its own accord.
  const isOnlyTheirs = (verb: string): boolean =>
    !told.some(({ pointer, text }) =>
      tracer.trace({ arg: pointer, text }, 'name').derivation.sources.some(({ excerpt }) => speaksOf(deedsOfAnyForm(verb), excerpt)),
    )
  if (!(requested && isSpokenOfByName(session.evidence, calledName(call.tool, call.args), toNobody ? undefined : isOnlyTheirs))) return true
  // Where things go is a matter of its own: to ask for the sending does not settle it.
  return told.some(({ key }) => {
    const words = wordsOf(key)
    return words.some((word) => WHERE_TO.has(word)) && !isSpokenOfByName(session.evidence, key)
  })
}

/** Arguments that say where something goes, or to whom. */
const WHERE_TO = new Set(
  'address destination recipient account iban payee beneficiary adresse anschrift empfaenger konto dirección direccion destino cuenta endereço destinataire compte indirizzo destinatario conto adres adress'.split(
    ' ',
  ),
)

function speaksOf(deeds: Deeds, excerpt: string): boolean {
  return (excerpt.match(/\p{L}{2,40}/gu) ?? []).some((word) => (deedsOfAnyForm(word.toLowerCase()) & deeds) !== 0)
}

/** The person spoke of the thing that the tool is for: `event` of `create_event`. */
function isSpokenOfByName({ said }: Evidence, tool: string, byVerb?: (verb: string) => boolean): boolean {
  const things = wordsOf(tool).filter((word) => word.length >= 3 && deedsOfAnyForm(word) === 0)
  const spoken = (word: string): boolean => findWhole(said, word).some(({ view }) => view.source.channel === 'user')
  // `stop_sharing` has no thing in its name: they said `stop`.
  if (things.length === 0 && byVerb !== undefined) return wordsOf(tool).some((word) => word.length >= 3 && spoken(word) && byVerb(word))
  return things.some((word) => spoken(word) || spoken(`${word.replace(/y$/, 'ie')}s`) || spoken(singular(word)))
}

/** Whom the work goes to, as a record has it, is no task. */
function isRecipientOfRecord({ derivation, fields }: Traced): boolean {
  return fields.length > 0 && /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(derivation.value.trim())
}

function payloadTraces(traced: TracedEffect, about: About): readonly Traced[] {
  if (traced.effect.class === 'fs.read' || traced.effect.class === 'data.query' || !about.tracer.hasOutsideText) return []
  const spellings = traced.payload ?? otherArguments(traced, about.situation.reading)
  const found = spellings.filter(({ text }) => text.length >= PAYLOAD_LENGTH).map((spelling) => about.tracer.trace(spelling, 'name'))
  return traced.effect.class === 'agent.delegate' ? found.filter((part) => !isRecipientOfRecord(part)) : found
}

function otherArguments(traced: TracedEffect, reading: CallReading): readonly Spelling[] {
  // Whom else it goes to is not what is sent.
  const alike = reading.effects.filter(({ effect, kind }) => kind === 'recipient' && effect.class === traced.effect.class)
  const targets = new Set([traced, ...alike].flatMap(({ effect }) => effect.arguments))
  const others: Spelling[] = []
  for (const leaf of reading.leaves.leaves) {
    if (leaf.kind !== 'string' || targets.has(leaf.pointer) || leaf.text.length < PAYLOAD_LENGTH) continue
    const text = reading.added.get(leaf.pointer) ?? leaf.text
    if (text.length < PAYLOAD_LENGTH) continue
    others.push({ arg: leaf.pointer, text })
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

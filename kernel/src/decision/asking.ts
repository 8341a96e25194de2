import type { EffectClass } from '../effect/effect.ts'
import { type CallReading, leavesWithin } from '../effect/effects-of.ts'
import { parseAddress } from '../effect/place/address.ts'
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { Spelling, TracedEffect } from '../effect/traced-effect.ts'
import type { ToolCall, ToolDefinition } from '../event/event.ts'
import { leavesOf } from '../event/leaves.ts'
import { DEED, type Deeds, deedsOfEffect } from '../intent/deeds.ts'
import { heldValues, type Held, type Obeyed, obeyedRequest } from '../intent/obeyed.ts'
import { isOnNamed } from '../intent/pointed.ts'
import { singular } from '../intent/wishes.ts'
import type { SessionState, Situation } from './situation.ts'
import { isFamiliar, type Tracer } from './tracer.ts'

/** What the call is held against: the requests in outside text, and the person's own. */
export interface Asking {
  readonly beside: () => ReadonlySet<string>
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
  'agent.delegate',
])

const HARD: Deeds = DEED.remove | DEED.stop | DEED.share | DEED.pay | DEED.send | DEED.publish

/** What somebody may do, how they prove who they are, and what something costs: to be asked for in so many words. */
const POWERS =
  /^(?:roles?|permissions?|privileges?|access|admin|administrator|superuser|owner|scopes?|passwords?|passwd|passphrase|pin|secret|mfa|2fa|factor|otp|verification|verified|prices?|discounts?|percent|fees?|credit|salary|wages?|limits?|quota|balance|iban|bic|bank|payout|payee|visibility|public|rolle|rechte|passwort|kennwort|preis|rabatt|gehalt|limite?|rol|permisos?|contraseña|precio|descuento|salario|saldo|rôle|droits|prix|remise|ruolo|permessi|prezzo|sconto|stipendio|função|permissões|senha|preço|desconto)$/

/** Makes or changes an entry, by which nobody gains anything. */
export function isMild(effectClass: EffectClass, deeds: Deeds, { call, reading }: Pick<Situation, 'call' | 'reading'>): boolean {
  if (effectClass !== 'data.mutate' || (deeds & (DEED.create | DEED.change)) === 0 || (deeds & HARD) !== 0) return false
  const leaves = leavesWithin(reading).slice(0, FIELDS)
  const words = [calledName(call.tool, call.args), ...leaves.map(({ key }) => key)].flatMap(wordsOf)
  // The name of the field may be a value itself: `field: role`.
  return ![...words, ...leaves.flatMap(({ text }) => (text.length <= FIELD ? wordsOf(text.trim()) : []))].some((word) => POWERS.test(word))
}

/** Arguments looked at, and the longest name of a field. */
const [FIELDS, FIELD] = [24, 24]

/** Whoever wants something sent, looked at or filled in does not want it paid. */
function wishedFor(effectClass: EffectClass, deeds: Deeds): Deeds {
  return effectClass === 'money.move' ? deeds & ~(DEED.send | DEED.submit | DEED.go | DEED.run) : deeds
}

export function askingOf(situation: Situation): Asking {
  const { session, call, reading } = situation
  const name = calledName(call.tool, call.args)
  const words = wordsOf(name)
  // Most calls are held against nothing: what that takes is made when it is needed.
  let beside: ReadonlySet<string> | undefined
  const besides = () => (beside ??= wordsAbout(call, words))
  let values: readonly Held[] | undefined
  let place: { readonly host: string | undefined } | undefined
  const found = new Map<number, Obeyed | undefined>()
  return {
    beside: besides,
    of: (traced, tracer) => {
      const scripted = traced.payload !== undefined
      // To go somewhere is judged by the tool that goes, whatever it makes or deletes there.
      const deeds = deedsOfEffect(traced.effect.class, scripted ? [] : traced.kind === 'address' ? wordsOf(call.tool) : words)
      const requested = (session.wishes.deeds & wishedFor(traced.effect.class, deeds)) !== 0
      if (session.evidence.asked.length === 0 || UNASKED.has(traced.effect.class) || traced.insideWorkspace === true)
        return { obeyed: undefined, requested, deeds }
      // Of a script, only what it names is held against a text: the rest of it is the model's own.
      const familiarHost = isFamiliar(traced, session, tracer)
        ? traced.host
        : traced.host === undefined
          ? (place ??= placeOf(reading, { session, tracer })).host
          : undefined
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
          tool: name.toLowerCase(),
          beside: besides(),
          wishes: session.wishes,
          delegable,
          scripted,
          familiarHost,
          mild: isMild(traced.effect.class, deeds, situation),
          onNamed: () =>
            isOnNamed([...heldValues(leavesWithin(reading))], session.evidence, (deeds & DEED.remove & ~session.wishes.deeds) !== 0),
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

/** Most arguments looked at for the page a call is about. */
const PLACES = 8

/** The page that the call works on, where it says so and the person named it or calls were let go there before. */
function placeOf({ leaves }: CallReading, { session, tracer }: Known): { readonly host: string | undefined } {
  for (const { pointer, text } of leaves.leaves.slice(0, PLACES)) {
    const host = /^(?:https?:\/\/|www\.)\S+$/i.test(text.trim()) ? parseAddress(text, 'https')?.host : undefined
    if (host !== undefined && (session.visited.has(host) || tracer.trace({ arg: pointer, text }, 'address').named)) return { host }
  }
  return { host: undefined }
}

function wordsAbout(call: ToolCall, words: readonly string[]): ReadonlySet<string> {
  const about = new Set(wordsBeside(call))
  for (const word of words) about.add(singular(word))
  for (const key of Object.keys(call.args).slice(0, 64)) for (const word of wordsOf(key)) about.add(singular(word))
  return about
}

/** What the tool says of itself and its arguments, as words in the singular. */
function wordsBeside({ definition }: ToolCall): ReadonlySet<string> {
  if (definition === undefined) return NO_WORDS
  let words = BESIDE.get(definition)
  if (words === undefined) {
    const told = [definition.description ?? '', ...leavesOf(definition.inputSchema ?? null).leaves.map(({ text }) => text)]
    const spelled = told
      .join(' ')
      .slice(0, 8192)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
    words = new Set((spelled ?? []).map(singular))
    BESIDE.set(definition, words)
  }
  return words
}

const NO_WORDS: ReadonlySet<string> = new Set()
/** Definitions are immutable. */
const BESIDE = new WeakMap<ToolDefinition, ReadonlySet<string>>()

function valuesOf(reading: CallReading, known: Known): readonly Held[] {
  return unnamed([...heldValues(leavesWithin(reading)), ...reading.effects.flatMap(heldHosts)], reading.effects, known)
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

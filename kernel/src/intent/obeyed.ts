/** Whether a call does what a passage of outside text asked for: the kind of deed fits, and the passage holds what it is done to. */
import type { Source } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import { isNamedThere } from '../provenance/setting.ts'
import { numberForms } from '../provenance/number-forms.ts'
import { fold, isWordCode } from '../provenance/words.ts'
import type { Asked } from './asked.ts'
import { DEED, type Deeds } from './deeds.ts'
import { isPointedTo, isRoughlyPointedTo } from './pointed.ts'
import { isWishedOf, type Wishes } from './wishes.ts'

/** One value of a call, as it would stand in a text. */
export interface Held {
  /** JSON pointer of its argument. */
  readonly arg: string
  /** Lower case. */
  readonly text: string
  /** Part of a longer argument: quoting a request whole is not obeying it. */
  readonly part: boolean
}

export interface Obeying {
  readonly deeds: Deeds
  readonly values: readonly Held[]
  readonly tool: string
  /** Words that every call of the tool is about. */
  readonly beside: ReadonlySet<string>
  readonly wishes: Wishes
  /** Where it goes, when that is a place the session has been to or was told of by the place itself. */
  readonly familiarHost: string | undefined
  /** Such effects may be left to a text to ask for. */
  readonly delegable: boolean
  /** A command or a script does it: whoever asks to have that run asks for all it does. */
  readonly scripted: boolean
  /** It makes or changes an entry: nothing is gone by it, nobody told, paid or let in. */
  readonly mild: boolean
  /** It is done to a thing the person named. */
  readonly onNamed: () => boolean
}

export interface Obeyed {
  readonly asked: Asked
  /** Arguments whose values the passage holds and nobody else named. */
  readonly args: readonly string[]
  /** The person asked for this kind of deed on the thing the passage speaks of, or handed the say over to its text. */
  readonly wished: boolean
  /** The second of the two: the text may say what to do, not to whom. */
  readonly handedOver: boolean
}

/** Longest value looked for as a whole; longer ones are looked for in pieces. */
const WHOLE = 400
const [PIECE_FROM, PIECES] = [20, 16]
const VALUES = 48

/** The values of arguments, ready to be looked for. */
export function heldValues(leaves: Iterable<{ readonly pointer: string; readonly text: string }>): readonly Held[] {
  const held: Held[] = []
  for (const { pointer, text } of leaves) {
    const trimmed = fold(text.trim())
    if (trimmed.length >= 1 && trimmed.length <= WHOLE) held.push({ arg: pointer, text: trimmed, part: false })
    if (trimmed.length >= PIECE_FROM * 2) {
      const pieces = trimmed.slice(0, 16_384).split(/\n+|(?<=[.!?])\s+/)
      for (const piece of pieces.filter(({ length }) => length >= PIECE_FROM && length <= WHOLE).slice(0, PIECES))
        held.push({ arg: pointer, text: piece.replace(/^[\s"'>*-]+|[\s"'.!]+$/g, ''), part: true })
    }
    if (held.length >= VALUES) break
  }
  return held
}

/** The request this call obeys, if any: one that the person did not wish for before one that they did. */
export function obeyedRequest(evidence: Evidence, call: Obeying): Obeyed | undefined {
  const novel = new Map<string, boolean>()
  const isNovel = (value: Held): boolean => {
    let known = novel.get(value.text)
    if (known === undefined) {
      known = !isSaid(evidence, value.text) && !isOwn(evidence, value.text) && !standsThere(evidence, value.text, call)
      novel.set(value.text, known)
    }
    return known
  }
  const holding: Holding = {
    evidence,
    heldIn: rememberedHeld(call),
    pointed: rememberedPointed(evidence, isPointedTo),
    roughly: rememberedPointed(evidence, isRoughlyPointedTo),
  }
  let wished: Obeyed | undefined
  for (let index = evidence.asked.length - 1; index >= 0; index -= 1) {
    const asked = evidence.asked[index] as Asked
    if (!fits(asked, call) || isAtHome(asked, call)) continue
    const args = heldArguments(asked, call, isNovel)
    if (args === undefined || madeBefore(evidence, asked, call, args)) continue
    // The person speaks to the agent in their own words, not in those of a text.
    const wish = !asked.request.addressed && isWished(asked, call)
    const handedOver = !wish && isHandedOver(asked, call, holding)
    const found = { asked, args, wished: wish || handedOver, handedOver }
    if (!found.wished) return found
    wished ??= found
  }
  return wished
}

function isSaid({ said }: Evidence, text: string): boolean {
  return findWhole(said, text).length > 0 || numberForms(text).some((form) => findWhole(said, form).length > 0)
}

/** A page asks for what is to be done on it, and a tool's description for how it is to be called. */
function isAtHome({ request, source }: Asked, call: Obeying): boolean {
  if (request.addressed && source.channel !== 'tool_description') return false
  if (source.channel === 'tool_description') return source.tool?.toLowerCase() === call.tool
  return call.familiarHost !== undefined && source.host === call.familiarHost
}

/** The place itself has it: the name of a field of its form. */
function standsThere(evidence: Evidence, text: string, { familiarHost }: Obeying): boolean {
  return familiarHost !== undefined && findWhole(evidence.read, text).some(({ view }) => view.source.host === familiarHost)
}

/** The person pointed to a text that holds the value under a name of its own: `You find my account in …`. */
function isOwn(evidence: Evidence, text: string): boolean {
  return findWhole(evidence.read, text).some(({ view, start, again }) => {
    if (view.source.namedByUser !== true || view.source.host !== undefined) return false
    return [start, ...again].some((at) => isNamedThere(view.text, at))
  })
}

function fits({ request }: Asked, call: Obeying): boolean {
  // Whoever writes a thing anew has changed it, and the other way round.
  const deeds = (call.deeds & WRITES) === 0 ? call.deeds : call.deeds | WRITES
  if ((request.deeds & deeds) !== 0 || isRun(request, call)) return true
  return call.tool.length >= 6 && /[_-]/.test(call.tool) && request.text.includes(call.tool)
}

/** `run curl -d @notes …`: the sentence that wants something run says what the command is done to. */
function isRun({ deeds, text, sentence }: Asked['request'], { scripted, values }: Obeying): boolean {
  if (!scripted || (deeds & DEED.run) === 0) return false
  const own = text.slice(...sentence)
  return values.some((value) => !value.part && placeOfAny(own, value.text) >= 0)
}

const WRITES = DEED.create | DEED.change

/** Values that alone prove little, short numbers and single common words, count for less than one. */
const ENOUGH = 1
/** What is said to an agent is meant for its calls: any value of theirs is enough. */
const ENOUGH_SAID_TO_AGENTS = 0.3
/** Part of the novel values of a call that the passage must hold. */
const SHARE = 0.2

function heldArguments({ request }: Asked, call: Obeying, isNovel: (value: Held) => boolean): readonly string[] | undefined {
  let weight = 0
  const args = new Set<string>()
  // What is written into data is quoted from texts all the time.
  const sends = (call.deeds & (DEED.send | DEED.submit)) !== 0
  for (const value of call.values) {
    const at = placeOfAny(request.text, value.text)
    if (at < 0 || (value.part && !sends) || (value.part && request.verbs.some((verb) => verb >= at && verb < at + value.text.length)))
      continue
    if (!isNovel(value)) continue
    weight += isTold(value.text, request, at) ? 1 : weightOf(value.text, request.text, at)
    args.add(value.arg)
  }
  if (weight < (request.addressed ? ENOUGH_SAID_TO_AGENTS : ENOUGH) && !(args.size > 0 && isCovered(request, call))) return undefined
  // A long form shares something with every text about it.
  const novelty = call.values.filter((value) => !value.part && isNovel(value)).length
  return weight >= novelty * SHARE ? [...args] : undefined
}

/** A count right behind what is to be done: `book for 25`. */
function isTold(value: string, { verbs }: Asked['request'], at: number): boolean {
  return /^\d{2,3}$/.test(value) && verbs.some((verb) => at > verb && at - verb <= BEHIND)
}

const BEHIND = 20

/** All that the call says stands in the one sentence, and it says more than one thing. */
function isCovered({ text, sentence }: Asked['request'], { values }: Obeying): boolean {
  const whole = values.filter(({ part }) => !part)
  const own = text.slice(...sentence)
  return whole.length >= COVERED && whole.every((value) => placeOfAny(own, value.text) >= 0)
}

const COVERED = 2

function weightOf(value: string, text: string, at: number): number {
  if (/[@/\\]|\d.*\p{L}|\p{L}.*\d|\s|\.\p{L}/u.test(value)) return 1
  // A long word is a word of the language before it is anything else.
  if (value.length >= 8 && !/^\p{L}+$/u.test(value)) return 1
  const quoted = /["'“‘`«]/.test(text[at - 1] ?? '') && /["'”’`»]/.test(text[at + value.length] ?? '')
  if (quoted) return 1
  if (/^\d+$/.test(value))
    return value.length >= 4 || /(?:\bid|#|number|no\.?)\W{0,3}$/.test(text.slice(Math.max(0, at - 12), at)) ? 1 : 0.4
  return value.length >= 4 ? 0.5 : 0.3
}

/** The same for a number however it is written. */
function placeOfAny(text: string, value: string): number {
  const at = placeOf(text, value)
  if (at >= 0) return at
  for (const form of numberForms(value)) {
    const other = placeOf(text, form)
    if (other >= 0) return other
  }
  return -1
}

/** Where the value stands as whole words; -1 when it does not. */
function placeOf(text: string, value: string): number {
  if (value === '') return -1
  const opens = isWordCode(value.charCodeAt(0))
  const closes = isWordCode(value.charCodeAt(value.length - 1))
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const cutsBefore = opens && at > 0 && isWordCode(text.charCodeAt(at - 1))
    const cutsAfter = closes && at + value.length < text.length && isWordCode(text.charCodeAt(at + value.length))
    if (!cutsBefore && !cutsAfter) return at
  }
  return -1
}

/** The model had every one of the values in a call of its own before it read the request. */
function madeBefore(evidence: Evidence, asked: Asked, call: Obeying, args: readonly string[]): boolean {
  if (evidence.made.length === 0) return false
  const concerned = call.values.filter((value) => !value.part && args.includes(value.arg))
  return (
    concerned.length > 0 && concerned.every((value) => findWhole(evidence.made, value.text).some(({ view }) => view.order < asked.order))
  )
}

function isWished({ request }: Asked, call: Obeying): boolean {
  return isWishedOf(call.wishes, {
    deeds: call.deeds,
    text: withoutValues(request.text.slice(...request.sentence), call.values),
    beside: call.beside,
  })
}

interface Holding {
  readonly evidence: Evidence
  readonly heldIn: (sentence: string) => readonly string[]
  readonly pointed: (source: Source) => boolean
  readonly roughly: (source: Source) => boolean
}

/** Many requests stand in one text. */
function rememberedPointed(evidence: Evidence, isPointed: typeof isPointedTo): Holding['pointed'] {
  const known = new Map<string, boolean>()
  return (source) => {
    const pointed = known.get(source.id) ?? isPointed(source, evidence)
    known.set(source.id, pointed)
    return pointed
  }
}

/** Explicit, to a text of their own that the person named, and for nothing that gives away money, access or a way out. */
function isHandedOver(asked: Asked, call: Obeying, holding: Holding): boolean {
  const { source } = asked
  if (!call.delegable || source.host !== undefined) return false
  if (call.wishes.delegates && source.namedByUser === true) return true
  if (!(call.wishes.delegates || call.wishes.defers)) return false
  if (call.mild && holding.roughly(source) && !isContradicted(asked, call, holding)) return true
  return holding.pointed(source) && call.onNamed()
}

/** The whole values of the call that stand in a sentence; texts that ask for the same over and over are looked through once. */
function rememberedHeld({ values }: Obeying): Holding['heldIn'] {
  const whole = values.filter(({ part, text }) => !part && text.length > 0)
  const known = new Map<string, readonly string[]>()
  return (sentence) => {
    let held = known.get(sentence)
    if (held === undefined) {
      held = whole.filter(({ text }) => placeOfAny(sentence, text) >= 0).map(({ text }) => text)
      known.set(sentence, held)
    }
    return held
  }
}

/** Most requests of the kind in one text; with more it is taken for contradicting itself. */
const ALIKE = 32

/** Another sentence of the text asks for the like on the same thing, with something else: `scale it to 12`, and further down `to 0`. */
function isContradicted({ request, source }: Asked, { deeds }: Obeying, { evidence, heldIn }: Holding): boolean {
  const own = request.text.slice(...request.sentence)
  const held = heldIn(own)
  let alike = 0
  for (const {
    request: other,
    source: { id },
  } of evidence.asked) {
    if (id !== source.id || (other.deeds & deeds & request.deeds) === 0) continue
    alike += 1
    if (alike > ALIKE) return true
    const sentence = other.text.slice(...other.sentence)
    if (sentence === own) continue
    const also = heldIn(sentence)
    if (also.some((text) => held.includes(text)) && held.some((text) => !also.includes(text))) return true
  }
  return false
}

/** What the passage hands in does not vouch for itself. */
function withoutValues(text: string, values: readonly Held[]): string {
  return values.reduce((rest, { text: value }) => (value.length < 4 ? rest : rest.replaceAll(value, ' ')), text)
}

/** Whether a call is done to another one of the kind than the person named: they said pull request 217, this is 216. */
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { EffectClass } from '../effect/effect.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { saidByUser } from '../intent/said-by-user.ts'
import { isSaidByUser, type Slot, slotsIn } from '../intent/slots.ts'
import { singular } from '../intent/wishes.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import type { Situation } from './situation.ts'
import { isOnlyInSentences } from './told-token.ts'
import type { Tracer } from './tracer.ts'

/** What files and commands are done to is judged by their own rules. */
const OF_APPLICATIONS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'message.send',
  'money.move',
  'identity.grant',
  'code.publish',
  'device.actuate',
  'net.egress',
  'agent.delegate',
  'tool.invoke',
])

export function isAnotherInSlot(traced: TracedEffect, situation: Situation, tracer: Tracer): boolean {
  const { session, reading } = situation
  // The fields of a page are many, and are judged by the page.
  if (!OF_APPLICATIONS.has(traced.effect.class) || traced.payload !== undefined || traced.host !== undefined) return false
  const novel = slotsIn(reading).filter(({ value }) => !isSaidByUser(value, session.evidence))
  if (novel.length === 0) return false
  const aims = new Set(reading.effects.flatMap(({ effect, kind }) => (AIMED.has(kind) ? effect.arguments : [])))
  return novel.some((slot) => {
    if (isOtherNumber(slot, situation) || isOtherName(slot, session.evidence, tracer) || isOtherThanOfRecord(slot, session)) return true
    if (!hasMate(slot, situation) || !isOfOutside(slot.value, session.evidence)) return false
    // Several may well be written to: what counts is whether a record has them.
    return !aims.has(slot.pointer) || tracer.trace({ arg: slot.pointer, text: slot.value }, 'name').fields.length === 0
  })
}

const AIMED: ReadonlySet<string> = new Set(['recipient', 'address'])

/** The same argument held one that the person named: of this tool, or of another where both look alike. */
function hasMate({ key, value }: Slot, { session, call }: Situation): boolean {
  const shape = SHAPED.test(value) && !MEASURED.test(value) ? shapeOf(value) : undefined
  return session.calls.some(({ tool, named }) =>
    named?.some(
      (mate) => mate.key === key && mate.value !== value && (shape === undefined ? tool === call.tool : shapeOf(mate.value) === shape),
    ),
  )
}

const SHAPED = /\d/
/** Dates, times and small numbers, which name nothing by themselves. */
const MEASURED = /^(?:\d{4}-\d{2}-\d{2}.*|\d{1,2}[:.]\d{2}.*|\d{1,2}|\d+[.,]\d+)$/

/** Letters stay, numbers do not. */
function shapeOf(id: string): string {
  return id.replaceAll(/\d+/g, '0')
}

function isOfOutside(text: string, { read }: Evidence): boolean {
  return findWhole(read, text).some(({ view: { source } }) => source.integrity === 'untrusted' && source.channel !== 'tool_description')
}

/** Longest part of what the person said that is looked at, and longest number. */
const SAID = 8192
const NUMBER = /^\p{L}{0,4}[-#]?\d{1,8}$/u

/** The person said `rule 4`, and the tool for rules is called with another number. */
function isOtherNumber({ key, value }: Slot, { session, call }: Situation): boolean {
  if (!NUMBER.test(value) || !NUMBERED.test(key)) return false
  const things = wordsOf(calledName(call.tool, call.args)).filter((word) => /^\p{L}{3,24}$/u.test(word))
  const shape = shapeOf(value)
  const numbers = saidByUser(session.evidence)
    .flatMap(({ folded }) => [...folded.slice(0, SAID).matchAll(NUMBERS)])
    .filter(([, thing = '', number = '']) => shapeOf(number) === shape && things.some((word) => singular(word) === singular(thing)))
  return numbers.length > 0 && !numbers.some(([, , number]) => number === value)
}

const NUMBERED = /^(?:id|no|nr|number|num|index|numero|número|nummer|numer)$/
const NUMBERS = /(?<!\p{L})(\p{L}{3,24}) (?:no\.? |nr\.? |number |#)?(\p{L}{0,4}[-#]?\d{1,8})(?![\p{L}\p{N}-])/gu

/** The person said `driver Ana`, and the argument of that name holds somebody of whom only a sentence of outside text tells. */
function isOtherName({ key, value, pointer }: Slot, evidence: Evidence, tracer: Tracer): boolean {
  const thing = wordsOf(key).at(-1) ?? ''
  if (thing.length < WORD || !/^\p{L}[\p{L}.' -]{2,60}$/u.test(value)) return false
  const names = saidByUser(evidence)
    .flatMap(({ text }) => [...text.slice(0, SAID).matchAll(NAMES)])
    .flatMap(([, word = '', name = '']) => (word.toLowerCase() === thing ? [name.toLowerCase()] : []))
  if (names.length === 0 || names.some((name) => value.includes(name))) return false
  const { derivation, whole, fields } = tracer.trace({ arg: pointer, text: value }, 'name')
  return whole && derivation.integrity === 'untrusted' && fields.length === 0
}

const WORD = 4
const NAMES = /(?<!\p{L})(\p{L}{4,24}):?\s(\p{Lu}\p{Ll}{1,30})(?!\p{L})/gu

/** They handed over to a record, which holds one of the kind, and it is done to another that only a sentence names. */
function isOtherThanOfRecord({ value }: Slot, { evidence, wishes }: Situation['session']): boolean {
  if (!(wishes.delegates || wishes.defers) || !OF_A_KIND.test(value) || MEASURED.test(value) || !isOnlyInSentences(value, evidence))
    return false
  const shape = shapeOf(value)
  for (const { segment, views } of evidence.read)
    for (const { source, folded, via } of segment.views.slice(0, views)) {
      if (source.namedByUser !== true || source.host !== undefined || via !== 'verbatim') continue
      for (const [, own = ''] of folded.slice(0, RECORD).matchAll(FIELDS)) if (own !== value && shapeOf(own) === shape) return true
    }
  return false
}

/** Longest part of a record looked at, what of it are fields, and names of one kind: `c-12`. */
const RECORD = 8192
const FIELDS = /"\s?:\s?"([\p{L}\p{N}#_.-]{2,40})"/gu
const OF_A_KIND = /^(?=.*\d)(?=.*\p{L})[\p{L}\p{N}#_.-]{2,40}$/u

/** Whether nothing of a call is the person's: they spoke neither of the deed nor of what it is done to or with, and a sentence of outside text did. */
import type { EffectClass } from '../effect/effect.ts'
import { leavesWithin } from '../effect/effects-of.ts'
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED, type Deeds, deedsOfAnyForm } from '../intent/deeds.ts'
import { isSaidByUser, NAMES_NOTHING } from '../intent/slots.ts'
import { singular } from '../intent/wishes.ts'
import type { Leaf } from '../event/leaves.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import type { Situation } from './situation.ts'
import { wordsOfSentences } from './told-token.ts'
import type { Tracer } from './tracer.ts'

/** What applications do on somebody's behalf. */
const OF_APPLICATIONS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'message.send',
  'money.move',
  'identity.grant',
  'code.publish',
  'code.install',
  'memory.write',
  'device.actuate',
  'net.egress',
  'agent.delegate',
  'agent.config',
  'tool.invoke',
])
/** What goes on having an effect or opens something up: to hand a task over does not cover it. */
const LASTING: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'identity.grant',
  'code.publish',
  'code.install',
  'memory.write',
  'agent.config',
])
/** Of these, words of the person's are known for nearly all that is done: to have asked for one of them is a tie. */
const PLAINLY: Readonly<Partial<Record<EffectClass, Deeds>>> = {
  'data.mutate': DEED.publish,
  'message.send': DEED.send | DEED.publish,
  'code.publish': DEED.send | DEED.publish,
  'money.move': DEED.pay,
  'identity.grant': DEED.share,
  'data.drop': DEED.remove,
}
/** Arguments looked at, how much of each, and the words of all of them. */
const [ARGUMENTS, TEXT, WORDS] = [24, 400, 80]
/** Shortest words of a tool's name, of other words, and of values that tell something; the longest value that names something. */
const [OF_NAME, WORD, VALUE, LONGEST] = [3, 4, 2, 80]
/** So many words that only sentences tell are no chance. */
const MANY = 3

export function isUntied(traced: TracedEffect, ofCall: Deeds, at: { readonly situation: Situation; readonly tracer: Tracer }): boolean {
  const { situation, tracer } = at
  const { session } = situation
  const { class: effectClass } = traced.effect
  // Scripts and addresses have rules of their own.
  if (!OF_APPLICATIONS.has(effectClass) || traced.payload !== undefined || traced.host !== undefined || traced.retrieval === true)
    return false
  const ties = new Ties(situation)
  const { wishes } = session
  const handedOver = wishes.delegates || wishes.defers
  if (handedOver && !LASTING.has(effectClass)) return false
  if (effectClass === 'memory.write') return !ties.name && wordsOfSentences(situation) > 0
  if (!ties.none) return !handedOver && (ofCall & wishes.deeds) === 0 && !ties.object && wordsOfSentences(situation) >= MANY
  const asked = ((PLAINLY[effectClass] ?? 0) & wishes.deeds) !== 0
  if (asked && effectClass === 'money.move') return false
  // A stranger is written to with nothing of theirs.
  if (effectClass === 'message.send' && !handedOver && traced.target.some(({ text }) => text.includes('@'))) return true
  if (ties.leaves.some((leaf) => isOfSentence(leaf, session.evidence, tracer))) return true
  return !handedOver && wordsOfSentences(situation) >= (asked ? MANY : 1)
}

/** What of a call the person spoke of. */
class Ties {
  readonly leaves: readonly Leaf[]
  readonly #evidence: Evidence
  readonly #words: readonly string[]

  constructor({ session, call, reading }: Situation) {
    this.leaves = leavesWithin(reading).slice(0, ARGUMENTS)
    this.#evidence = session.evidence
    this.#words = wordsOf(calledName(call.tool, call.args)).filter((word) => word.length >= OF_NAME)
  }

  /** A word of the tool's name; where it is only a verb, that of another deed may be meant. */
  get name(): boolean {
    return this.#words.some((word) => this.#isSpoken(word))
  }

  /** What it is done to, by the name of the tool or by a value that names something. */
  get object(): boolean {
    const things = this.#words.filter((word) => deedsOfAnyForm(word) === 0)
    const slots = this.leaves.filter(({ key, text }) => !NAMES_NOTHING.test(key.toLowerCase()) && text.length <= LONGEST)
    return things.some((word) => this.#isSpoken(word)) || this.#holdsSaid(slots)
  }

  get none(): boolean {
    const keys = this.leaves.flatMap(({ key }) => wordsOf(key)).filter((word) => word.length >= WORD && !NAMES_NOTHING.test(word))
    return !this.name && !keys.some((word) => this.#isSpoken(word)) && !this.#holdsSaid(this.leaves)
  }

  #holdsSaid(leaves: readonly Leaf[]): boolean {
    const said = (text: string): boolean => isSaidByUser(text, this.#evidence)
    if (leaves.some(({ text }) => text.trim().length >= VALUE && text.length <= TEXT && said(text.trim()))) return true
    const words = leaves.flatMap(({ text }) => text.slice(0, TEXT).match(/[\p{L}\p{N}@._-]{4,}/gu) ?? [])
    return words
      .flatMap((word) => [word, ...word.split('_').filter((part) => part !== word && part.length >= WORD)])
      .slice(0, WORDS)
      .some(said)
  }

  #isSpoken(word: string): boolean {
    return [word, singular(word), `${singular(word)}s`, `${word.replace(/y$/, 'ie')}s`].some((form) => isSaidByUser(form, this.#evidence))
  }
}

/** The value stands in sentences of outside text, and nowhere as data. */
function isOfSentence({ pointer, key, text }: Leaf, evidence: Evidence, tracer: Tracer): boolean {
  const value = text.trim()
  if (value.length < VALUE || value.length > LONGEST || findWhole(evidence.said, value).length > 0) return false
  // One word of a text is a word; an address or a number in it is more.
  if (NAMES_NOTHING.test(key.toLowerCase()) && !/[\s@/\d]/.test(value)) return false
  const { derivation, named, field, fields, whole } = tracer.trace({ arg: pointer, text }, 'name')
  return whole && !named && derivation.integrity === 'untrusted' && !field && fields.length === 0
}

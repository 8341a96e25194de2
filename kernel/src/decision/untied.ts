/** Whether nothing of a call is the person's: they spoke neither of the deed nor of what it is done to or with, and a sentence of outside text did. */
import type { EffectClass } from '../effect/effect.ts'
import { leavesWithin } from '../effect/effects-of.ts'
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { isSaidByUser, NAMES_NOTHING } from '../intent/slots.ts'
import { singular } from '../intent/wishes.ts'
import type { Leaf } from '../event/leaves.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import type { Situation } from './situation.ts'
import type { Tracer } from './tracer.ts'

/** What applications do on somebody's behalf; whom money goes to is judged by rules of its own. */
const OF_APPLICATIONS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'message.send',
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
/** Arguments looked at, how much of each, and the words of all of them. */
const [ARGUMENTS, TEXT, WORDS] = [24, 400, 60]
/** Shortest words of a tool's name, of other words, and of values that tell something; the longest value that names something. */
const [OF_NAME, WORD, VALUE, LONGEST] = [3, 4, 2, 80]

export function isUntied(traced: TracedEffect, situation: Situation, tracer: Tracer): boolean {
  const { session } = situation
  const { class: effectClass } = traced.effect
  if (!OF_APPLICATIONS.has(effectClass)) return false
  // Scripts and addresses have rules of their own.
  if (traced.payload !== undefined || traced.host !== undefined || traced.retrieval === true) return false
  if ((session.wishes.delegates || session.wishes.defers) && !LASTING.has(effectClass)) return false
  const leaves = leavesWithin(situation.reading).slice(0, ARGUMENTS)
  return !isOfPerson(leaves, situation) && leaves.some((leaf) => isOfSentence(leaf, session.evidence, tracer))
}

/** A word of the tool's name, the name of an argument, or a value or a word of one is the person's. */
function isOfPerson(leaves: readonly Leaf[], { session: { evidence }, call }: Situation): boolean {
  const name = wordsOf(calledName(call.tool, call.args)).filter((word) => word.length >= OF_NAME)
  const keys = leaves.flatMap(({ key }) => wordsOf(key)).filter((word) => word.length >= WORD && !NAMES_NOTHING.test(word))
  if ([...name, ...keys].some((word) => isSpoken(word, evidence))) return true
  if (leaves.some(({ text }) => text.trim().length >= VALUE && text.length <= TEXT && isSaidByUser(text.trim(), evidence))) return true
  const words = leaves.flatMap(({ text }) => text.slice(0, TEXT).match(/[\p{L}\p{N}@._-]{4,}/gu) ?? [])
  return words.slice(0, WORDS).some((word) => isSaidByUser(word, evidence))
}

function isSpoken(word: string, evidence: Evidence): boolean {
  return [word, singular(word), `${singular(word)}s`, `${word.replace(/y$/, 'ie')}s`].some((form) => isSaidByUser(form, evidence))
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

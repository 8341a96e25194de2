/** Marks that an obeyed text leaves on what the person did ask for: the tool or its values come from where no honest work takes them. */
import { leavesWithin } from '../effect/effects-of.ts'
import type { EffectClass } from '../effect/effect.ts'
import type { Leaf } from '../event/leaves.ts'
import { passesOnAddress } from './told-token.ts'
import { isOtherThanNamed } from './beyond-named.ts'
import { findWhole } from '../provenance/search.ts'
import type { View } from '../provenance/view.ts'
import type { Situation } from './situation.ts'
import type { Tracer } from './tracer.ts'

/** What applications do; work on files and commands has marks of its own. */
const OF_APPLICATIONS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'message.send',
  'money.move',
  'identity.grant',
  'code.publish',
  'memory.write',
  'device.actuate',
  'agent.delegate',
  'tool.invoke',
])
/** What others get to read. */
const SAYS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'message.send',
  'code.publish',
  'memory.write',
  'agent.delegate',
])
/** Arguments looked at, and the shortest text that tells something. */
const [ARGUMENTS, TEXT] = [24, 4]

export function isToldOtherwise(effectClass: EffectClass, situation: Situation, tracer: Tracer): boolean {
  if (!situation.session.tainted || !OF_APPLICATIONS.has(effectClass) || situation.session.wishes.delegates) return false
  return (
    isOfHiddenText(situation, tracer) ||
    isToolOfText(situation) ||
    isDecoded(situation) ||
    isOtherThanNamed(situation, tracer) ||
    (SAYS.has(effectClass) && passesOnAddress(situation))
  )
}

function ownLeaves({ session, reading }: Situation): readonly Leaf[] {
  return leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ text }) => text.trim().length >= TEXT && findWhole(session.evidence.said, text).length === 0)
}

/** Some value stands nowhere but in text that whoever looks at the page does not see. */
function isOfHiddenText(situation: Situation, tracer: Tracer): boolean {
  const hidden = situation.session.seen.filter(({ kind }) => kind === 'text.hidden-markup')
  if (hidden.length === 0) return false
  return ownLeaves(situation).some(({ pointer, text }) => {
    const { derivation, named } = tracer.trace({ arg: pointer, text }, 'name')
    const outside = derivation.sources.filter(({ source }) => source.integrity === 'untrusted')
    if (named || outside.length === 0) return false
    return outside.every(({ source, span: [start, end] }) =>
      hidden.some(({ where, span }) => where === source.id && span !== undefined && start >= span[0] && end <= span[1]),
    )
  })
}

/** Numbers, addresses and names in a value, and most of them. */
const TELLING = /\+?\d[\d ]{5,18}\d|[\p{L}\p{N}@._/:-]{6,80}/gu
const TOKENS = 32
const ENCODED = /base64|hex|rot13|gzip|deflate/

/** Some part of a value stands only in what outside text had written in disguise. */
function isDecoded(situation: Situation): boolean {
  const { read } = situation.session.evidence
  if (!read.some(({ segment, views }) => segment.views.slice(0, views).some(({ via }) => ENCODED.test(via)))) return false
  const tokens = ownLeaves(situation).flatMap(({ text }) => text.slice(0, 1024).match(TELLING) ?? [])
  return tokens.slice(0, TOKENS).some((token) => {
    if (findWhole(situation.session.evidence.said, token).length > 0) return false
    const hits = findWhole(read, token).filter(({ view }) => isOutside(view))
    return hits.length > 0 && hits.every(({ view }) => ENCODED.test(view.via))
  })
}

/** A name that nobody uses in speech: of several parts, as machines name things. */
const MACHINE_NAME = /^(?=.{6,120}$)[\p{L}\p{N}]+(?:[._/-][\p{L}\p{N}]+|(?<=\p{Ll})\p{Lu}[\p{L}\p{N}]*)+$/u
/** How near the value stands to the name of the tool. */
const NEAR = 240

/** Outside text names the tool itself, and near it what it is called with. */
function isToolOfText(situation: Situation): boolean {
  const { call, session } = situation
  if (!MACHINE_NAME.test(call.tool)) return false
  // What the tool itself gives back may well name it.
  const hits = findWhole(session.evidence.read, call.tool).filter(({ view }) => isOutside(view) && view.source.tool !== call.tool)
  if (hits.length === 0) return false
  const values = ownLeaves(situation)
  return hits.some(({ view, start, again }) =>
    [start, ...again].some((at) => {
      const around = view.folded.slice(Math.max(0, at - NEAR), at + call.tool.length + NEAR)
      return values.some(({ text }) => around.includes(text.trim().toLowerCase()))
    }),
  )
}

function isOutside({ source }: View): boolean {
  return source.integrity === 'untrusted' && source.channel !== 'tool_description'
}

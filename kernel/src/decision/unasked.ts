/** Deeds that nobody asked for, in a session that has read what others wrote: the mark an obeyed text leaves even where its words cannot be read. */
import type { EffectClass } from '../effect/effect.ts'
import { ROW_CHANGES } from '../effect/sql/row-changes.ts'
import { leavesWithin } from '../effect/effects-of.ts'
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED, type Deeds, deedsOfAnyForm, deedsOfVerb, isMoney } from '../intent/deeds.ts'
import { heldValues } from '../intent/obeyed.ts'
import { isOfPointed, isOnNamed, pointsToAsking } from '../intent/pointed.ts'
import { isLooking } from '../intent/looking.ts'
import { isSaidByUser } from '../intent/slots.ts'
import { isCommon, singular } from '../intent/wishes.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import { fold } from '../provenance/words.ts'
import type { Situation } from './situation.ts'
import { isMild } from './asking.ts'
import { isAnotherOne, isOpened } from './beyond-named.ts'
import { isNamedWorker } from './named-worker.ts'
import { carriesTold } from './told-token.ts'
import { isSpelledOut } from './spelled-out.ts'

/** What applications do on somebody's behalf. Work on files and commands is judged by its own rules. */
const OF_APPLICATIONS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'data.mutate',
  'data.drop',
  'message.send',
  'money.move',
  'identity.grant',
  'code.publish',
  'memory.write',
  'device.actuate',
  'net.egress',
  'agent.delegate',
  'tool.invoke',
])

/** What these take to be asked for; of the others any deed of theirs will do. */
const STRICTLY: Readonly<Partial<Record<EffectClass, Deeds>>> = {
  'money.move': DEED.pay,
  'identity.grant': DEED.share,
  'data.drop': DEED.remove,
  'code.publish': DEED.publish,
}

const MAKES_OR_CHANGES = DEED.create | DEED.change
/** Deeds that most people ask for, whatever the work. */
const TELLING = DEED.go | DEED.send | DEED.submit
/** What a button may do that is more than to go on. */
const WEIGHTY = DEED.pay | DEED.remove | DEED.share | DEED.publish | DEED.submit | DEED.send

/** Of databases: what is asked for is then told by verbs, not by the names of commands. */
const ON_ROWS = Object.values(ROW_CHANGES)

/** Words for deeds that take something away, and for those that stop it or hand it out as a whole. */
const TAKES_AWAY = /^(?:delete|remove|erase|cancel|revoke|drop|purge|wipe|trash|unsubscribe)$/
/** Of these the ones that whoever wants an end of something asks for as well: `stop the subscription`. */
const CALLS_OFF = /^(?:cancel|revoke|unsubscribe)$/
const STOPS =
  /^(?:disable|deactivate|terminate|stop|reject|decline|dump|reset|close|suspend|block|ban|kick|mute|discharge|deny|expire|downgrade)$/

/** Arguments looked at, and the shortest of their words that tells something. */
const [ARGUMENTS, WORD] = [24, 4]
/** Shortest value that tells which thing is meant. */
const VALUE = 2

export function isUnasked(traced: TracedEffect, ofCall: Deeds, situation: Situation): boolean {
  const { session, call } = situation
  const { class: effectClass } = traced.effect
  if (!session.tainted || !OF_APPLICATIONS.has(effectClass) || session.wishes.sentences.length === 0) return false
  // What is remembered goes on being obeyed: handing the task over does not cover it.
  if (effectClass === 'memory.write' && (session.wishes.deeds & MAKES_OR_CHANGES) === 0 && remembersForeign(situation)) return true
  if (session.wishes.delegates) return false
  if (traced.retrieval === true) return isTakingAddress(traced, situation)
  if (effectClass === 'device.actuate' && isLooking(session.evidence)) return true
  const stored = effectClass === 'data.mutate' || effectClass === 'data.drop'
  if (session.wishes.defers && DEFERRED.has(effectClass) && isDeferred(situation, effectClass, ofCall)) return false
  if (traced.payload !== undefined) return stored && (isUnwantedOnRows(traced, session.wishes.deeds) || isLooking(session.evidence))
  const words = wordsOf(calledName(call.tool, call.args))
  // Of `create_post` the second word is what is made.
  const made = effectClass === 'data.mutate' && /^(?:create|update|set|add|insert)$/.test(words[0] ?? '')
  const deeds = effectClass === 'tool.invoke' ? deedsOfButton(situation) : made ? deedsOfVerb(words[0] as string) : ofCall
  const strict = STRICTLY[effectClass] ?? takenAway(words)
  // What its class tells is enough where nothing was to be done at all.
  if (effectClass === 'net.egress') return false
  if (deeds === 0 && strict === 0) return effectClass !== 'tool.invoke' && isLooking(session.evidence)
  const spoken = isSpokenOf(session.evidence, words)
  const asked = spoken && effectClass === 'data.mutate' ? withMaking(session.wishes.deeds) : session.wishes.deeds
  if (effectClass === 'identity.grant' && isOpened(situation)) return true
  if (effectClass === 'code.publish' && (asked & DEED.send) !== 0 && isWhereTheySaid(situation)) return false
  if ((asked & (strict === 0 ? deeds : strict)) !== 0) return strict !== 0 && isAnotherOne(situation)
  if (
    effectClass === 'money.move' &&
    session.wishes.sentences.some(({ deeds: own, things }) => (own & MAKES_OR_CHANGES) !== 0 && [...things].some(isMoney))
  )
    return false
  if (effectClass === 'device.actuate' && isDeviceMeant(situation)) return false
  if (isNamedWorker(effectClass, situation) && !isLooking(session.evidence)) return false
  if (effectClass === 'tool.invoke' || isLooking(session.evidence)) return true
  if (strict !== 0) return !(spoken && (asked & deeds & ~TELLING) !== 0)
  return isBroughtUp(situation, { deeds, words, spoken }) || isSpelledOut(situation) || carriesTold(situation)
}

/** To bring a calendar up to date is to enter what is new as well. */
function withMaking(asked: Deeds): Deeds {
  return (asked & DEED.change) === 0 ? asked : asked | DEED.create
}

/** `post them on https://…`: to a page that takes posts, by its address, is what they called it. */
function isWhereTheySaid({ session, reading }: Situation): boolean {
  const texts = leavesWithin(reading).map(({ text }) => text.trim())
  const places = texts.flatMap((text) => text.slice(0, POSTED).match(/https?:\/\/[^\s"'<>)]{4,400}/g) ?? [])
  return texts.some((text) => text === places[0]) && places.every((place) => isSaidByUser(place, session.evidence))
}

/** Longest part of a post that is looked at for addresses. */
const POSTED = 16_384

/** Rows are changed where nothing was to be made or changed, or deleted where nothing was to be deleted. */
function isUnwantedOnRows({ effect: { detail = '' } }: TracedEffect, asked: Deeds): boolean {
  if (detail.includes(ROW_CHANGES.deletes)) return (asked & DEED.remove) === 0
  return (asked & ~TELLING) === 0 && ON_ROWS.some((what) => detail.includes(what))
}

/** What may be done because a text the person pointed to says so, to what they named. */
const DEFERRED: ReadonlySet<EffectClass> = new Set<EffectClass>(['data.mutate', 'message.send', 'agent.delegate'])

/** What is gone is gone: whoever did not ask to have anything deleted named all that it is done to. */
export function isDeferred(situation: Situation, effectClass: EffectClass, deeds: Deeds): boolean {
  const { session, reading } = situation
  const { evidence, wishes } = session
  const onNamed = (): boolean => isOnNamed(heldValues(leavesWithin(reading)), evidence, (deeds & DEED.remove & ~wishes.deeds) !== 0)
  if (isMild(effectClass, deeds, situation) && isOfPointed(textsOf(reading), evidence)) return true
  return onNamed() && pointsToAsking(evidence)
}

function textsOf(reading: Situation['reading']): readonly string[] {
  return leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .map(({ text }) => text.trim())
    .filter(({ length }) => length >= VALUE)
}

/** To open the address is to have it done, and what is gone then nobody wanted gone. */
function isTakingAddress({ effect, target }: TracedEffect, { session }: Situation): boolean {
  const words = wordsOf(effect.target.replace(/^[^:]{1,20}:\/\/[^/?]{0,255}/, '').slice(0, 200))
  if ((session.wishes.deeds & DEED.remove) !== 0 || !words.some((word) => TAKES_AWAY.test(word))) return false
  return target.every(({ text }) => findWhole(session.evidence.said, text).length === 0)
}

function takenAway(words: readonly string[]): Deeds {
  if (words.some((word) => TAKES_AWAY.test(word) || deedsOfVerb(word) === DEED.remove))
    return words.some((word) => CALLS_OFF.test(word)) ? DEED.remove | DEED.stop : DEED.remove
  return words.some((word) => STOPS.test(word)) ? DEED.remove | DEED.stop : 0
}

/** What outside text said is to be remembered, word for word. */
function remembersForeign({ session, reading }: Situation): boolean {
  const { said, read } = session.evidence
  return reading.leaves.leaves
    .slice(0, ARGUMENTS)
    .some(
      ({ text }) =>
        text.trim().length >= 8 &&
        findWhole(said, text).length === 0 &&
        findWhole(read, text).some(({ view }) => view.source.integrity === 'untrusted'),
    )
}

/** What a page is told to do by what is clicked on it; nothing for other tools that nobody knows. */
function deedsOfButton({ call, reading }: Situation): Deeds {
  if (!wordsOf(call.tool).some((word) => /^(?:click|tap|press|dialog)$/.test(word))) return 0
  const told = reading.leaves.leaves.filter(({ kind, text }) => kind === 'string' && text.length <= 80).slice(0, 8)
  const deeds = told.flatMap(({ text }) => wordsOf(text)).reduce((found, word) => found | deedsOfVerb(word), 0) & WEIGHTY
  return (deeds & (DEED.send | DEED.submit)) === 0 ? deeds : deeds | DEED.send | DEED.submit | DEED.create
}

/** The person spoke of the device or of what is to become of it, and no outside text did of the rest. */
export function isDeviceMeant({ session, call, reading }: Pick<Situation, 'session' | 'call' | 'reading'>): boolean {
  if (isLooking(session.evidence)) return false
  const { said, read } = session.evidence
  const values = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .flatMap(({ kind, text }) => (kind === 'string' && text.trim().length > 1 ? [text] : []))
  const named = values.filter((value) => findWhole(said, value).length > 0)
  const others = values.filter((value) => !named.includes(value))
  if (others.some((value) => findWhole(read, value).some(({ view }) => view.source.channel !== 'tool_description'))) return false
  return named.length > 0 || isSpokenOf(session.evidence, wordsOf(calledName(call.tool, call.args)))
}

/** The person named the thing the tool is for. */
function isSpokenOf({ said }: Evidence, words: readonly string[]): boolean {
  const spoken = (text: string): boolean => findWhole(said, text).some(({ view }) => view.source.channel === 'user')
  return words
    .filter((word) => word.length >= WORD && deedsOfAnyForm(word) === 0)
    .some((word) => [word, singular(word), `${singular(word)}s`].some(spoken))
}

/** Names of arguments, which say what is set. */
function keysOf(leaves: Situation['reading']['leaves']['leaves']): readonly string[] {
  const keys = leaves.slice(0, ARGUMENTS).map(({ pointer }) => fold(pointer.slice(pointer.lastIndexOf('/') + 1)))
  return keys.filter((key) => key.length >= WORD && /^\p{L}+$/u.test(key))
}

function namesThing(word: string): boolean {
  return word.length >= WORD && deedsOfAnyForm(word) === 0 && !isCommon(word)
}

/** What fields of a record are called says nothing: `"number":160,"title":"Add dark mode"`. */
const LABELS = /["'][\p{L}_ -]{2,40}["']\s?:|(?<=^|,\s|\n)\p{L}{2,24}:\s(?=\S{1,40}(?:,|$))/gu

/** `Change it.`: what stands before says what. */
const POINTS_BACK = /\b(?:it|that|this|them|these|those|so)\b/

/** Without the stop behind the last word of a sentence. */
function wordsWithin(folded: string): readonly string[] {
  return folded.match(/[\p{L}\p{N}@](?:[\p{L}\p{N}@._-]*[\p{L}\p{N}@])?/gu)?.filter(({ length }) => length >= 2) ?? []
}

interface About {
  readonly deeds: Deeds
  readonly words: readonly string[]
  readonly spoken: boolean
}

/** Some outside text asks for such a deed and speaks of what the call has in its arguments, or of the tool itself. */
function isBroughtUp({ session, call, reading }: Situation, { deeds, words, spoken }: About): boolean {
  const values = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ text }) => findWhole(session.evidence.said, text).length === 0)
    .flatMap(({ text }) => wordsWithin(fold(text.slice(0, 400))))
  // That it asks for such a deed is known already, and words for deeds stand everywhere: what counts is what it is done to or with.
  const things = keysOf(reading.leaves.leaves)
    .filter(namesThing)
    // What a tool makes is a thing however common it is: `account` of `create_account`.
    .concat(spoken ? [] : words.filter((word) => word.length >= WORD && deedsOfAnyForm(word) === 0))
    .filter((word) => !isSaidByUser(singular(word), session.evidence))
    .concat(values.filter((value) => /\d/.test(value) || namesThing(value)))
  const name = call.tool.toLowerCase()
  return session.evidence.asked.some(({ request, source }) => {
    if (source.channel === 'tool_description') return false
    if (name.length >= 6 && request.text.includes(name)) return true
    if ((request.deeds & deeds) === 0) return false
    const [start, end] = request.sentence
    const from = POINTS_BACK.test(request.text.slice(start, end)) ? 0 : start
    const held = new Set(wordsWithin(request.text.slice(from, end).replace(LABELS, ' ')))
    return things.some((word) => held.has(word))
  })
}

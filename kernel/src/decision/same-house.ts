/** Whether somebody works where the writer of a text does that the person handed over to: `do what she asks for`, and she asks to tell her colleague. */
import { leavesWithin } from '../effect/effects-of.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { isPointedTo, isRoughlyPointedTo } from '../intent/pointed.ts'
import { isSaidByUser } from '../intent/slots.ts'
import { isCommon } from '../intent/wishes.ts'
import type { Source } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { Traced } from '../provenance/provenance.ts'
import { findWhole } from '../provenance/search.ts'
import type { View } from '../provenance/view.ts'
import { saysNothingElse } from './only-one-there.ts'
import type { Situation } from './situation.ts'

const MAIL = /^[^\s@]{1,64}@([\p{L}\p{N}.-]{3,120})$/u
/** Not `all`, nor what could be an address or a number to call. */
const NAME =
  /^[#@]?(?!(?:here|channel|public)$|(?:.{0,24}[_ -])?(?:all|everyone|everybody|alle|tous|todos|tutti|allen|alla|iedereen)(?:[_ -]|$))\p{L}[\p{L}\p{N}_ -]{1,30}$/u
/** Anybody can have an address there. */
const FOR_ALL =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|freenet|proton|protonmail|pm|mail|email|yandex|qq|163|126|zoho|fastmail|tutanota|posteo|orange|free|laposte|libero|wp|o2|onet|seznam|mailinator|tuta|keemail|hey|mailbox|hushmail|rocketmail|rediffmail|naver|daum|sina|foxmail|139|189|aliyun|comcast|att|verizon|cox|bellsouth|btinternet|sky|virginmedia|bluewin|hispeed|alice|tin|virgilio|tiscali|terra|uol|bol|ig|rambler|bk|list|inbox|ukr|interia|centrum|abv|duck|arcor|sfr|wanadoo|neuf|telenet|skynet|ziggo|kpnmail|planet|hetnet|online|telia|bredband|guerrillamail|yopmail|10minutemail)\./
/** Arguments that hand something over whole. */
const HANDS_OVER = /attach|file|document|path|forward|folder|export/i

/** Told or invited with nothing but what they said and what stands in mail of that house, and with nothing attached. */
export function isOfSameHouse(target: Traced, traced: TracedEffect, situation: Situation): boolean {
  const { evidence, wishes } = situation.session
  if (traced.effect.class !== 'message.send' || !(wishes.delegates || wishes.defers) || evidence.forgotten !== undefined) return false
  const value = target.derivation.value.trim().toLowerCase()
  const house = MAIL.exec(value)?.[1]
  if (house === undefined ? !(wishes.delegates && NAME.test(value)) : FOR_ALL.test(house)) return false
  const sources = target.derivation.sources.map(({ source }) => source).filter(({ integrity }) => integrity === 'untrusted')
  // Who is known by a name within the application is no stranger to it.
  const isTheirs = (source: Source): boolean =>
    source.host === undefined && (house === undefined ? isRoughlyPointedTo(source, evidence) : isPointedTo(source, evidence))
  if (!target.whole || sources.length === 0 || !sources.every(isTheirs)) return false
  if (HANDS_OVER.test(situation.call.tool) || leavesWithin(situation.reading).some(({ pointer }) => HANDS_OVER.test(pointer))) return false
  if (house === undefined)
    return (
      sources.every(({ id }) => isWrittenByNamed(id, value, evidence)) &&
      saysNothingElse(situation, isTheirs) &&
      !hasWordsOfOthers(situation, isTheirs)
    )
  return (
    sources.every(({ id }) => sendersOf(id, evidence).includes(house)) &&
    saysNothingElse(situation, (source) => isPointedTo(source, evidence) && sendersOf(source.id, evidence).includes(house))
  )
}

/** Longest head of a mail looked at. */
const HEAD = 600
const FROM =
  /(?:^|\n)from:[^\n@]{0,120}?[^\s@<"]{1,64}@([\p{L}\p{N}.-]{3,120}[\p{L}\p{N}])|^[^\n]{0,200}"(?:from|sender|von|de)"\s*:\s*"[^"\n@]{0,120}@([\p{L}\p{N}.-]{3,120}[\p{L}\p{N}])/u

/** Where it says at its head that it comes from. */
function sendersOf(id: string, { read }: Evidence): readonly (string | undefined)[] {
  const views = read.flatMap(({ segment, views: seen }) => segment.views.slice(0, seen) as readonly View[])
  return views.flatMap(({ source, folded, via }) => {
    const found = source.id === id && via === 'verbatim' ? FROM.exec(folded.slice(0, HEAD)) : null
    return found === null ? [] : [found[1] ?? found[2]]
  })
}

/** Who wrote an entry of a talk, in a record or in front of a line. */
const WRITER = /"(?:from|sender|author|user|username|by|von|de)"\s*:\s*"([^"\n]{1,80})"/u
const SPEAKER = /^(?:\[[^\]\n]{1,24}\]\s|\d[\d:. -]{2,20}\s)?[@<]?(\p{L}[\p{L}\p{N}._-]{1,30})>?:\s/u

/** Where several write in one place, it was one of whom the person spoke that named the target. */
function isWrittenByNamed(id: string, value: string, evidence: Evidence): boolean {
  const hits = findWhole(evidence.read, value).filter(({ view }) => view.source.id === id && view.via === 'verbatim')
  return hits.every(({ view: { text }, start, again }) =>
    [start, ...again].every((at) => {
      const writer = writerAt(text, at)
      return writer === undefined || isSaidByUser(writer, evidence)
    }),
  )
}

function writerAt(text: string, at: number): string | undefined {
  const opens = text.lastIndexOf('{', at)
  const closes = text.indexOf('}', at)
  if (opens >= 0 && closes >= 0) return WRITER.exec(text.slice(opens, Math.min(closes, opens + ENTRY)))?.[1]
  const lines = text.slice(Math.max(0, at - ENTRY), at + 1).split('\n')
  return lines.flatMap((line) => SPEAKER.exec(line)?.[1] ?? []).at(-1)
}

/** Longest entry looked at, and words of a message. */
const [ENTRY, WORDS] = [4096, 120]

/** Words that some other text has and neither theirs nor the person. */
function hasWordsOfOthers({ session: { evidence }, reading }: Situation, isTheirs: (source: Source) => boolean): boolean {
  const words = leavesWithin(reading).flatMap(({ text }) => text.match(/[\p{L}\p{N}]{4,}/gu) ?? [])
  if (words.length > WORDS) return true
  return words.some((word) => {
    if (isCommon(word.toLowerCase()) || findWhole(evidence.said, word).length > 0) return false
    const outside = findWhole(evidence.read, word).filter(({ view: { source } }) => source.channel !== 'tool_description')
    return outside.length > 0 && !outside.some(({ view: { source } }) => isTheirs(source))
  })
}

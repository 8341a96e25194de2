/** Whether an account or an address is the only one in a text that the person pointed to, and no other text has a say in it. */
import type { EffectClass } from '../effect/effect.ts'
import { leavesWithin } from '../effect/effects-of.ts'
import { classOfTool } from '../effect/tool/name-class.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED, deedsOfVerb } from '../intent/deeds.ts'
import type { Obeyed } from '../intent/obeyed.ts'
import { isPointedTo } from '../intent/pointed.ts'
import { NO_WISHES, takeWish } from '../intent/wishes.ts'
import type { Source } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { Traced } from '../provenance/provenance.ts'
import { findParts, findWhole, type Hit } from '../provenance/search.ts'
import type { View } from '../provenance/view.ts'
import { saysAddress } from './left-to-text.ts'
import type { Situation } from './situation.ts'

type Kind = 'account' | 'link' | 'mail' | 'phone'

interface Aimed {
  readonly traced: TracedEffect
  /** The passage that asks for it, if one does. */
  readonly obeyed: Obeyed | undefined
  readonly situation: Situation
}

/** Who pays by a bill they named, or writes to whoever a page they named is about, need not spell out the number on it. */
export function isOnlyOneThere(target: Traced, { traced, obeyed, situation }: Aimed): boolean {
  const { evidence } = situation.session
  if (evidence.forgotten !== undefined || evidence.blind || !target.whole) return false
  const kind = kindOf(target.derivation.value.trim(), traced)
  const sources = target.derivation.sources.map(({ source }) => source).filter(({ integrity }) => integrity === 'untrusted')
  if (kind === undefined || !sources.some((source) => isPointedAt(source, kind, evidence))) return false
  // The page of whoever sent the bill says the same, and it was the person who gave its address.
  const isSecond = (source: Source): boolean => kind === 'account' && source.namedByUser === true && source.host !== undefined
  if (!sources.every((source) => isPointedAt(source, kind, evidence) || isSecond(source))) return false
  // A paper says where money goes; one that orders it to be sent is no bill.
  if (obeyed !== undefined && (kind === 'account' || !obeyed.wished)) return false
  // Whoever gives an address means that one.
  if (kind === 'mail' && saysAddress(evidence)) return false
  if (!isWanted(kind, situation) || (kind === 'account' && !isOfPaper(target, sources, evidence))) return false
  const own = dense(target.derivation.value)
  if (hasAnother(own, kind, { sources, evidence }) || isContested(own, kind, { sources, evidence })) return false
  return kind === 'account'
    ? hasAmount(situation)
    : kind === 'link' || saysNothingElse(situation, ({ id }) => sources.some((source) => source.id === id))
}

/** To pay, to write to somebody, or to look at what is linked there. */
function isWanted(kind: Kind, { session: { wishes, evidence } }: Situation): boolean {
  if (kind === 'account') return (wishes.deeds & DEED.pay) !== 0
  return kind === 'link'
    ? viewsOf(evidence.said).some(({ source, text }) => source.channel === 'user' && LINKED.test(text))
    : wantsToWrite(evidence)
}

const LINKED = /(?<!\p{L})(?:links?|linked|verlinkt\p{L}*|lien|enlace|enlazad\p{L}*|ligação|collegamento)(?!\p{L})/iu

/** An account without an amount is kept for later, not paid to. */
function hasAmount({ reading }: Situation): boolean {
  return leavesWithin(reading).some(({ kind, text }) => kind === 'number' || /^\D{0,4}\d{1,9}(?:[.,]\d{1,3})*\D{0,4}$/.test(text.trim()))
}

/** In records accounts have a field of their own; and what is said to be new or another than before is what swindlers say. */
function isOfPaper({ derivation }: Traced, sources: readonly Source[], evidence: Evidence): boolean {
  const ids = new Set(sources.map(({ id }) => id))
  const around = derivation.sources.filter(({ source }) => ids.has(source.id)).map(({ excerpt }) => excerpt)
  if (around.some((excerpt) => CHANGED.test(excerpt) || isOrdered(excerpt, derivation.value))) return false
  return !viewsOf(evidence.read).some(({ source, text, piece }) => ids.has(source.id) && piece === undefined && /^\s*[[{]/.test(text))
}

/** The sentence has a verb of paying or sending before it. */
function isOrdered(excerpt: string, value: string): boolean {
  const folded = excerpt.toLowerCase()
  const before = folded.slice(0, Math.max(0, folded.indexOf(value.trim().slice(0, 4).toLowerCase())))
  const words = (before.split(/[.!?]\s|\n/).at(-1) ?? '').match(/\p{L}+/gu) ?? []
  return words.some((word) => (deedsOfVerb(word) & (DEED.pay | DEED.send)) !== 0)
}

const CHANGED =
  /(?<!\p{L})(?:new|now|chang\p{L}*|instead|replac\p{L}*|no longer|old|outdated|updat\p{L}*|correct\p{L}*|moved|switch\p{L}*|neu\p{L}{0,3}|geändert\p{L}*|statt|ab sofort|nouve\p{L}*|chang\p{L}*|désormais|nuev[oa]s?|cambi\p{L}*|ahora|nov[oa]s?|mud\p{L}*|agora|nuov\p{L}*|nieuw\p{L}*|gewijzigd|voortaan|now[yaej]\p{L}*|zmian\p{L}*|ny\p{L}?|endret|ändra\p{L}*)(?!\p{L})/iu

/** To be told of something, or to have it posted, is not to have it written to somebody. */
const TO_ME =
  /\b(?:tell|show|give|send|write|mail|report|read|let|remind|inform|notify|message|text)(?: it| them| that| this)?(?: back)?(?: to)? (?:me|us)\b|\b(?:comment|post|tweet|share|report)(?:s|ed|ing)?\b/gi

/** Folders, files and addresses, whose names say nothing of what is to be done. */
const PLACE = /[^\s"'()]*[\p{L}\p{N}][/\\_.@][\p{L}\p{N}][^\s"'()]*/gu

function wantsToWrite({ said }: Evidence): boolean {
  return viewsOf(said).some(
    ({ source, text, via }) =>
      source.channel === 'user' &&
      via === 'verbatim' &&
      (takeWish(NO_WISHES, text.replace(TO_ME, ' ').replace(PLACE, ' ')).deeds & DEED.send) !== 0,
  )
}

function viewsOf(reaches: Evidence['read']): readonly View[] {
  return reaches.flatMap(({ segment, views }) => segment.views.slice(0, views))
}

/** Short enough to be one. */
const [LONGEST, LINK] = [64, 200]
const MAIL = /^[^\s@]+@[^\s@]+$/
const NUMBER = /^\+?\d[\d ()/.-]{6,20}$/

function kindOf(value: string, { effect, retrieval }: TracedEffect): Kind | undefined {
  if (value.length > (effect.class === 'net.egress' ? LINK : LONGEST)) return undefined
  if (effect.class === 'money.move') return /\d{4}/.test(dense(value)) ? 'account' : undefined
  if (effect.class === 'net.egress') return retrieval === true && /^(?:https?:\/\/|www\.)\S+$/i.test(value) ? 'link' : undefined
  if (effect.class !== 'message.send') return undefined
  return MAIL.test(value) ? 'mail' : NUMBER.test(value) ? 'phone' : undefined
}

/** What it was looked up by is the person's; a page, where they gave its address. */
function isPointedAt(source: Source, kind: Kind, evidence: Evidence): boolean {
  if (source.pushed === true) return false
  // A page is anybody's; a paper of their own they have had from somebody.
  if (source.host !== undefined)
    return kind !== 'account' && source.namedByUser === true && findWhole(evidence.said, source.host).length > 0
  return isPointedTo(source, evidence)
}

/** How such things look in a text, with blanks and marks in them. */
const LOOKS: Readonly<Record<Kind, RegExp>> = {
  link: /(?:https?:\/\/|www\.)[^\s"'<>)\]]{3,200}/gu,
  account: /(?<![\p{L}\p{N}])(?:[a-z]{2}\d{2}(?: ?[a-z0-9]{2,4}){2,8}|\d[\d -]{5,32}\d)(?![\p{L}\p{N}])/gu,
  mail: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}[\p{L}\p{N}]/gu,
  phone: /(?<![\p{L}\p{N}.,-])\+?\d[\d ()/.-]{6,20}\d(?![\p{L}\p{N}])/gu,
}
/** Days and times look like numbers as well. */
const TIME = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})/
/** Fewer digits make no account and no number to call. */
const DIGITS = 7

function* othersIn(folded: string, own: string, kind: Kind): Generator<string> {
  for (const [text] of folded.matchAll(LOOKS[kind])) {
    const other = dense(text)
    if ((kind === 'account' || kind === 'phone') && (TIME.test(text.trim()) || (other.match(/\d/g)?.length ?? 0) < DIGITS)) continue
    // A blank may join a number to its neighbours: `… 08 12` behind it is still the same.
    if (!other.startsWith(own) && !own.startsWith(other) && !other.endsWith(own) && !own.endsWith(other)) yield other
  }
}

interface Holding {
  readonly sources: readonly Source[]
  readonly evidence: Evidence
}

/** In the texts that hold it; where money goes, in any: a bill says nothing of an account that a record has. */
function hasAnother(own: string, kind: Kind, { sources, evidence }: Holding): boolean {
  const ids = new Set(sources.map(({ id }) => id))
  for (const { source, folded } of viewsOf(evidence.read)) {
    if (source.channel === 'tool_description' || (kind !== 'account' && !ids.has(source.id))) continue
    for (const other of othersIn(folded, own, kind)) if (findWhole(evidence.said, other).length === 0) return true
  }
  return false
}

/** Some text, whichever, asks for such a deed with another one, or that text speaks to assistants. */
function isContested(own: string, kind: Kind, { sources, evidence }: Holding): boolean {
  const deed = kind === 'account' ? DEED.pay : kind === 'link' ? DEED.go : DEED.send
  return evidence.asked.some(({ request, source }) => {
    if (request.addressed && sources.some(({ id }) => id === source.id)) return true
    if (source.channel === 'tool_description' || (request.deeds & deed) === 0) return false
    return !othersIn(request.text, own, kind).next().done
  })
}

/** Arguments and words of them looked at, and the part of a longer text that makes a copy. */
const [ARGUMENTS, WORDS, COPIED] = [16, 80, 0.4]
/** Names, numbers and long words: what could be told of somebody. */
const TELLING = /(?=[^\s"'<>()]*\d|[^\s"'<>()]*@|\p{Lu}|[^\s"'<>()]{8})[\p{L}\p{N}@][^\s"'<>()]{2,79}/gu

/** What the session worked with before: the number of the letter that is answered. */
const ID = /^(?=.*\d)[\p{L}\p{N}/_-]{3,24}$/u
/** A time of day tells nothing of anybody. */
const CLOCK = /^\d{1,2}[:.]\d{2}(?:-\d{1,2}[:.]\d{2})?$/

/** What is told stands nowhere in other texts, unless the person said it. */
export function saysNothingElse({ session, reading }: Situation, isTheirs: (source: Source) => boolean): boolean {
  const { read, said, made } = session.evidence
  const targets = new Set(reading.effects.flatMap(({ effect }) => effect.arguments))
  const isElsewhere = (hits: readonly Hit[]): boolean => {
    const outside = hits.filter(
      ({ view }) => view.source.integrity === 'untrusted' && view.source.channel !== 'tool_description' && !isReceipt(view),
    )
    return outside.length > 0 && !outside.some(({ view: { source } }) => isTheirs(source))
  }
  const texts = leavesWithin(reading)
    .filter(({ pointer, kind, text }) => kind === 'string' && !targets.has(pointer) && !(ID.test(text) && findWhole(made, text).length > 0))
    .map(({ text }) => text)
  if (texts.length > ARGUMENTS) return false
  const words = texts
    .flatMap((text) => text.match(TELLING) ?? [])
    .map((word) => word.replace(/[.,;:!?)\]]+$/, ''))
    .filter((word) => !CLOCK.test(word))
  if (words.length > WORDS || texts.some((text) => isElsewhere(findParts(read, text).filter(({ coverage }) => coverage >= COPIED))))
    return false
  return words.every((word) => findWhole(said, word).length > 0 || !isElsewhere(findWhole(read, word)))
}

/** What a deed of the session gave back, like the number of a booking it made. */
function isReceipt({ source, text }: View): boolean {
  if (text.length > RECEIPT || LETS_IN.test(text) || LETS_IN.test(source.tool ?? '')) return false
  const done = source.tool === undefined ? undefined : classOfTool(source.tool, '')
  return done !== undefined && DOES.has(done)
}

const RECEIPT = 120
/** What opens something is for the person alone, whatever gave it back. */
const LETS_IN =
  /passw|passcode|passphrase|secret|token|credential|api.?key|private.?key|(?:^|[^\p{L}])(?:pin|otp|tan|code|kennwort|codes?|clave|senha|contraseña|mot de passe|wachtwoord|hasło|lösenord)(?=$|[^\p{L}])/iu
const DOES: ReadonlySet<EffectClass> = new Set<EffectClass>(['data.mutate', 'message.send', 'money.move', 'device.actuate'])

function dense(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}@._+]/gu, '')
}

/** Numbers, addresses and accounts in what a call says that only sentences of outside text tell. */
import { leavesWithin } from '../effect/effects-of.ts'
import { numberForms } from '../provenance/number-forms.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole, type Hit } from '../provenance/search.ts'
import { settingOf } from '../provenance/setting.ts'
import { DEED } from '../intent/deeds.ts'
import { isSaidByUser } from '../intent/slots.ts'
import type { Situation } from './situation.ts'

/** Arguments looked at, how much of each, and how many such words of it. */
const [ARGUMENTS, TEXT, WORDS] = [24, 4096, 16]
/** Mail addresses, hosts with what follows, accounts, numbers to call, and other names that nobody makes up. */
const TELLING =
  /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{3,120}|(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}(?:\/[^\s"'<>]{0,160})?|\+?\d[\d ]{6,20}\d|[\p{L}\p{N}_-]{4,64}/gu
const DISTINCT = /@|\p{L}\.\p{L}|\d{4}|\d.*\p{L}|\p{L}.*\d/u
/** Days and times, which say when and not what it is done to: `friday 17:00`, `17NOV`. */
const WHEN =
  /^(?:(?:\p{L}{3,12},? ){0,2}\d{1,2}[:h]\d{2}(?: ?[ap]m)?|\d{1,2}[ .-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}\.?(?:[ .-]?(?:\d{2}|\d{4}))?)$/iu

export function saysWhen(text: string): boolean {
  return WHEN.test(text)
}

/** Telling words of the call. */
function tellingWords({ reading }: Situation, targets: ReadonlySet<string>): readonly string[] {
  const words = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ pointer }) => !targets.has(pointer))
    .flatMap(({ text }) => text.slice(0, TEXT).match(TELLING) ?? [])
    .map((word) => word.replace(/[.,;:/-]+$/, '').trim())
    .filter((word) => DISTINCT.test(word) && !saysWhen(word))
  return [...new Set(words)].slice(0, WORDS)
}

function isNew({ session }: Situation, word: string): boolean {
  return findWhole(session.evidence.said, word).length === 0
}

const NONE: ReadonlySet<string> = new Set()

export function carriesTold(situation: Situation): boolean {
  return tellingWords(situation, NONE).some((word) => {
    if (!isNew(situation, word)) return false
    const hits = [word, ...numberForms(word)].flatMap((form) => foreign(findWhole(situation.session.evidence.read, form)))
    return hits.length > 0 && hits.every(isInSentence)
  })
}

function foreign(hits: readonly Hit[]): readonly Hit[] {
  return hits.filter(({ view }) => view.source.integrity === 'untrusted' && view.source.channel !== 'tool_description')
}

function isInSentence({ view, start, end, again }: Hit): boolean {
  return [start, ...again].every((at) => settingOf(view.text, at, at + end - start) !== 'field')
}

/** Longest word of a call, and most of them, that are looked for in sentences; the shortest without a digit. */
const [OWN_WORDS, OWN_WORD] = [40, 5]

/** How many words of the call, other than the person's, stand in sentences of outside text and in no record. */
export function wordsOfSentences({ session: { evidence }, reading }: Situation): number {
  const words = leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .flatMap(({ text }) => text.slice(0, 400).match(/[\p{L}\p{N}@._-]{3,80}/gu) ?? [])
  return words.slice(0, OWN_WORDS).filter((word) => {
    if ((word.length < OWN_WORD && !/\d/.test(word)) || isSaidByUser(word, evidence)) return false
    return isOnlyInSentences(word, evidence) || isAskedWith(word, evidence)
  }).length
}

/** Outside text speaks of it, and no record has it. */
export function isOnlyInSentences(word: string, { read }: Evidence): boolean {
  const hits = foreign(findWhole(read, word))
  return hits.length > 0 && hits.every(isInSentence)
}

/** Some sentence of outside text that asks for something has it, in quotes or not. */
export function isAskedWith(word: string, evidence: Evidence): boolean {
  return isHeldBy(spreadingIn(evidence), word)
}

/** Requests of outside text for more than to look at something. */
function spreadingIn({ asked }: Evidence): Evidence['asked'] {
  return asked.filter(({ request, source }) => source.channel !== 'tool_description' && (request.deeds & ~LOOKS) !== 0)
}

function isHeldBy(requests: Evidence['asked'], word: string): boolean {
  const own = word.toLowerCase()
  return requests.some(({ request }) => request.text.slice(...request.sentence).includes(own))
}

/** An address that a request in outside text holds goes along in what is said or written, and no record has it. */
export function passesOnAddress(situation: Situation): boolean {
  const { evidence } = situation.session
  // To be told to look somewhere is no wish to have it spread.
  const spreading = spreadingIn(evidence)
  // Whom it goes to is judged by itself.
  const targets = new Set(situation.reading.effects.flatMap(({ effect }) => effect.arguments))
  return tellingWords(situation, targets)
    .filter((word) => ADDRESS.test(word) && !FILE.test(word) && isNew(situation, word))
    .some((word) => {
      if (!isHeldBy(spreading, word) && !isPrescribed(word, evidence)) return false
      return isOnlyInSentences(word, evidence)
    })
}

/** A line says that every message has it in it: `all replies carry the link …`, which asks nobody for anything. */
function isPrescribed(word: string, { read }: Evidence): boolean {
  return foreign(findWhole(read, word)).some(({ view: { folded }, start, again }) =>
    [start, ...again].some((at) => {
      const before = folded.slice(Math.max(0, at - BEFORE), at)
      return EVERY_MESSAGE.test(before.slice(before.lastIndexOf('\n') + 1))
    }),
  )
}

const BEFORE = 240
const EVERY_MESSAGE =
  /(?<!\p{L})(?:every|all|any|each|tod[ao]s?|cada|jede[mnrs]?|alle[mnrs]?|tou(?:t|te|tes|s)|chaque|ogni|tutt[ei]|elke?|iedere?|każd\p{L}{1,3}|wszystki\p{L}{1,3}|hver|varje|alla)(?: \p{L}{1,16}){0,2} (?:repl(?:y|ies)|answers?|messages?|e-?mails?|letters?|notices?|respuestas?|correos?|mensajes?|cartas?|antwort\p{L}*|nachricht\p{L}*|schreiben|réponses?|courriels?|messages?|rispost[ae]|messagg\p{L}+|antwoord\p{L}*|bericht\p{L}*|respostas?|mensage(?:m|ns)|odpowied\p{L}+|wiadomo\p{L}+|svar|meddel\p{L}+)(?!\p{L})/u

const LOOKS = DEED.go | DEED.submit | DEED.run
/** Names in programs have points in them as well, but no path behind them, no hyphen and no `www` before. */
const FILE =
  /\.(?:jar|java|class|jsx?|tsx?|mjs|py|rb|go|rs|json|xml|ya?ml|toml|md|txt|sh|html?|css|csv|log|cfg|conf|so|dll|exe|zip|gz|tar|whl|pdf|png|jpe?g)$/
const ADDRESS = /@|^[a-z0-9.-]+\.[a-z]{2,24}\/\S|^www\.|^[a-z0-9.]*[a-z0-9]-[a-z0-9.-]*\.[a-z]{2,24}$|^[A-Z]{2}\d{2}[A-Z0-9]{8}/

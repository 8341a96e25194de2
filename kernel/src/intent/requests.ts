/** Requests in texts: sentences that tell somebody to do something, with the sentences around them. */
import { fold } from '../provenance/words.ts'
import { DEED, type Deeds, deedsOfAnyForm, deedsOfVerb, deedsWithObject } from './deeds.ts'

export interface Request {
  /** What it asks for. Never 0. */
  readonly deeds: Deeds
  /** The sentence and its neighbours, lower case. */
  readonly text: string
  /** [start, end) of the sentence in `text`. */
  readonly sentence: readonly [number, number]
  /** Where in `text` its verbs stand. */
  readonly verbs: readonly number[]
}

/** Most requests told of one text: the first and the last ones. */
const REQUESTS = 128
/** Longest sentence looked at as one, and the longest that counts as a neighbour. */
const SENTENCE = 1200
/** Sentences before and after that belong to a request. */
const [BEFORE, AFTER] = [1, 3]

interface Sentence {
  readonly start: number
  readonly end: number
  /** A blank line stands before it. */
  readonly opens: boolean
  /** Number of the field or cell it stands in: what stands in another one is other data. */
  readonly field: number
}

/** Linear in the length of the text. */
export function requestsIn(text: string): readonly Request[] {
  const sentences = sentencesOf(text)
  const folded = fold(text)
  const found: Request[] = []
  for (let index = 0; index < sentences.length; index += 1) {
    const { start, end } = sentences[index] as Sentence
    const asked = commandOf(folded.slice(start, end))
    if (asked !== undefined) found.push(withNeighbours(folded, { sentences, index, asked }))
  }
  return found.length <= REQUESTS ? found : [...found.slice(0, REQUESTS / 2), ...found.slice(-REQUESTS / 2)]
}

function withNeighbours(
  folded: string,
  at: { readonly sentences: readonly Sentence[]; readonly index: number; readonly asked: Command },
): Request {
  const { sentences, index, asked } = at
  const own = sentences[index] as Sentence
  const joins = (other: Sentence | undefined): boolean =>
    other !== undefined && (other.field === own.field || POINTS.test(folded.slice(own.start, own.end)))
  let [first, last] = [index, index]
  while (index - first < BEFORE && !(sentences[first] as Sentence).opens && joins(sentences[first - 1])) first -= 1
  while (last - index < AFTER && sentences[last + 1]?.opens === false && joins(sentences[last + 1])) last += 1
  const from = Math.max((sentences[first] as Sentence).start, own.start - SENTENCE)
  const to = Math.min((sentences[last] as Sentence).end, own.end + SENTENCE)
  const shift = own.start - from
  return {
    deeds: asked.deeds,
    text: folded.slice(from, to),
    sentence: [shift, shift + own.end - own.start],
    verbs: asked.verbs.map((verb) => verb + shift),
  }
}

/** Says that what it speaks of stands elsewhere. */
const POINTS = /:\s*$|\b(?:below|above|following|follows|here|attached|this|these|said|given|listed|mentioned)\b/

/** Ends: a line end, the end of a cell or a quoted field, or a full stop before a blank. What is longer is cut. */
function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = []
  let [start, opens, field] = [0, true, 0]
  const close = (end: number): void => {
    for (let from = start; from < end; from += SENTENCE) {
      const to = Math.min(end, from + SENTENCE)
      if (/[a-z0-9]/.test(text.slice(from, to))) {
        found.push({ start: from, end: to, opens, field })
        opens = false
      }
    }
  }
  for (const stop of text.matchAll(STOPS)) {
    const [mark] = stop
    const end = stop.index + (mark.startsWith('\n') ? 0 : 1)
    if (mark === '\n' && isWrap(text, end)) continue
    if (mark === '|' && !isRow(text, stop.index)) continue
    close(end)
    start = stop.index + mark.length
    if (mark.startsWith('\n') && mark.length > 1) opens = true
    if (mark === '|' || mark.startsWith('"') || mark.startsWith('}') || KEY.test(text.slice(start, start + 60))) field += 1
  }
  close(text.length)
  return found
}

const STOPS = /\n\s*\n|\n|[.!?](?=[\s"'<)\]]|$)|",\s{0,80}(?="[\w -]{1,40}"\s{0,4}:)|\}\s{0,80},\s{0,80}(?=\{)|\|/g
/** A name that machines give: quoted, or small letters without a blank. */
const KEY = /^\s{0,40}(?:- )?(?:"[\w -]{1,40}"|[a-z][a-z0-9_]{0,30}):(?:\s|$)/

/** A line of a table. */
function isRow(text: string, at: number): boolean {
  const begins = text.lastIndexOf('\n', at) + 1
  return /^\s{0,8}\|/.test(text.slice(begins, begins + 16))
}

/** Lines shorter than this end where they end. */
const WRAPPED = 48

/** A sentence that goes on in the next line: the line is long and stops in the middle, and no key or bullet follows. */
function isWrap(text: string, end: number): boolean {
  const begins = text.lastIndexOf('\n', end - 1) + 1
  if (end - begins < WRAPPED || /[.!?:;>|}\]]\s*$/.test(text.slice(Math.max(begins, end - 8), end))) return false
  return /^\s*(?![\w"' -]{1,32}:(?:\s|$))["'“(]?[\p{L}\p{N}]/u.test(text.slice(end + 1, end + 81))
}

interface Command {
  readonly deeds: Deeds
  readonly verbs: readonly number[]
}

/** Words that may open a request before its verb. */
const LEADS = new Set(
  'please kindly then also now next first second third finally lastly afterwards so just simply immediately quickly always instead important urgent step task todo remember and but hey hi hello ok okay fyi btw reminder once done a b c d'.split(
    ' ',
  ),
)
const MODALS = new Set('must should shall please kindly lets'.split(' '))
/** Words before `to` that make a request of what follows. */
const BEFORE_TO = new Set(
  'you need needs want wants like have has remember sure forget ask asked required supposed expected instructed is are was task goal assistant ai agent model us'.split(
    ' ',
  ),
)
/** After these a word that could be a verb is a noun: `order number`, `update of …`. */
const NOUN_BEFORE = new Set(
  'of from is was are were has had number id no address name with by at date time status type for between'.split(' '),
)

function commandOf(sentence: string): Command | undefined {
  const words = [...sentence.matchAll(/[\p{L}\p{N}_'’]+/gu)]
  // One word alone is a heading or a state.
  if (words.length < 2) return undefined
  const verbs: number[] = []
  let deeds: Deeds = 0
  for (let index = 0; index < words.length; index += 1) {
    const match = words[index] as RegExpExecArray
    const word = match[0]
    const asked = isPassive(words, index) ? deedsOfAnyForm(word) : word === 'let' ? letKnow(words, index) : deedsOfVerb(word)
    if (asked === 0 || !(isPassive(words, index) || commands(sentence, { words, index, going: verbs.length > 0 }))) continue
    if (isNoun(sentence, words, index)) continue
    const meant = deedsWithObject(
      asked,
      words.slice(index + 1, index + 6).map(([following]) => following),
    )
    if (meant === 0) continue
    verbs.push(match.index)
    deeds |= meant
  }
  return deeds === 0 ? undefined : { deeds, verbs }
}

type Word = RegExpExecArray

function isPassive(words: readonly Word[], index: number): boolean {
  return words[index - 1]?.[0] === 'be' && /^(?:must|should|shall|to|please|needs?)$/.test(words[index - 2]?.[0] ?? '')
}

/** Whether a verb stands where requests have theirs. */
function commands(sentence: string, at: { readonly words: readonly Word[]; readonly index: number; readonly going: boolean }): boolean {
  const { words, index, going } = at
  const before = words[index - 1]
  if (before === undefined || LEADS.has(before[0]) || MODALS.has(before[0])) return before === undefined || isLed(sentence, at)
  const between = sentence.slice(before.index + before[0].length, (words[index] as Word).index)
  if (CLAUSE.test(between)) return true
  const [previous, earlier] = [before[0], words[index - 2]?.[0] ?? '']
  if (previous === 'to') return BEFORE_TO.has(earlier)
  if (previous === 'you') return /^(?:can|could|would|will|should|must)$/.test(earlier)
  return going && /^(?:and|or|then|by)$/.test(previous)
}

/** A lead counts at the beginning of a clause, after another lead, or where a request is going on. */
function isLed(sentence: string, at: { readonly words: readonly Word[]; readonly index: number; readonly going: boolean }): boolean {
  for (let index = at.index - 1; index >= 0; index -= 1) {
    const word = at.words[index] as Word
    const between = sentence.slice(word.index + word[0].length, (at.words[index + 1] as Word).index)
    if (MODALS.has(word[0]) || at.going || CLAUSE.test(between)) return true
    if (!LEADS.has(word[0])) return false
  }
  return true
}

/** What a clause may begin with. */
const CLAUSE = /[:,;({[>"“‘*–—|]|\s'|'\s|\s-\s|->|^-/

/** `let them know`. */
function letKnow(words: readonly Word[], index: number): Deeds {
  return words.slice(index + 1, index + 9).some(([word]) => word === 'know') ? DEED.send : 0
}

function isNoun(sentence: string, words: readonly Word[], index: number): boolean {
  const word = words[index] as Word
  const after = sentence.slice(word.index + word[0].length, word.index + word[0].length + 3)
  if (/^["']?\s?[:=]/.test(after)) return true
  const next = words[index + 1]?.[0]
  return next !== undefined && NOUN_BEFORE.has(next) && deedsOfVerb(word[0]) !== (DEED.go | 0)
}

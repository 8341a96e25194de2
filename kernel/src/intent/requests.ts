/** Requests in texts: sentences that tell somebody to do something, with the sentences around them. */
import { rememberedTexts } from '../event/remembered-texts.ts'
import { FOREIGN_VERBS, isFuture } from '../effect/tool/foreign-verbs.ts'
import { fold } from '../provenance/words.ts'
import { DEED, type Deeds, deedsOfAnyForm, deedsOfVerb, deedsWithObject, READERS, VERB_WORDS } from './deeds.ts'
import { asksFrom, endsClause } from './foreign-requests.ts'
import { isCut, placesOfVerbs } from './verbs.ts'
import { SENTENCE, type Sentence, sentencesOf } from './sentences.ts'

export interface Request {
  /** What it asks for. Never 0. */
  readonly deeds: Deeds
  /** The sentence and its neighbours, lower case. */
  readonly text: string
  /** [start, end) of the sentence in `text`. */
  readonly sentence: readonly [number, number]
  /** Where in `text` its verbs stand. */
  readonly verbs: readonly number[]
  /** It speaks to whoever reads it for somebody, not to people: to assistants, or as a turn of the conversation. */
  readonly addressed: boolean
}

/** Most requests told of one text: the first and the last ones. */
const REQUESTS = 128
/** Shortest request there can be: `go x`. */
const SHORTEST = 4
/** Sentences before and after that belong to a request. */
const [BEFORE, AFTER] = [1, 3]

/** Linear in the length of the text. The last texts are remembered: tools describe themselves to every session in the same words. */
export function requestsIn(text: string): readonly Request[] {
  return recall(text, read)
}

/** Characters of texts whose requests are remembered. */
const REMEMBERED = 1_048_576
const recall = rememberedTexts<readonly Request[]>(REMEMBERED)

function read(text: string): readonly Request[] {
  const folded = fold(text)
  const verbs = placesOfVerbs(folded)
  if (verbs.length === 0) return []
  const sentences = sentencesOf(text)
  const found: { readonly index: number; readonly asked: Command }[] = []
  let verb = 0
  for (let index = 0; index < sentences.length; index += 1) {
    const { start, end } = sentences[index] as Sentence
    while (verb < verbs.length && (verbs[verb] as number) < start) verb += 1
    const speaks = (verbs[verb] ?? text.length) < end || isCut(folded, start) || isCut(folded, end)
    if (!speaks || end - start < SHORTEST || isRow(folded, start, end)) continue
    const asked = commandOf(folded.slice(start, end))
    if (asked !== undefined) found.push({ index, asked })
  }
  const kept = found.length <= REQUESTS ? found : [...found.slice(0, REQUESTS / 2), ...found.slice(-REQUESTS / 2)]
  return kept.map(({ index, asked }) => withNeighbours(folded, { sentences, index, asked }))
}

/** Values set apart by commas or semicolons without a blank: a line of data, whatever words it is made of. */
function isRow(folded: string, start: number, end: number): boolean {
  if (end - start > ROW) return false
  const line = folded.slice(start, end)
  return (line.match(/[,;](?=[^\s,;])/g)?.length ?? 0) >= 2 && !/[:!?]|\.\s|[,;]\s/.test(line)
}

/** Longest line taken for data. */
const ROW = 400

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
    addressed: asked.addressed,
  }
}

/** Says that what it speaks of stands elsewhere. */
const POINTS = /:\s*$|\b(?:below|above|following|follows|here|attached|this|these|said|given|listed|mentioned)\b/

interface Command {
  readonly deeds: Deeds
  readonly verbs: readonly number[]
  readonly addressed: boolean
}

/** What a turn of a conversation is opened by. */
const TURN = /^\W{0,12}(?:human|user|system|assistant|developer|im_start\|?>?\s?\w{0,12}|inst|instructions?)\W{0,3}[:>\]]/

/** Words that may open a request before its verb. */
const LEADS = new Set(
  'please kindly then also now next first second third finally lastly afterwards so just simply immediately quickly always instead important urgent step task todo remember and but hey hi hello ok okay fyi btw reminder once done a b c d'.split(
    ' ',
  ),
)
/** What politeness puts between `please` and its verb: `please be so kind and`. */
const FILLS = new Set('be so very nice kind good dear enough'.split(' '))
const MODALS = new Set('must should shall please kindly lets'.split(' '))
/** Words before `to` that make a request of what follows. */
const BEFORE_TO = new Set(
  'you need needs want wants like have has remember sure forget ask asked required supposed expected instructed kind enough is are was task goal assistant ai agent model us'.split(
    ' ',
  ),
)
/** After these a word that could be a verb is a noun: `order number`, `update of …`. */
const NOUN_BEFORE = new Set(
  'of from is was are were has had number id no address name with by at date time status type for between'.split(' '),
)

/** What is done for so many, or for somebody: `book for 25`. */
const FOR_SOMEBODY = new Set('book pay apply ask vote register order send buy reserve'.split(' '))

function commandOf(sentence: string): Command | undefined {
  const words = wordsIn(sentence)
  if (words === undefined) return undefined
  const verbs: number[] = []
  let deeds: Deeds = 0
  let addressed = false
  let foreign: number | undefined
  for (let index = 0; index < words.length; index += 1) {
    const at = { words, index, going: verbs.length > 0 }
    const passive = isPassive(words, index)
    const { text: word, index: start } = words[index] as Word
    const asked = askedBy(at, passive)
    if (asked === 0) continue
    if (FOREIGN_VERBS.has(word)) foreign ??= asksFrom(sentence)
    const abroad = foreign !== undefined && FOREIGN_VERBS.has(word) && isForeignRequest(sentence, { ...at, from: foreign })
    if (!passive && !abroad && (!commands(sentence, at) || isNoun(sentence, words, index))) continue
    const objects = words.slice(index + 1, index + 6).map(({ text }) => text)
    const meant = deedsWithObject(asked, objects)
    if (meant === 0) continue
    verbs.push(start)
    deeds |= meant
    addressed ||= speaksOfReader(at)
  }
  return deeds === 0 ? undefined : { deeds, verbs, addressed: addressed || TURN.test(sentence) }
}

interface Place {
  readonly words: readonly Word[]
  readonly index: number
  /** A request has begun. */
  readonly going: boolean
}

/** The deeds of a word in a form that asks; of what agents are said to do, in that form as well: `the assistant sends`. */
function askedBy(at: Place, passive: boolean): Deeds {
  const word = (at.words[at.index] as Word).text
  if (passive) return deedsOfAnyForm(word)
  if (word === 'let') return letKnow(at.words, at.index)
  const known = deedsOfVerb(word)
  return known === 0 && word.endsWith('s') && speaksOfReader(at) ? deedsOfAnyForm(word) : known
}

/** Behind a word that asks, as what will be done, or as an infinitive at the end. */
function isForeignRequest(sentence: string, { words, index, from }: Place & { readonly from: number }): boolean {
  const { text, index: start } = words[index] as Word
  return (from >= 0 && from < start) || isFuture(text) || endsClause(text, sentence.slice(start + text.length, start + text.length + 4))
}

interface Word {
  readonly text: string
  /** Where in the sentence it begins. */
  readonly index: number
}

const WORDS = /[\p{L}\p{N}_'’]+/gu

/** Nothing where nothing can be asked: one word alone is a heading or a state, and without a verb there is no request. */
function wordsIn(sentence: string): readonly Word[] | undefined {
  const texts = sentence.match(WORDS)
  if (texts === null || texts.length < 2 || !texts.some(mayAsk)) return undefined
  let end = 0
  return texts.map((text) => {
    const index = sentence.indexOf(text, end)
    end = index + text.length
    return { text, index }
  })
}

function mayAsk(word: string): boolean {
  return VERB_WORDS.has(word)
}

function isPassive(words: readonly Word[], index: number): boolean {
  return words[index - 1]?.text === 'be' && /^(?:must|should|shall|to|please|needs?)$/.test(words[index - 2]?.text ?? '')
}

/** Whether a verb stands where requests have theirs. */
function commands(sentence: string, at: Place): boolean {
  const { words, index, going } = at
  const before = words[index - 1]
  if (isNumberOfStep(sentence, words, index - 1)) return true
  if (before === undefined || LEADS.has(before.text) || MODALS.has(before.text))
    return before === undefined || isLed(sentence, at) || speaksOfReader(at)
  const between = sentence.slice(before.index + before.text.length, (words[index] as Word).index)
  if (CLAUSE.test(between)) return true
  const [previous, earlier] = [before.text, words[index - 2]?.text ?? '']
  if (speaksOfReader(at)) return true
  if (previous === 'to') return BEFORE_TO.has(earlier)
  if (previous === 'you') return /^(?:can|could|would|will|should|must)$/.test(earlier)
  return going && /^(?:and|or|then|by|und|oder|y|e|et|ou|og|och|en|i|dann)$/.test(previous)
}

const READER_WITHIN = 8

function speaksOfReader({ words, index }: Place): boolean {
  for (let at = Math.max(0, index - READER_WITHIN); at < index; at += 1) if (isReader((words[at] as Word).text)) return true
  return false
}

function isReader(word: string): boolean {
  return READERS.has(word) || (/['’]/.test(word) && READERS.has(word.replace(/^\p{L}{1,5}['’]/u, '')))
}

/** `1 post it, 2 delete it`: a small number at the beginning of a clause. */
function isNumberOfStep(sentence: string, words: readonly Word[], index: number): boolean {
  const word = words[index]
  if (word === undefined || !/^\d{1,2}$/.test(word.text)) return false
  const [before, end] = [words[index - 1], word.index + word.text.length]
  // In a table the number is a cell.
  if (!/^[.)]? \S/.test(sentence.slice(end, end + 3))) return false
  return before === undefined || CLAUSE.test(sentence.slice(before.index + before.text.length, word.index))
}

/** A lead counts at the beginning of a clause, after another lead, or where a request is going on. */
function isLed(sentence: string, at: Place): boolean {
  for (let index = at.index - 1; index >= 0; index -= 1) {
    const word = at.words[index] as Word
    const between = sentence.slice(word.index + word.text.length, (at.words[index + 1] as Word).index)
    if (MODALS.has(word.text) || at.going || CLAUSE.test(between)) return true
    if (!LEADS.has(word.text) && !FILLS.has(word.text)) return false
  }
  return true
}

/** What a clause may begin with; a full stop within a sentence is that of a short form, `etc. send it`. */
const CLAUSE = /[:,;({[>"“‘*–—|]|\.\s|\s'|'\s|\s-\s|->|^-/

/** `let them know`. */
function letKnow(words: readonly Word[], index: number): Deeds {
  return words.slice(index + 1, index + 9).some(({ text }) => text === 'know') ? DEED.send : 0
}

/** Goes on as an address or a name, `mark.lee@corp.example`, and not only without a blank: `send.the list`. */
const IN_NAME = /^[.@](?!(?:the|all|every|each|my|your|our|their|this|that|these|those|it|them|an?|\d+)(?![\p{L}\p{N}.@_-]))[\p{L}\p{N}]/u
const NAME_WITHIN = 12

function isNoun(sentence: string, words: readonly Word[], index: number): boolean {
  const word = words[index] as Word
  const end = word.index + word.text.length
  const after = sentence.slice(end, end + NAME_WITHIN)
  if (/^["']?\s?[:=]/.test(after) || IN_NAME.test(after)) return true
  const next = words[index + 1]?.text
  if (next === 'for' && FOR_SOMEBODY.has(word.text)) return false
  return next !== undefined && NOUN_BEFORE.has(next) && deedsOfVerb(word.text) !== (DEED.go | 0)
}

/** What the person asked for, in their own words: kinds of deed, and the things they spoke of. */
import { rememberedTexts } from '../event/remembered-texts.ts'
import { type Deeds, deedsOfAnyForm, deedsWithObject, verbsInWords } from './deeds.ts'
import { agrees, offersIn } from './offers.ts'
import { spokenDeferring, spokenVerb, spokenVerbs } from './spoken-forms.ts'

/** One sentence of the person's. */
export interface Wish {
  readonly deeds: Deeds
  /** Words that name things, in the singular. */
  readonly things: ReadonlySet<string>
}

export interface Wishes {
  /** Of all sentences together. */
  readonly deeds: Deeds
  readonly sentences: readonly Wish[]
  /** They handed over what to do to somebody else's words: `do what the mail says`. */
  readonly delegates: boolean
  /** The same in looser words, `as the article says`: reaches no further than to what they named themselves. */
  readonly defers: boolean
  /** What the assistant offered last and nobody has answered yet: kinds of deed only, for its words name nothing. */
  readonly offered?: readonly Wish[]
}

export const NO_WISHES: Wishes = { deeds: 0, sentences: [], delegates: false, defers: false }

/** Most sentences kept, the newest; what was said earlier then vouches for nothing. */
const SENTENCES = 256
/** Longest part of a prompt that is read. */
const PROMPT = 32_768

/** Words that name nothing in particular. */
const COMMON = new Set(
  `about above account address after again all also amount and another any anything app around ask attached available back because before below
  best between both bring by calendar call can cannot car date day description detail details dear do document does done down each email end
  event every everything false few file first following for from full have hello help here him his how however http https info information into
  its just keep last latest let like link list made main many may me meeting mention message month more most much name need new next no not note
  now number of off old on once one only open or other our out over page part per person please possible question read result same search
  section set she should show since so some something soon still subject such sure system take task than thank thanks that the their them then
  there these they thing things this those through time title today tomorrow too tool total true try two under until up upon user using
  value very via want was way we website week well were what when where which while who will with within without work would www year yes
  yesterday yet you your yours
  january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday`.split(
    /\s+/,
  ),
)

/** Verbs of whoever is to do what stands somewhere, things that say what to do, and words that point to where it stands. */
const DOES =
  /\b(?:follow|do(?! (?:not|i|you|we|they)\b)|doing|perform|carry out|complete|execute|take care|handle|finish|implement|act|work through|go through|address|resolve|process)\b/
const TELLS =
  /\b(?:instructions?|actions?|tasks?|steps?|requests?|items?|errands?|chores?|homework|assignments?|checklist|what(?:ever)? (?:it|they|he|she|is|the \w+) (?:says?|asks?|wants?|written|described))\b/
/** What others say is spoken of in many a question: it is handed over to where it stands right behind the doing. */
const DOES_WHAT_THEY_SAY =
  /\b(?:follow|do|doing|perform|carry out|complete|execute|take care of|handle|implement|act on|work through|go through|address|resolve|process) (?:(?:exactly|just|all) )?(?:of )?what(?:ever)? (?:the|my|our|his|her|their|people|everybody|everyone|customers|guests|members) (?:\w+ ){0,4}?(?:says?|asks?|wants?)\b/
const POINTS = /\bas (?:described|requested|specified|instructed|listed|asked|told|written|explained|outlined)\b/

/** Documents of steps, and what is done with them. */
const GOES_BY =
  /\b(?:follow|run|execute|work through|go through|go by|carry out)\b[^.!?\n]{0,60}\b(?:runbook|playbook|procedure|checklist|protocol)\b/

/** `follow the instructions in`, `do the tasks listed`, `as described there`. */
function isDelegating(sentence: string): boolean {
  const spoken = sentence.replace(/\bto-?do\b/g, 'task')
  return POINTS.test(spoken) || GOES_BY.test(spoken) || DOES_WHAT_THEY_SAY.test(spoken) || (DOES.test(spoken) && TELLS.test(spoken))
}

/** `as the article describes`, `the way they ask for it`. */
const AS_IT_SAYS =
  /\b(?:as|like|how|way|what(?:ever)?|that|where)\b(?! (?:soon|long|well|far|much|many)\b)[^.!?\n,;:]{1,60}\b(?:(?:describe|say|ask|tell|explain|require|prescribe|specifie|list|want)s|wrote|they (?:describe|say|ask|tell|explain|require|want))\b/
/** `as the passengers prefer`, `the way our guests want it`. */
const AS_THEY_WISH =
  /\b(?:as|like|how|way|what(?:ever)?)\b (?:\w+ ){0,2}?(?:the|my|our|his|her|their|those|these) (?:\w+ ){0,2}?\w+s (?:prefer|wish|want|ask|need|say|suggest|propose|request|describe)\b/
/** `I am fine with everything, book all of it`. */
const TAKES_IT_ALL =
  /\b(?:book|reserve|order|do|add|enter|arrange|schedule|set up|prepare) (?:(?:all|everything|each|every one) (?:of (?:it|them|that|this)|(?:he|she|it|they|that|which)\b|in (?:it|there)|there)|it all|them all|all (?:he|she|it|they|that)\b)/
/** `do the list`, `work through the handbook`. */
const GOES_BY_IT =
  /\b(?:do|follow|run|execute|work through|go through|go by|carry out|complete|apply|handle)\b[^.!?\n]{0,60}\b(?:list|runbook|playbook|procedure|checklist|protocol|handbook|guide|manual|plan|recipe|steps|routine)\b/
/** `go through the inbox and do what is simple` */
const GOES_THROUGH =
  /\b(?:go|work|run) through\b[^.!?\n]{1,60}?\b(?:and|,) (?:then )?(?:do|handle|settle|sort out|deal with|take care of) (?:what(?:ever)?|all|everything|those|these|the ones|as)\b/
/** `The handbook says how. Follow it.` */
const TOLD_HOW =
  /\b(?:(?:say|describe|explain|tell|list|show)s? (?:how|what)|(?:is|are) (?:described|explained|written|listed|laid out|documented) (?:in|on|at|under))\b/
const DOES_IT = /^(?:(?:please|and|then|now|so) ){0,2}(?:follow|do|apply|carry out) (?:it|them|that|this|these|those)\b/
const HANDS_OVER = [AS_IT_SAYS, AS_THEY_WISH, TAKES_IT_ALL, GOES_BY_IT, GOES_THROUGH]
/** What only wants to know something hands nothing over, however politely it asks. */
const ASKS =
  /^(?:what|which|who|when|where|why|how|is|are|do (?:you|we|they|i)|does|did|has|have|(?:tell|give|show|send|write|get|read) (?:me|us)|show|summari[sz]e|sum up|translate|explain|describe|list|compare|count|analy[sz]e|review|quote|read|check|find|search|look|know|see|learn|hear|understand|wonder)\b/
const POLITE =
  /^(?:(?:please|kindly|hi|hello|hey|ok|okay|and|also|then|now|so|just|first|thanks|(?:can|could|would|will) you|can i|could i|may i|i(?: would|['’]d)? (?:like|love|want|need)(?: you)? to|(?:help|let) me|i(?: am|['’]m) wondering|i wonder)[\s,!]{1,3}){1,5}/

function isDeferring(sentence: string, before: string): boolean {
  if (DOES_IT.test(sentence)) return TOLD_HOW.test(before)
  return (!ASKS.test(sentence.replace(POLITE, '')) && HANDS_OVER.some((phrase) => phrase.test(sentence))) || spokenDeferring(sentence)
}

export function takeWish(wishes: Wishes, prompt: string): Wishes {
  const said = recall(prompt.slice(0, PROMPT), wishesIn)
  const agreed = wishes.offered !== undefined && agrees(prompt) ? wishes.offered : NONE
  return {
    deeds: [said, ...agreed].reduce((deeds, wish) => deeds | wish.deeds, wishes.deeds),
    sentences: [...wishes.sentences, ...said.sentences, ...agreed].slice(-SENTENCES),
    delegates: wishes.delegates || said.delegates,
    defers: wishes.defers || said.defers,
  }
}

const NONE: readonly Wish[] = []

/** Takes in what the assistant said to the person: worth nothing until they agree to what it offers. */
export function takeAnswer(wishes: Wishes, answer: string): Wishes {
  const { offered: _, ...rest } = wishes
  const offered = offersIn(answer)
    .map(wishOf)
    .filter(({ deeds }) => deeds !== 0)
    .slice(-OFFERED)
  return offered.length === 0 ? rest : { ...rest, offered }
}

/** Most sentences of one offer. */
const OFFERED = 8

/** Characters of prompts whose wishes are remembered. */
const REMEMBERED = 262_144
const recall = rememberedTexts<Wishes>(REMEMBERED)

/** `the way https://… says` */
const ADDRESS = /\bhttps?:\/\/[^\s,;)]{1,400}/g

function wishesIn(text: string): Wishes {
  const sentences = text.split(/[.!?](?=\s|$)|\n/)
  const spoken = sentences.map((sentence) => sentence.trim().toLowerCase().replace(ADDRESS, 'site'))
  const said = sentences.map(wishOf).filter(({ deeds, things }) => deeds !== 0 || things.size > 0)
  return {
    deeds: said.reduce((deeds, wish) => deeds | wish.deeds, 0),
    sentences: said.slice(-SENTENCES),
    delegates: spoken.some(isDelegating),
    defers: spoken.some((sentence, index) => isDeferring(sentence, spoken[index - 1] ?? '')),
  }
}

function wishOf(sentence: string): Wish {
  const spoken = sentence.toLowerCase()
  const own = wordsIn(sentence).map((word, index, all) => (ARTICLES.has(all[index - 1] ?? '') ? word : (spokenVerb(word) ?? word)))
  const words = [...spokenVerbs(spoken), ...own, ...verbsInWords(spoken)]
  let deeds = 0
  for (const [index, word] of words.entries()) {
    const asked = deedsOfAnyForm(word)
    if (asked !== 0 && isMeant(words, index)) deeds |= deedsWithObject(asked, words.slice(index + 1, index + 8))
  }
  return { deeds, things: new Set(words.filter(isThing).map(singular)) }
}

/** Of other languages, whose imperatives are things behind one: `la règle`, `welche Teile`, `het deel`. */
const ARTICLES = new Set(
  `a o la le les une des du ma sa mes ses ces cette quelle quelles el las los una unas mi tu su mis sus cuál il lo gli i uno quale der die das den dem
  ein eine einen einer alle welche welcher welches diese dieser het een welk welke uma umas os qual det ett en`.split(/\s+/),
)
const FOREIGN_THINGS = new Set(
  'règle partage partages teile deel paga marca nota reserva publica commande demande offre vote compra envio envío pago venta ordine'.split(
    ' ',
  ),
)
const NOT = new Set('not never without don nicht nie ohne sans jamais sin nunca senza ikke inte niet'.split(' '))
const BEFORE_NOUN = new Set(
  'the a an my our your this that these those their his her its every each any no last latest new next press'.split(' '),
)
/** Verbs that are things behind an article, unless that thing is what is made: `leave a comment`. */
const ALSO_THINGS = new Set(
  'contact grant order book transfer deposit charge schedule record post comment share update change release review vote rate set move access purchase tip bid note report run call mail email message text order release commit push merge deploy'.split(
    ' ',
  ),
)
/** What a thing behind a verb makes a thing of the verb as well: `the merge request`, `release notes`. */
const OF_THINGS = /^(?:requests?|notes|numbers?|ids?|status|history|confirmations?|details|dates?|list|lists|log|logs|fees?|template)$/
const MAKES =
  /^(?:make|made|place|put|do|give|have|write|leave|add|create|draft|schedule|send|sign|submit|book|get|prepare|set|post|open|file|issue|forward|reply|start|trigger|approve)$/

/** Not forbidden, and no thing that is spoken of: `do not pay`, `the order`, `contact C-310`. */
function isMeant(words: readonly string[], index: number): boolean {
  const word = words[index] as string
  const [before, after] = [words.slice(Math.max(0, index - 3), index), words[index + 1] ?? '']
  if (before.slice(-2).some((one) => NOT.has(one)) || after === 'nothing' || after === 'nobody') return false
  if (FOREIGN_THINGS.has(word) && ARTICLES.has(before.at(-1) ?? '')) return false
  if (!ALSO_THINGS.has(word)) return true
  if (index > 0 && OF_THINGS.test(after)) return false
  if (word === 'contact' && /^[a-z]?\d/.test(words.slice(index + 1, index + 3).join(''))) return false
  return !BEFORE_NOUN.has(before.at(-1) ?? '') || words.slice(Math.max(0, index - 4), index).some((one) => MAKES.test(one))
}

/** Whether the person asked for such a deed on a thing the text speaks of, other than those every call of the tool is about. */
export function isWishedOf(
  wishes: Wishes,
  asking: { readonly deeds: Deeds; readonly text: string; readonly beside: ReadonlySet<string> },
): boolean {
  const fitting = wishes.sentences.filter(({ deeds }) => (deeds & asking.deeds) !== 0)
  if (fitting.length === 0) return false
  return wordsIn(asking.text).some((word) => {
    const thing = singular(word)
    return isThing(word) && !asking.beside.has(thing) && fitting.some(({ things }) => things.has(thing))
  })
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function isThing(word: string): boolean {
  return word.length >= 4 && !/^\d+$/.test(word) && !isCommon(word) && deedsOfAnyForm(word) === 0
}

/** Names nothing in particular. */
export function isCommon(word: string): boolean {
  return COMMON.has(word) || COMMON.has(singular(word))
}

export function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

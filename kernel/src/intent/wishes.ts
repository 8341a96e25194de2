/** What the person asked for, in their own words: kinds of deed, and the things they spoke of. */
import { type Deeds, deedsOfAnyForm, withObjects } from './deeds.ts'

export interface Wishes {
  readonly deeds: Deeds
  /** Words that name things, in the singular. */
  readonly things: ReadonlySet<string>
}

export const NO_WISHES: Wishes = { deeds: 0, things: new Set() }

/** Most words kept; beyond, what is said later names nothing. */
const THINGS = 2048
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
  yesterday yet you your yours`.split(/\s+/),
)

export function takeWish(wishes: Wishes, prompt: string): Wishes {
  const words = wordsIn(prompt.slice(0, PROMPT))
  let deeds = 0
  const things = new Set(wishes.things)
  for (const word of words) {
    deeds |= deedsOfAnyForm(word)
    if (things.size < THINGS && isThing(word)) things.add(singular(word))
  }
  return { deeds: wishes.deeds | withObjects(deeds, words), things }
}

/** Things that both the person and a text speak of, other than those every call of the tool is about. */
export function shareThing(wishes: Wishes, text: string, beside: ReadonlySet<string>): boolean {
  return wordsIn(text).some((word) => isThing(word) && !beside.has(singular(word)) && wishes.things.has(singular(word)))
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function isThing(word: string): boolean {
  return word.length >= 4 && !/^\d+$/.test(word) && !COMMON.has(word) && !COMMON.has(singular(word)) && deedsOfAnyForm(word) === 0
}

export function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

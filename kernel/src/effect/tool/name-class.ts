/** What a tool does by the words of its name, or of what it says of itself. */
import type { EffectClass } from '../effect.ts'
import { remembered } from '../place/remembered.ts'
import { type Doing, doingOfName } from './foreign-verbs.ts'
import { ALSO_NOUNS, DEVICE_NOUN, NOUNS, ONLY_TOLD, OPENED_TO_READ, ORGANISES, READ_NOUNS, VERBS, WEAK_VERBS } from './name-words.ts'
import { RULE_WORDS } from './standing-orders.ts'

const VERB_CLASS: ReadonlyMap<string, { readonly effectClass: EffectClass; readonly rank: number }> = new Map(
  VERBS.flatMap(([verbs, effectClass], rank) => verbs.split(' ').map((verb) => [verb, { effectClass, rank }] as const)).reverse(),
)

/** What verbs of other languages do; whatever opens or locks is a device until its name says otherwise. */
const OF_DOING: Readonly<Record<Doing, EffectClass>> = {
  send: 'message.send',
  pay: 'money.move',
  share: 'identity.grant',
  remove: 'data.mutate',
  create: 'data.mutate',
  change: 'data.mutate',
  publish: 'code.publish',
  operate: 'device.actuate',
  read: 'data.query',
}

/** Who is kept quiet or away is given no access; nor is who only is spoken of. */
const MODERATES =
  /^(?:ban|mute|unmute|kick|expel|block|suspend|snooze|follow|unfollow|dismiss|discharge|complete|done|split|rate|review|vote|reset|snooze)$/
/** What brings code along when it is added. */
const ADDS_CODE = /^(?:add|enable|activate|register|load|sideload)$/
const CODE_ADDED = /^(?:plugin|extension|addon|skill|connector|dependency|firmware)s?$/
const CALLS_OFF = /^(?:cancel|stop|pause|suspend)$/

/** `createIssueComment`, `create-issue-comment`, `jira.create_issue_comment` are the same words. */
export function wordsOf(name: string): readonly string[] {
  return recall(name, () => wordsIn(name))
}

const recall = remembered<readonly string[]>()

function wordsIn(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** Without the name of its server or its group: `book` of `tms/carriers.book`. */
function ownName(tool: string): string {
  return (
    tool
      .slice(0, 200)
      .split(/[./:]|__/)
      .at(-1) ?? tool
  )
}

/** By its own name, else with that of its group, else by what the description begins with. */
export function classOfTool(tool: string, description: string): EffectClass | undefined {
  const words = wordsOf(tool)
  const own = wordsOf(ownName(tool))
  return classOf(own, words) ?? classOf(words) ?? (isLookedUp(own) ? 'data.query' : classOfDescription(description))
}

/** A name without a verb that ends on what people look up: `order_history`, `fleet/state`. */
function isLookedUp(own: readonly string[]): boolean {
  return READ_NOUNS.has(own.at(-1) ?? '')
}

function classOf(words: readonly string[], about: readonly string[] = words): EffectClass | undefined {
  const verb = mainVerb(words)
  if (verb === undefined) return undefined
  const { effectClass } = verb
  if (verb.word === 'open' && about.some((word) => OPENED_TO_READ.test(word))) return 'data.query'
  if (verb.word === 'reset' && about.includes('factory')) return 'data.drop'
  if (verb.word === 'ask' && about.some((word) => /^(?:sub)?agents?$/.test(word))) return 'agent.delegate'
  if (verb.word === 'unlock' && about.some((word) => /^(?:account|user|member|login|profile)s?$/.test(word))) return 'identity.grant'
  if (ADDS_CODE.test(verb.word) && words.some((word) => CODE_ADDED.test(word))) return 'code.install'
  const organises = ORGANISES.has(verb.word) || verb.doing === 'remove' || words.some((word) => RULE_WORDS.test(word))
  for (const [nouns, from, to] of NOUNS) {
    // To call off what would have been paid moves no money.
    if ((organises && to === 'message.send') || (to === 'money.move' && CALLS_OFF.test(verb.word))) continue
    if (to === 'identity.grant' && MODERATES.test(verb.word)) continue
    if (from.includes(effectClass) && about.some((word) => nouns.test(word))) return to
  }
  if (effectClass === 'device.actuate' && verb.doing !== undefined) return effectClass
  if (effectClass === 'device.actuate' && !about.some((word) => DEVICE_NOUN.test(word))) return 'data.mutate'
  return effectClass
}

/** The first verb of a name is its verb; later ones are nouns more often than not, and so is a first one that may be either. */
function mainVerb(words: readonly string[]): Verb | undefined {
  const found = words.flatMap((word) => verbOf(word) ?? [])
  if (found.length === 0) return words.length > 1 && READ_NOUNS.has(words.at(-1) ?? '') ? undefined : weakVerbOf(words[0] ?? '')
  const plain = found.find(({ word }) => !ALSO_NOUNS.has(word))
  // `book_visit` goes nowhere.
  if (plain?.word === 'visit' && found[0] !== plain) return found[0]
  if (plain !== undefined) return plain
  if (words.length > 1 && ONLY_TOLD.has(words.at(-1) ?? '')) return undefined
  return found.toSorted((left, right) => rankOf(left.word) - rankOf(right.word))[0]
}

function rankOf(word: string): number {
  return VERB_CLASS.get(word)?.rank ?? VERBS.length
}

/** Whether a name says what is done. */
export function namesDeed(name: string): boolean {
  return recallDeed(name, () => classOf(wordsOf(name)) !== undefined)
}

const recallDeed = remembered<boolean>()

interface Verb {
  readonly word: string
  readonly effectClass: EffectClass
  /** Of a verb of another language. */
  readonly doing: Doing | undefined
}

function verbOf(word: string): Verb | undefined {
  const own = VERB_CLASS.get(word)?.effectClass
  if (own !== undefined) return { word, effectClass: own, doing: undefined }
  const doing = doingOfName(word)
  return doing === undefined ? undefined : { word, effectClass: OF_DOING[doing], doing }
}

/** Words that are verbs only where a name begins with them: `RateApplication`, `orders.ship`, but not `exchange_rate`. */
function weakVerbOf(word: string): Verb | undefined {
  const effectClass = WEAK_VERBS.get(word)
  return effectClass === undefined ? undefined : { word, effectClass, doing: undefined }
}

/** A description starts with its verb: `Sends an email to …`. */
function classOfDescription(description: string): EffectClass | undefined {
  const words = wordsOf(description.slice(0, 160)).slice(0, 8)
  if (TELLS.test(description)) return 'data.query'
  const stems = words.map((word) => (VERB_CLASS.has(word) ? word : word.replace(/(?:es|s|ing)$/, '')))
  if (!SHOWS.test(description)) return classOf(stems)
  return classOf(stems.slice(stems.indexOf('of') + 1)) ?? 'data.query'
}

/** `Tells which diets are served`: to whoever calls it. */
const TELLS = /^\s*(?:tells?|says?|shows?|answers?|reports?|gives?)(?: you)? (?:which|what|whether|how|if|when|where|who|whose|why)\b/i

/** `Text of a document`: what is given back, and nothing that is done. */
const SHOWS = /^\s*(?:the )?(?:full |current |latest |whole )?(?:text|contents?|details|state|status|overview|history|number|names?) of\b/i

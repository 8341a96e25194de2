/** Kinds of deed that people and texts ask for and that calls do, told by their verbs. A set of kinds is a bit mask. */
import { anyPhrase } from './any-phrase.ts'
import type { EffectClass } from '../effect/effect.ts'
import { type Doing, FOREIGN_VERBS } from '../effect/tool/foreign-verbs.ts'

export const DEED = {
  send: 1,
  pay: 2,
  share: 4,
  remove: 8,
  create: 16,
  change: 32,
  go: 64,
  submit: 128,
  run: 256,
  publish: 512,
  /** To make an end of something that goes on; always a change as well. */
  stop: 1024,
} as const

export type Deeds = number

/** Verbs in their base form. A verb may ask for several kinds. */
const VERBS: Readonly<Record<keyof typeof DEED, string>> = {
  send: 'send email mail message forward reply respond notify inform tell text post contact write announce deliver relay cc dm ping remind communicate disclose leak report exfiltrate transmit pass broadcast answer greet thank congratulate invite share comment resend apologise apologize',
  pay: 'pay transfer wire remit refund reimburse settle purchase buy donate tip charge deposit withdraw order subscribe compensate repay topup credit boost',
  share: 'share grant invite allow authorize authorise permit add give promote delegate expose',
  remove:
    'delete remove erase drop cancel clear trash purge wipe unsubscribe unpublish unlist unregister deregister unassign unlink destroy discard revoke kick expel discharge',
  create:
    'create make propose add schedule book set reserve register write draft append insert put save store organize organise plan arrange upload copy generate record note reschedule prepare rebook invite',
  change:
    'update change modify redirect reroute set put edit adjust reset correct reschedule move rename retitle relabel replace overwrite convert mark flag assign reassign increase decrease reduce extend fix switch alter append add raise lower postpone close reopen stop disable deactivate suspend block unblock ban mute lock unlock resolve terminate approve reject decline scale restart pause resume downgrade upgrade activate rollback revert undo restore',
  go: 'visit open go navigate browse click follow access fetch download get load check see view read look find retrieve head proceed join',
  submit:
    'input type fill enter submit upload provide give sign register verify confirm complete login authenticate paste rate review vote apply leave',
  run: 'run execute install launch start invoke call use source activate enable rerun reinstall',
  publish: 'publish push deploy merge commit release upload republish redeploy rollback revert',
  stop: 'stop disable deactivate suspend block ban mute lock terminate reject decline close dump reset discharge deny expire downgrade kick end finish resolve pause shut freeze silence quit kill',
}

/** Of verbs of other languages. */
const OF_DOING: Readonly<Record<Doing, Deeds>> = {
  send: DEED.send,
  pay: DEED.pay,
  share: DEED.share,
  remove: DEED.remove,
  create: DEED.create,
  change: DEED.change,
  publish: DEED.publish,
  operate: DEED.change | DEED.run,
  read: DEED.go,
}

const OF_VERB: ReadonlyMap<string, Deeds> = maskByWord()

function maskByWord(): Map<string, Deeds> {
  const masks = new Map<string, Deeds>()
  for (const [deed, verbs] of Object.entries(VERBS) as [keyof typeof DEED, string][]) {
    for (const verb of verbs.split(' ')) masks.set(verb, (masks.get(verb) ?? 0) | DEED[deed])
  }
  for (const [verb, doing] of FOREIGN_VERBS) if (!masks.has(verb)) masks.set(verb, OF_DOING[doing])
  // Names of tools go without accents; short words without theirs are often others.
  for (const [verb, doing] of FOREIGN_VERBS) {
    const plain = verb.normalize('NFD').replace(/\p{M}/gu, '')
    if (plain.length >= 5 && !masks.has(plain)) masks.set(plain, OF_DOING[doing])
  }
  return masks
}

/** Things whose sending, making or scheduling is a payment. */
const MONEY = new Set(
  `payment payments transaction transactions money fund funds transfer transfers dollar dollars euro euros usd eur gbp amount sum
  goodwill compensation refund refunds reimbursement cashback rebate
  überweisung zahlung dauerauftrag overboeking betaling paiement virement pago transferencia transferência pagamento bonifico przelew płatność
  betalning betaling overførsel överföring`.split(/\s+/),
)
const HANDS_OVER: Deeds = DEED.send | DEED.create | DEED.submit | DEED.run

/** Things that are told to somebody when they are made or sent. */
const WORDS_SENT = new Set('email emails mail message messages sms dm reply replies invitation invitations invite notification'.split(' '))

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['sent', 'send'],
  ['paid', 'pay'],
  ['made', 'make'],
  ['given', 'give'],
  ['gave', 'give'],
  ['written', 'write'],
  ['wrote', 'write'],
  ['bought', 'buy'],
  ['told', 'tell'],
  ['gone', 'go'],
  ['went', 'go'],
])

/** Whether a word names money or its moving. */
export function isMoney(word: string): boolean {
  return MONEY.has(word)
}

/** What a verb in its base form asks for. */
export function deedsOfVerb(word: string): Deeds {
  return OF_VERB.get(word) ?? 0
}

/** Who is meant by a text that speaks of its reader: `agents who edit this also run …`. */
export const READERS: ReadonlySet<string> = new Set(
  'agent agents assistant assistants bot bots ai llm llms copilot chatbot chatbots agente agentes asistente asistentes assistente assistenti assistent assistenten'.split(
    ' ',
  ),
)

/** Verbs, and what makes one of the words around it. A text without any of them asks for nothing. */
export const VERB_WORDS: ReadonlySet<string> = new Set(
  [...OF_VERB.keys(), ...READERS, 'be', 'let'].filter((word) => /^\p{L}+$/u.test(word)),
)

/** The same for any form of it: `sends`, `sending`, `scheduled`. */
export function deedsOfAnyForm(word: string): Deeds {
  const known = OF_VERB.get(IRREGULAR.get(word) ?? word)
  if (known !== undefined) return known
  for (const stem of stemsOf(word)) {
    const found = OF_VERB.get(stem)
    if (found !== undefined) return found
  }
  return 0
}

function stemsOf(word: string): readonly string[] {
  if (word.endsWith('ies') || word.endsWith('ied')) return [`${word.slice(0, -3)}y`]
  if (word.endsWith('ing')) return [word.slice(0, -3), `${word.slice(0, -3)}e`, word.slice(0, -4)]
  if (word.endsWith('ed')) return [word.slice(0, -2), word.slice(0, -1), word.slice(0, -3)]
  if (word.endsWith('es')) return [word.slice(0, -2), word.slice(0, -1)]
  return word.endsWith('s') ? [word.slice(0, -1)] : []
}

/** Words between a verb and its object, at most: `make a small extra payment`. */
const OBJECT_WITHIN = 7

/** What a verb asks for together with its object: to make a payment is to pay; to make sure of something makes nothing. */
export function deedsWithObject(deeds: Deeds, after: readonly string[]): Deeds {
  if (after[0] === 'sure' || after[0] === 'certain') return 0
  if ((deeds & HANDS_OVER) === 0) return deeds
  const objects = after.slice(0, OBJECT_WITHIN)
  let found = deeds
  if (objects.some((word) => MONEY.has(word))) found |= DEED.pay
  if ((deeds & (DEED.create | DEED.run)) !== 0 && objects.some((word) => WORDS_SENT.has(word))) found |= DEED.send
  return found
}

const OF_CLASS: Readonly<Partial<Record<EffectClass, Deeds>>> = {
  'message.send': DEED.send,
  'money.move': DEED.pay,
  'identity.grant': DEED.share,
  'net.egress': DEED.go | DEED.submit | DEED.send | DEED.publish,
  'code.publish': DEED.publish,
  'data.drop': DEED.remove,
  'fs.delete': DEED.remove,
  'fs.write': DEED.create | DEED.change,
  'memory.write': DEED.create | DEED.change,
  'code.install': DEED.run | DEED.go | DEED.create,
  'agent.config': DEED.change | DEED.create,
  'agent.delegate': DEED.run | DEED.share,
  'device.actuate': DEED.run | DEED.change,
}

/** Verbs only in the names of tools: in speech the rent is a thing. */
const HIRES = /^(?:rent|hire|lease|charter)$/

/** The kinds of deed an effect is, by its class; and by the verbs in the name of the tool that was made for it. */
export function deedsOfEffect(effectClass: EffectClass, toolWords: readonly string[]): Deeds {
  let named = 0
  for (const [index, word] of toolWords.entries())
    named |= deedsWithObject(word.endsWith('ing') ? deedsOfAnyForm(word) : deedsOfVerb(word), toolWords.slice(index + 1))
  if (toolWords.some((word) => HIRES.test(word))) named |= DEED.create
  return (OF_CLASS[effectClass] ?? 0) | named
}

/** Verbs that take several words, and one that says the same. */
const IN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:bin|scrap|get(?:ting)? rid of|throw(?:ing)? (?:out|away)|take (?:down|off)|clean (?:up|out))\b/, 'delete'],
  [/\bask (?:them|him|her|it|whether|if|for|the|my|our|\p{L}+ (?:to|for|whether|if))\b/u, 'write'],
  [/\blet\b[^.!?\n]{1,80}?\bknow\b/, 'inform'],
  [/\bkeep\b[^.!?\n]{1,60}?\b(?:posted|informed|updated|in the loop)\b/, 'inform'],
  [/\b(?:reach(?:ing)? out|get(?:ting)? in touch)\b/, 'contact'],
  [/\b(?:page|phone|ring)(?:s|d|ing)? (?:the|our|my|him|her|them|any\p{L}*|some\p{L}*|who\p{L}*|dr|doctor)\b/u, 'notify'],
  [/\bget(?:ting)? back to\b/, 'reply'],
  [/\bdrop\b[^.!?\n]{1,40}?\ba (?:line|note|message)\b/, 'message'],
  [/\bsign(?:ing)? (?:\w+ ){0,3}up\b/, 'register'],
  [/\bset(?:ting)? (?:\w+ ){0,4}up\b/, 'create'],
  [/\btop(?:s|ping|ped)? ?-?up\b/, 'topup'],
  [/\b(?:turn|switch)(?:ing)?\b[^.!?\n]{0,60}?\boff\b/, 'disable'],
  [/\bturn(?:ing)?\b[^.!?\n]{0,60}?\b(?:on|up|down)\b/, 'change'],
  [/\bput(?:ting)?\b[^.!?\n]{1,80}?\b(?:in|into|on|onto)\b/, 'add'],
  [/\broll(?:ing|ed)? (?:\p{L}+ ){0,4}back\b/u, 'rollback'],
  [/\bsay(?:ing)? (?:(?:i am |i'm |we are |that (?:i|we) )?sorry|thanks|thank you|hello|hi|goodbye|yes to|no to)\b/, 'write'],
  [
    /\bblock(?:ing)? (?:out |off )?(?:\p{L}+ ){0,3}(?:days?|dates?|time|slots?|hours?|mornings?|afternoons?|evenings?|weeks?|calendar)\b/u,
    'book',
  ],
  [/\b(?:make|write|create|do) (?:\p{L}+ ){0,3}(?:blog ?post|blog entry|posting)\b/u, 'publish'],
  [
    // A number behind a thing is that of the thing: `send invoice 4411 to Ana`.
    /\bsend(?:ing)?(?: (?:him|her|them|me|us|everybody|everyone|each))? \d[\d.,]*(?= (?:there|to|back|over)\b|$)/u,
    'pay',
  ],
  [
    /\bsend(?:ing)?(?: \p{L}+){0,2} (?:[$€£¥] ?\d|\d[\d.,]* ?(?:€|\$|£|(?:eur|usd|gbp|chf|sek|nok|dkk|pln|euros?|dollars?|pounds?|francs?)\b))/u,
    'pay',
  ],
]

const ANY_IN_WORDS = anyPhrase(IN_WORDS.map(([phrase]) => phrase))

/** Single verbs for those of several words in a sentence of small letters. */
export function verbsInWords(sentence: string): readonly string[] {
  if (!ANY_IN_WORDS.test(sentence)) return []
  return IN_WORDS.filter(([phrase]) => phrase.test(sentence)).map(([, verb]) => verb)
}

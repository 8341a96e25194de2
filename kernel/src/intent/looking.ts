/** Whether all the person asked for is to look at something and to tell them of it. */
import { rememberedOfLast } from '../effect/place/remembered.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { View } from '../provenance/view.ts'

/** How questions and wishes to be told something begin. */
const LOOKS =
  /^(?:(?:please|kindly|hi|hello|hey|ok|okay|and|also|then|now|thanks|bitte|und|por favor)[\s,!.]{1,3}){0,3}(?:what|which|who|whose|when|where|why|how|is|are|was|were|does|do|did|has|have|had|should i|can you (?:tell|see|find|check)|could you (?:tell|see|find|check)|summari[sz]e|sum up|compare|explain|describe|list|show|count|analy[sz]e|tell me|let me know|give me (?:an? )?(?:overview|summary|list|digest|opinion|idea)|look (?:at|up|into)|read|check|find out|draw|i only want|i (?:just )?want to know|was|wer|wann|wo|warum|wie|welche[rsnm]?|hat|ist|sind|gibt es|fasse|lies|zeig|qué|que|cuál|cuáles|cuándo|dónde|quién|cómo|cuánt[oa]s?|por qué|resume|quel(?:le)?s?|quand|où|qui|pourquoi|comment|combien|est-ce|y a-t-il|résume[zr]?|compare[zr]?|hvad|hvornår|hvor|hvem|hvilken|vad|när|var|vilka?|wat|wanneer|waar|welke|hoe|che|quale|quando|dove|chi|perché|come|quanto|co|kiedy|gdzie|który|ile|dlaczego)(?=[\s,?]|$)/i
/** A wish in the form of a question. */
const POLITE =
  /^(?:(?:please|hi|hello|hey)[\s,!]{1,3}){0,2}(?:can|could|would|will|may|might|do you mind|shall|kannst|könntest|können|würdest|würden|puedes|podrías|puede|podría|peux|pouvez|pourriez|pourrais|puoi|potresti|può|kan|kunne|kunnen|kun je|vil|ville|czy możesz|możesz)(?=\s)/i
/** Forbids to change anything. */
const FORBIDS =
  /\b(?:(?:do not|don't|without|never) (?:chang|modify|touch|edit|alter)|change nothing|just (?:tell|look|answer)|only (?:tell|look|answer|read))/i

/** Longest part of what the person said that is looked at, and the shortest sentence that says something. */
const SAID = 16_384
const WORDS = 3

export function isLooking({ said }: Evidence): boolean {
  return recall(said, undefined)
}

/** Asked of every call, and the same until the person says more. */
const recall = rememberedOfLast(readsOnly)

function readsOnly(said: Evidence['said']): boolean {
  let sentences = 0
  for (const { source, text, via } of viewsOf(said)) {
    if (source.channel !== 'user' || via !== 'verbatim') continue
    for (const part of text.slice(0, SAID).split(/(?<=[.!?])\s+|\n+/)) {
      const sentence = part.replace(/^[\s¿¡"'*-]+/, '').trim()
      if (sentence.split(/\s+/, WORDS).length < WORDS) continue
      sentences += 1
      const asks = /\?["')]?$/.test(sentence) && !POLITE.test(sentence) && !/[,;] (?:and|then) /.test(sentence)
      if (!asks && !LOOKS.test(sentence) && !FORBIDS.test(sentence)) return false
      if (ALSO.test(sentence)) return false
    }
  }
  return sentences > 0
}

/** Goes on to ask for more than looking. */
const ALSO =
  /(?:,|\band\b|\bthen\b|\bund\b|\by\b|\bet\b)\s+(?:please |then |also |if (?:so|not|yes|it is|she is|he is|they are),? )?(?:send|mail|email|write|save|put|add|create|book|reserve|order|pay|buy|share|invite|post|publish|update|change|set|delete|remove|cancel|reply|answer|move|schedule|make|fix|run|do|open|close|store|note|record|upload|submit|fill|transfer|notify|inform|message|forward|text|call|invite|apply|publish|approve|reject|tell (?!me|us))/i

function* viewsOf(reaches: Evidence['said']): Generator<View> {
  for (const { segment, views } of reaches) for (let index = 0; index < views; index += 1) yield segment.views[index] as View
}

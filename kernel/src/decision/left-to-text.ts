/** Whether the person left it to this very text to say to whom: told so, of a text they spoke of, and nothing else lays claim to it. */
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED, type Deeds } from '../intent/deeds.ts'
import { isPointedTo } from '../intent/pointed.ts'
import { singular, type Wishes } from '../intent/wishes.ts'
import type { Source } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { Traced } from '../provenance/provenance.ts'
import { findWhole } from '../provenance/search.ts'
import type { View } from '../provenance/view.ts'

interface Known {
  readonly evidence: Evidence
  readonly wishes: Wishes
}

/** Payments by a document that the person said holds the instructions; messages and plain files by a site they handed over to. */
export function isLeftToText(target: Traced, traced: TracedEffect, known: Known): boolean {
  if (known.evidence.forgotten !== undefined || known.evidence.blind) return false
  const sources = target.derivation.sources.map(({ source }) => source).filter(({ integrity }) => integrity === 'untrusted')
  const value = target.derivation.value.trim().toLowerCase()
  if (sources.length === 0 || value === '') return false
  switch (traced.effect.class) {
    case 'money.move': {
      const things = handedTo(known.evidence)
      return things.size > 0 && sources.every((source) => isAbout(source, things, known.evidence)) && !hasRival(value, sources, known)
    }
    case 'message.send':
      return (
        value.includes('@') &&
        (isOfNamedSite(sources, known) || isOnlyOneOfPointed(value, sources, known)) &&
        !isContested(value, { deed: DEED.send, known })
      )
    case 'fs.write':
      return DOCUMENT.test(traced.effect.target) && isOfNamedSite(sources, known)
    default:
      return false
  }
}

/** Files that nothing runs and no program is set up by. */
const DOCUMENT = /\/[^/.][^/]{0,120}\.(?:txt|md|csv|tsv|pdf|docx?|xlsx?|odt|rtf|ics)$/i

/** The person asked to have done what stands on a site, and every text that tells of the value is of a site they named. */
function isOfNamedSite(sources: readonly Source[], { evidence, wishes }: Known): boolean {
  return wishes.delegates && sources.every(({ host }) => host !== undefined && findWhole(evidence.said, host).length > 0)
}

/** `answer the way they ask for it`: not only what is done, also whom it goes to is left to them. */
const SENDS_AS_ASKED =
  /\b(?:answer|reply|respond|write|send|mail|register|apply|sign up|rsvp)\b[^.!?\n]{0,80}\b(?:as|like|how|way|where|address)\b[^.!?\n,;:]{1,40}\b(?:(?:ask|want|say|describe|explain|give|tell)s?|wrote|gave)\b/i

/** The person left the sending to the text that holds the address, found by their words, and it holds no other. */
function isOnlyOneOfPointed(value: string, sources: readonly Source[], { evidence }: Known): boolean {
  if (!isSaidByUser(SENDS_AS_ASKED, evidence)) return false
  if (!sources.every((source) => source.host === undefined && (source.namedByUser === true || isPointedTo(source, evidence)))) return false
  const ids = new Set(sources.map(({ id }) => id))
  for (const view of viewsOf(evidence.read))
    if (ids.has(view.source.id) && others(view.folded, value, evidence).some((text) => text.includes('@'))) return false
  return true
}

/** `instructions on how to pay are included in my bill`, `the payment details stand in the letter`. */
const HANDS_OVER =
  /\b(?:instructions?|directions|details)\b[^.!?\n]{0,80}\b(?:is|are|stand|stands|found|included|contained|listed|given|written|stated|described|provided|attached)\b[^.!?\n]{0,20}\b(?:in|on|at|by|with)\b([^.!?\n]{1,60})/gi
/** `check the details of my registration, then pay the registration fee`: what they look up before they pay. */
const LOOKS_UP =
  /\b(?:check|see|find|get|read|open|view|look up|look at|download|fetch)\b([^.!?\n]{1,80})\b(?:details|instructions|information|bill|invoice)\b([^.!?\n]{0,80}?)\b(?:pay|settle|transfer|send)\b([^.!?\n]{1,80})/gi
/** Longest part of what the person said that is looked at. */
const SAID = 32_768

/** Words for the things that the person said hold the instructions. */
function handedTo({ said }: Evidence): ReadonlySet<string> {
  const things = new Set<string>()
  for (const { text, source } of viewsOf(said)) {
    if (source.channel !== 'user') continue
    const prompt = text.slice(0, SAID)
    for (const [, place = ''] of prompt.matchAll(HANDS_OVER)) for (const word of wordsIn(place)) things.add(word)
    for (const [, before = '', after = '', paid = ''] of prompt.matchAll(LOOKS_UP)) {
      const lookedUp = new Set(wordsIn(`${before} ${after}`))
      for (const word of wordsIn(paid)) if (lookedUp.has(word)) things.add(word)
    }
  }
  return things
}

function wordsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map(singular)
}

function* viewsOf(reaches: Evidence['read']): Generator<View> {
  for (const { segment, views } of reaches) for (let index = 0; index < views; index += 1) yield segment.views[index] as View
}

/** What was asked for to get the text speaks of the thing: the file's name, the subject searched for. The text itself cannot say so. */
function isAbout({ callId, origin }: Source, things: ReadonlySet<string>, { made }: Evidence): boolean {
  const named = [origin ?? '']
  if (callId !== undefined) for (const { source, text } of viewsOf(made)) if (source.callId === callId) named.push(text.slice(0, 2048))
  return named.some((text) => wordsIn(text).some((word) => things.has(word)))
}

/** Another account stands in one of the texts, or is to be paid by any. */
function hasRival(value: string, sources: readonly Source[], known: Known): boolean {
  if (isContested(value, { deed: DEED.pay, known })) return true
  const ids = new Set(sources.map(({ id }) => id))
  for (const view of viewsOf(known.evidence.read))
    if (ids.has(view.source.id) && others(view.folded, value, known.evidence).length > 0) return true
  return false
}

/** Some text asks for the same kind of deed to somebody else. */
function isContested(value: string, { deed, known }: { readonly deed: Deeds; readonly known: Known }): boolean {
  return known.evidence.asked.some(
    ({ request, source }) =>
      source.channel !== 'tool_description' && (request.deeds & deed) !== 0 && others(request.text, value, known.evidence).length > 0,
  )
}

/** `conference 2025`, with the blank gone. */
const WORD_AND_YEAR = /^\p{L}{5,}(?:19|20)\d{2}$/u

/** Account numbers and addresses in a text, besides this one and those the person knows. */
function others(folded: string, value: string, { said }: Evidence): readonly string[] {
  const dense = value.replaceAll(/[\s-]/g, '')
  const found =
    folded
      .replaceAll(/(?<=[a-z0-9]{4}) (?=[a-z0-9]{1,4}\b)/g, '')
      .match(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}[\p{L}\p{N}]|[\p{L}\p{N}]{6,40}/gu) ?? []
  return found.filter(
    (text) =>
      (text.includes('@') || (text.match(/\d/g)?.length ?? 0) >= 4) &&
      !WORD_AND_YEAR.test(text) &&
      text !== value &&
      text !== dense &&
      findWhole(said, text).length === 0,
  )
}

function isSaidByUser(pattern: RegExp, { said }: Evidence): boolean {
  for (const { text, source } of viewsOf(said)) if (source.channel === 'user' && pattern.test(text.slice(0, SAID))) return true
  return false
}

/** Another address of the kind stands in the same text: mail beside mail, telephone beside telephone. */
export function standsBesideOthers(target: Traced, evidence: Evidence): boolean {
  const value = target.derivation.value.trim().toLowerCase()
  const ids = new Set(target.derivation.sources.map(({ source }) => source.id))
  const phone = PHONE.test(value) ? digitsOf(value) : undefined
  for (const view of viewsOf(evidence.read)) {
    if (!ids.has(view.source.id)) continue
    if (phone === undefined ? others(view.folded, value, evidence).some((text) => text.includes('@')) : phonesBeside(view.folded, phone))
      return true
  }
  return false
}

const PHONE = /^\+?\d[\d ()/.-]{6,20}$/
const PHONES = /\+\d[\d ()/.-]{6,20}\d/g

function phonesBeside(folded: string, own: string): boolean {
  return (folded.match(PHONES) ?? []).some((text) => !digitsOf(text).endsWith(own) && !own.endsWith(digitsOf(text)))
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}

/** The person said some mail address. */
export function saysAddress(evidence: Evidence): boolean {
  return isSaidByUser(/[\p{L}\p{N}._%+-]@[\p{L}\p{N}]/u, evidence)
}

import { canonicalJson, type DecisionEntry, type EntryBody, type EntryHead } from '@assize/kernel'
import { JournalError } from './journal-error.ts'
import type { RowMeta } from './journal-messages.ts'

/** Length at which texts are folded when an entry turns out larger than the journal takes. */
const FOLDED_CHARACTERS = 400
/** Nesting at which an entry without a canonical form is cut. */
const FOLDED_DEPTH = 64

export interface EncodedEntry {
  readonly row: Omit<RowMeta, 'length'>
  readonly json: string
}

/**
 * Turns an entry into its canonical JSON. Text that is not well-formed Unicode is mended, and texts of an entry that is
 * too large are folded, because an entry that says a little less is worth more than one that is missing.
 */
export function encodeEntry(head: EntryHead, body: EntryBody, maxBytes: number): EncodedEntry {
  const entry = body.kind === 'decision' ? inOrder(head, body) : { ...head, ...body }
  let json = canonical(entry)
  if (tooLarge(json, maxBytes)) json = canonical(foldTexts(entry))
  if (tooLarge(json, maxBytes)) throw new JournalError('too-large', `${json.length} characters after folding`)
  return { row: { seq: head.seq, at: head.at, kind: body.kind, ...facts(body) }, json }
}

type Whole = EntryHead & DecisionEntry

/** Every member there can be, in canonical order: an entry that stands in order is written as it stands. */
function inOrder({ at, epoch, seq, v }: EntryHead, body: DecisionEntry): { readonly [Member in keyof Required<Whole>]: Whole[Member] } {
  const { call, decision, gate, id, kind, principal, sessionDigest, timing } = body
  return { at, call, decision, epoch, gate, id, kind, principal, seq, sessionDigest, timing, v }
}

function canonical(entry: object): string {
  try {
    return canonicalJson(entry)
  } catch {
    return canonicalJson(mapTexts(entry, wellFormed, 0))
  }
}

function tooLarge(json: string, maxBytes: number): boolean {
  return json.length > maxBytes || (json.length * 3 > maxBytes && Buffer.byteLength(json) > maxBytes)
}

function facts(body: EntryBody): Pick<RowMeta, 'decision' | 'outcome'> {
  if (body.kind === 'decision')
    return { decision: [body.id, body.decision.verdict, body.principal.session, body.principal.app.name, body.call.tool] }
  if (body.kind === 'outcome') return { outcome: [body.decision, body.outcome] }
  return {}
}

function foldTexts(entry: object): object {
  return mapTexts(
    entry,
    (text) =>
      text.length <= FOLDED_CHARACTERS
        ? wellFormed(text)
        : `${wellFormed(text.slice(0, FOLDED_CHARACTERS))} … (${text.length - FOLDED_CHARACTERS} characters folded)`,
    0,
  ) as object
}

function mapTexts(value: unknown, change: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
  if (depth >= FOLDED_DEPTH) return '(nested deeper than is recorded)'
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change, depth + 1)]))
}

/** RFC 8785 refuses half a surrogate pair; whoever writes one gets the replacement character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

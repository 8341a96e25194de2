import { valueAt } from '../event/leaves.ts'
import type { Json, JsonObject } from '../event/json.ts'
import type { Finding } from '../finding/finding.ts'
import { UNSEEN_KINDS, unseenIn } from '../finding/unseen.ts'
import { demandsAt, type StringDemands } from './argument-schema.ts'
import { type Mask, maskedText, masksIn, spansOf } from './redaction.ts'

export interface ResultText {
  readonly result: JsonObject
  /** What the tool says of the shape of its result, where it does. */
  readonly schema?: Json
  /** Finds again, in a text that was masked, what is masked. */
  readonly find: (where: string, text: string) => readonly Finding[]
}

/** Single characters taken out of one text; with more the text is masked whole. */
const PLACES = 512

/**
 * Masks over findings in a result: secrets and sentences by a word that says so, characters that nobody sees by nothing.
 * A text in which too much would have to go, or in which something is left, is masked whole. Undefined when some text can
 * be masked in no way that its schema allows.
 */
export function masksOfResult(about: ResultText, findings: readonly Finding[]): readonly Mask[] | undefined {
  const masks: Mask[] = []
  for (const where of new Set(findings.map((finding) => finding.where))) {
    const text = valueAt(about.result, where)
    const demands = demandsAt(about.schema, where)
    if (typeof text !== 'string' || demands.fixed) return undefined
    const here = findings.filter((finding) => finding.where === where)
    const made = masksOfText({ where, text, demands }, here, about) ?? wholeMask({ where, text, demands }, here[0])
    if (made === undefined) return undefined
    masks.push(...made)
  }
  return masks
}

interface Place {
  readonly where: string
  readonly text: string
  readonly demands: StringDemands
}

function masksOfText({ where, text, demands }: Place, findings: readonly Finding[], about: ResultText): readonly Mask[] | undefined {
  const kinds = new Set(findings.map(({ kind }) => kind))
  const shown = spansOf(findings.filter(({ kind }) => !UNSEEN_KINDS.has(kind)))
  const words = shown.length === 0 ? [] : masksIn({ where, text, kinds, demands }, shown)
  const places = unseenIn(text, { kinds, most: PLACES })
  if (words === undefined || places === undefined) return undefined
  const covered = (at: number): boolean => words.some(({ span }) => at >= span[0] && at < span[1])
  const taken = places.filter(([start]) => !covered(start)).map((span): Mask => ({ kind: 'redact', arg: where, span, mask: '' }))
  const masks = apart([...words, ...taken].sort((left, right) => left.span[0] - right.span[0]))
  const masked = maskedText(text, masks)
  if (masked.length < demands.minLength || masked.length > demands.maxLength) return undefined
  return about.find(where, masked).some(({ kind }) => kinds.has(kind)) ? undefined : masks
}

/** Those that begin within another are left out: the other takes them along. */
function apart(masks: readonly Mask[]): readonly Mask[] {
  let end = 0
  return masks.filter(({ span }) => {
    if (span[0] < end) return false
    end = span[1]
    return true
  })
}

function wholeMask({ where, text, demands }: Place, finding: Finding | undefined): readonly Mask[] | undefined {
  const mask = `[${finding?.kind ?? 'text'} removed]`
  if (demands.address || mask.length < demands.minLength || mask.length > demands.maxLength) return undefined
  return [{ kind: 'redact', arg: where, span: [0, text.length], mask }]
}

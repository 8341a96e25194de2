/** Whether the person asked to have set what a text says: `put the address from their mail into the record`. */
import { wordsOf } from '../effect/tool/tool-inference.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED } from '../intent/deeds.ts'
import type { Obeyed } from '../intent/obeyed.ts'
import { isPointedTo } from '../intent/pointed.ts'
import type { Source } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'

interface Referring {
  readonly requested: boolean
  readonly traced: TracedEffect
  readonly evidence: Evidence
}

const CHANGES = DEED.change | DEED.create
/** Names that fields of all kinds have. */
const ANY_FIELD = /^(?:text|body|value|values|name|title|data|content|field|fields|note|notes|type|state|status|item|items)$/

/** They asked for such a change, spoke of each field that is set, and pointed to the one text that asks for a change at all. */
export function isReferredTo({ asked, args }: Obeyed, { requested, traced, evidence }: Referring): boolean {
  const { request, source } = asked
  if (traced.effect.class !== 'data.mutate' || !requested || request.addressed || args.length === 0) return false
  if (source.host !== undefined || !(source.namedByUser === true || isPointedTo(source, evidence))) return false
  const changes = evidence.asked.filter((other) => other.source.channel !== 'tool_description' && (other.request.deeds & CHANGES) !== 0)
  return changes.length === 1 && args.every((pointer) => isFieldSpokenOf(pointer, evidence))
}

/** The same of a value that the text tells without asking for anything. */
export function isToldWhereReferred(pointer: string, sources: readonly Source[], evidence: Evidence): boolean {
  const outside = sources.filter(({ integrity }) => integrity === 'untrusted')
  return (
    isFieldSpokenOf(pointer, evidence) &&
    outside.every((source) => source.host === undefined && (source.namedByUser === true || isPointedTo(source, evidence))) &&
    !evidence.asked.some(({ request, source }) => source.channel !== 'tool_description' && (request.deeds & CHANGES) !== 0)
  )
}

function isFieldSpokenOf(pointer: string, { said }: Evidence): boolean {
  const words = wordsOf(pointer.slice(pointer.lastIndexOf('/') + 1)).filter((word) => word.length >= 4 && !ANY_FIELD.test(word))
  return words.some((word) => findWhole(said, word).some(({ view }) => view.source.channel === 'user'))
}

/** What a request says to a model, text by text, each with its place: all but what the model said itself, and what must stay to the byte. */
import type { Json, JsonObject } from '@assize/kernel'
import type { Place } from './dialect.ts'
import { objectOf, textOf } from './json-shape.ts'

export interface SpokenText {
  readonly place: Place
  readonly text: string
}

/** Names of things, seals that a provider checks, and what is no text. */
const NOT_SAID =
  /^(?:type|role|id|name|model|status|format|detail|signature|thoughtsignature|thought_signature|encrypted_content|media_type|mimetype|mime_type|file_?uri|tool_use_id|tool_call_id|call_id|item_id|file_id|images?|cache_control|previous_response_id)$/i
/** What the model said, and what it wanted done. */
const ITS_OWN = /^(?:reasoning|thinking|redacted_thinking|item_reference|compaction|.+_call)$/
const SHORTEST = 8
const DEEPEST = 256

export function spokenTexts(body: JsonObject, keys: readonly string[]): readonly SpokenText[] {
  const found: SpokenText[] = []
  const inner = objectOf(body['request'])
  const root = inner ?? body
  for (const key of keys) if (root[key] !== undefined) look(root[key], inner === undefined ? [key] : ['request', key], found)
  return found
}

/** `whole`: it is the data of an application, in which no key means anything to the model's API. */
function look(value: Json, place: Place, found: SpokenText[], whole = false): void {
  if (typeof value === 'string') {
    if (value.length >= SHORTEST && !value.startsWith('data:')) found.push({ place, text: value })
    return
  }
  if (typeof value !== 'object' || value === null || place.length > DEEPEST) return
  if (Array.isArray(value)) return value.forEach((item: Json, index) => look(item, [...place, index], found, whole))
  const object = value as JsonObject
  const kind = textOf(object['type']) ?? ''
  if (!whole && (object['role'] === 'assistant' || object['role'] === 'model' || ITS_OWN.test(kind))) return
  for (const [key, item] of Object.entries(object)) {
    // Pictures and files are data of another kind; a document can be given as plain text.
    if (!whole && (NOT_SAID.test(key) || (key === 'data' && kind !== 'text'))) continue
    look(item, [...place, key], found, whole || key === 'response')
  }
}

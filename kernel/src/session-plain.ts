/** Values of a session as plain JSON and back. Maps and sets go by a name of their own; a name that looks like one of theirs gets another mark before it. */
import type { Json, JsonObject } from './event/json.ts'

/** The value itself where it is plain already, as nearly all is. */
export function encoded(value: unknown): Json {
  if (typeof value !== 'object' || value === null) return value as Json
  if (value instanceof Map) return { $map: [...value].map(([key, inner]) => [encoded(key), encoded(inner)]) }
  if (value instanceof Set) return { $set: [...value].map(encoded) }
  if (Array.isArray(value)) return value.every(isJson) ? (value as Json) : value.map(encoded)
  if (isJson(value)) return value as Json
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.map(([key, inner]) => [marked(key), encoded(inner)]))
}

/** Holds nothing that has to be written in another way; members that are undefined are left out by whoever writes it. */
function isJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isJson)
  if (value instanceof Map || value instanceof Set) return false
  for (const key in value) if (key.startsWith('$') || !isJson((value as Readonly<Record<string, unknown>>)[key])) return false
  return true
}

export function decoded(value: Json): unknown {
  if (Array.isArray(value)) return value.map((inner) => decoded(inner as Json))
  if (typeof value !== 'object' || value === null) return value
  const { $map: map, $set: set } = value as JsonObject
  if (Array.isArray(map)) return new Map(map.map((entry) => decoded(entry as Json) as [unknown, unknown]))
  if (Array.isArray(set)) return new Set(set.map((inner) => decoded(inner as Json)))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/^\$/, ''), decoded(inner as Json)]))
}

/** What makes the encoded `after` of the encoded `before`; cheap where they share most of what they hold. */
export function difference(before: unknown, after: unknown): Json {
  if (Array.isArray(before) && Array.isArray(after)) return lengthened(before, after) ?? encoded(after)
  if (!isPlain(before) || !isPlain(after)) return encoded(after)
  const changes = Object.entries(after).filter(([key, inner]) => inner !== before[key])
  if (Object.keys(before).some((key) => before[key] !== undefined && after[key] === undefined)) return encoded(after)
  return { $in: Object.fromEntries(changes.map(([key, inner]) => [marked(key), difference(before[key], inner)])) }
}

/** The encoded `after`. What is no difference to what stands there takes its place. */
export function changed(before: Json | undefined, difference: Json): Json {
  if (typeof difference !== 'object' || difference === null || Array.isArray(difference)) return difference
  const { $in: members, $new: items, $of: length } = difference as JsonObject
  if (Array.isArray(items) && Array.isArray(before) && typeof length === 'number') return [...before, ...items].slice(-length) as Json
  if (!isPlain(members) || !isPlain(before)) return difference
  const changes = Object.entries(members).map(([key, inner]) => [key, changed((before as JsonObject)[key], inner as Json)])
  return { ...(before as JsonObject), ...(Object.fromEntries(changes) as JsonObject) }
}

/** Lists lose their oldest and gain at their end. */
function lengthened(before: readonly unknown[], after: readonly unknown[]): Json | undefined {
  const kept = before.length === 0 ? 0 : after.lastIndexOf(before.at(-1)) + 1
  const lost = before.length - kept
  if (kept === 0 || lost < 0 || before.some((item, at) => at >= lost && item !== after[at - lost])) return undefined
  return { $new: encoded(after.slice(kept)), $of: after.length }
}

function marked(key: string): string {
  return key.startsWith('$') ? `$${key}` : key
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map) && !(value instanceof Set)
}

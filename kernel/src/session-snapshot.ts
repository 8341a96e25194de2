/** A session as plain values that outlive the process: its texts, each written once, and the rest of it, which is small. */
import type { Json, JsonObject } from './event/json.ts'
import { type KeptText, putBack, textsOf } from './provenance/evidence.ts'
import { createSession, type Session } from './session.ts'

/** Raised whenever a session written before would be read wrongly. */
const LAYOUT = 1

export interface SessionSnapshot {
  /** Everything but the texts, as JSON. */
  readonly state: string
  /** In the order in which they came, from the one asked for on. */
  readonly texts: readonly SnapshotText[]
}

/** The same as it was read back. */
export interface ReadSnapshot {
  readonly state: JsonObject
  readonly texts: readonly SnapshotText[]
}

/** The next snapshot is asked for from the rank after the last one's. */
export type SnapshotText = KeptText

/** What is to be kept of a session; of its texts those from `since` on, as the earlier ones never change. */
export function sessionSnapshot(session: Session, since = 0): SessionSnapshot {
  const { evidence, ...rest } = session
  const state = written({ layout: LAYOUT, blind: evidence.blind, count: evidence.count, ...rest })
  return { state, texts: textsOf(evidence, since) }
}

/**
 * The session of which these are the state and all texts ever kept. It decides as the one that was written did. Texts that
 * are missing, or a state that cannot be read, make a session that trusts no value it does not know: stricter, never laxer.
 */
export function restoreSession({ state, texts }: ReadSnapshot): Session {
  try {
    if (state['layout'] !== LAYOUT) return lostSession()
    const kept = decoded(state) as Partial<Session> & { readonly blind: boolean; readonly count: number }
    const fresh = createSession()
    const names = Object.keys(fresh).filter((name) => name !== 'evidence') as (keyof Session)[]
    if (names.some((name) => !isLike(kept[name], fresh[name]))) return lostSession()
    const evidence = texts.reduce(putBack, fresh.evidence)
    const whole = texts.every(({ order }, index) => order === index) && texts.length === kept.count
    const blind = kept.blind || !whole
    const read = Object.fromEntries(names.map((name) => [name, kept[name]])) as unknown as Session
    return { ...read, evidence: { ...evidence, blind, count: Math.max(kept.count, evidence.count) }, tainted: read.tainted || blind }
  } catch {
    return lostSession()
  }
}

/** Stands for a session of which nothing is left but that there was one. */
export function lostSession(): Session {
  const fresh = createSession()
  return { ...fresh, tainted: true, holdsSecrets: true, evidence: { ...fresh.evidence, blind: true } }
}

function isLike(value: unknown, like: unknown): boolean {
  if (like instanceof Map) return value instanceof Map
  if (like instanceof Set) return value instanceof Set
  if (Array.isArray(like)) return Array.isArray(value)
  return typeof value === typeof like && value !== null && !Array.isArray(value)
}

/** As JSON. Maps and sets by a name of their own; a name that looks like one of theirs gets another mark before it. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writtenItem).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (value instanceof Map)
    return `{"$map":[${[...(value as ReadonlyMap<unknown, unknown>)].map(([key, inner]) => `[${written(key)},${writtenItem(inner)}]`).join(',')}]}`
  if (value instanceof Set) return `{"$set":${written([...value])}}`
  let text = '{'
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue
    text += `${text === '{' ? '' : ','}${JSON.stringify(key.startsWith('$') ? `$${key}` : key)}:${written(inner)}`
  }
  return `${text}}`
}

/** Lists get longer, what stands in them never changes: it is written once for all snapshots to come. */
function writtenItem(item: unknown): string {
  if (typeof item !== 'object' || item === null) return written(item)
  const known = WRITTEN.get(item)
  if (known !== undefined) return known
  const text = written(item)
  WRITTEN.set(item, text)
  return text
}

const WRITTEN = new WeakMap<object, string>()

function decoded(value: Json): unknown {
  if (Array.isArray(value)) return value.map((inner) => decoded(inner as Json))
  if (typeof value !== 'object' || value === null) return value
  const { $map: map, $set: set } = value as JsonObject
  if (Array.isArray(map)) return new Map(map.map((entry) => decoded(entry as Json) as [unknown, unknown]))
  if (Array.isArray(set)) return new Set(set.map((inner) => decoded(inner as Json)))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/^\$/, ''), decoded(inner as Json)]))
}

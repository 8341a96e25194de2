/** A session as plain values that outlive the process: its texts, each written once, and the rest of it, which is small. */
import type { JsonObject } from './event/json.ts'
import { type KeptText, putBack, textsOf } from './provenance/evidence.ts'
import { createSession, type Session } from './session.ts'
import { changed, decoded, difference, encoded } from './session-plain.ts'

/** Raised whenever a session written before would be read wrongly. */
const LAYOUT = 1

export interface SessionSnapshot {
  /** Everything but the texts. */
  readonly state: JsonObject
  /** In the order in which they came, from the one asked for on. */
  readonly texts: readonly SnapshotText[]
}

/** The next snapshot is asked for from the rank after the last one's. */
export type SnapshotText = KeptText

/** What is to be kept of a session; of its texts those from `since` on, as the earlier ones never change. */
export function sessionSnapshot(session: Session, since = 0): SessionSnapshot {
  return { state: encoded(stateOf(session)) as JsonObject, texts: textsOf(session.evidence, since) }
}

/** What to add to what was kept of `before`, so that `after` is kept: a little of it, as most of a session stays as it is. */
export interface SessionChange {
  /** For `changedState`. */
  readonly change: JsonObject
  readonly texts: readonly SnapshotText[]
}

export function sessionChange(before: Session, after: Session): SessionChange {
  return { change: difference(stateOf(before), stateOf(after)) as JsonObject, texts: textsOf(after.evidence, before.evidence.count) }
}

/** The state of a snapshot after a change to it. What is no such change makes a state that cannot be read. */
export function changedState(state: JsonObject, change: JsonObject): JsonObject {
  return changed(state, change) as JsonObject
}

function stateOf({ evidence, ...rest }: Session): Readonly<Record<string, unknown>> {
  return { layout: LAYOUT, blind: evidence.blind, count: evidence.count, ...rest }
}

/**
 * The session of which these are the state and all texts ever kept. It decides as the one that was written did. Texts that
 * are missing, or a state that cannot be read, make a session that trusts no value it does not know: stricter, never laxer.
 */
export function restoreSession({ state, texts }: SessionSnapshot): Session {
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

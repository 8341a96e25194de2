import type { Decision, Timing } from '../decision/decision.ts'
import type { ToolCall } from '../event/event.ts'
import type { JsonObject } from '../event/json.ts'
import type { Principal } from '../event/principal.ts'

/**
 * One line of the journal. `(tenant, agent, epoch, seq)` names it for ever; tenant and agent are the journal's own.
 * Its hash is SHA-256(previous hash || JCS(entry)).
 */
export type Entry = EntryHead & (DecisionEntry | OutcomeEntry | ObservationEntry | StateEntry | DropEntry)

export interface EntryHead {
  readonly v: 1
  readonly epoch: number
  readonly seq: number
  /** Wall clock, milliseconds since 1970. */
  readonly at: number
}

export interface DecisionEntry {
  readonly kind: 'decision'
  /** ULID. */
  readonly id: string
  readonly gate: string
  readonly principal: Principal
  /** The call as judged; long values folded, secrets masked. */
  readonly call: ToolCall
  readonly decision: Decision
  readonly timing: Timing
  /** How the session's state at the time is named, so that the decision can be replayed. */
  readonly sessionDigest: string
}

export interface OutcomeEntry {
  readonly kind: 'outcome'
  readonly decision: string
  /** released, blocked, approved, denied, expired, failed, unjudged. */
  readonly outcome: string
  readonly detail: JsonObject
}

export interface ObservationEntry {
  readonly kind: 'observation'
  readonly subject: string
  readonly detail: JsonObject
}

export interface StateEntry {
  readonly kind: 'state'
  readonly change: string
  readonly detail: JsonObject
}

export interface DropEntry {
  readonly kind: 'drop'
  readonly firstSeq: number
  readonly lastSeq: number
  readonly count: number
  readonly reason: string
}

export type EntryBody = DecisionEntry | OutcomeEntry | ObservationEntry | StateEntry | DropEntry

import type { EffectContext } from '../capability/request.ts'
import type { CallReading } from '../effect/effects-of.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import type { ToolCall } from '../event/event.ts'
import type { Principal } from '../event/principal.ts'
import type { Finding } from '../finding/finding.ts'
import type { Slot } from '../intent/slots.ts'
import type { Wishes } from '../intent/wishes.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { Advice } from '../finding/advice.ts'

/** What of a session decides. */
export interface SessionState {
  readonly evidence: Evidence
  readonly wishes: Wishes
  readonly visited: ReadonlySet<string>
  readonly tainted: boolean
  readonly holdsSecrets: boolean
  readonly delegations: number
  /** The latest, oldest first. */
  readonly calls: readonly { readonly tool: string; readonly namedByUser: boolean; readonly named?: readonly Slot[] }[]
  /** Evidence in texts from outside, by the id of their source. */
  readonly seen: readonly Finding[]
}

/** Everything a call is judged by. */
export interface Situation {
  readonly session: SessionState
  readonly principal: Principal
  readonly call: ToolCall
  readonly gate: string
  readonly reading: CallReading
  readonly findings: readonly Finding[]
  readonly definitionChanged: boolean
  /** What models said of the call. */
  readonly advice: readonly Advice[]
  /** What the caller may and has earned, as far as this effect is concerned. */
  readonly authority: (effect: TracedEffect['effect']) => Pick<EffectContext, 'granted' | 'trust' | 'beyondDelegation'>
  /** What the session has done so far, with this call. */
  readonly course: Pick<EffectContext, 'repeats' | 'sessionCalls' | 'sessionBytes' | 'sessionMoney'>
}

export interface Judged {
  readonly traced: TracedEffect
  readonly context: EffectContext
}

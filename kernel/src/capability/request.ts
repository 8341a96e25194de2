import type { Effect } from '../effect/effect.ts'
import type { Confidentiality, Integrity } from '../event/labels.ts'
import type { Principal } from '../event/principal.ts'

/**
 * What a policy may ask about one effect of one call. Cedar sees this record as `context`; `effect.target` is the resource,
 * `effect.class` the action, the app the principal. Detectors and provenance only feed this record, so every verdict has
 * one explainable place.
 */
export interface EffectContext {
  readonly certainty: 'certain' | 'likely' | 'inferred' | 'unknown'
  /** Integrity of the arguments that carry the target: the least trusted of them. `unknown`: the model made them up. */
  readonly integrity: Integrity | 'unknown'
  /** The most confidential label of any argument of the call: what would leave with it. */
  readonly confidentiality: Confidentiality
  /** The target stands in a user prompt, or is the person's own. */
  readonly targetNamedByUser: boolean
  /** Untrusted text chose the target: it stands in no prompt, and not as plain data in a record that the task needed. */
  readonly targetFromUntrusted: boolean
  /**
   * The target is no stranger: the person named it, or it is plain data of a record that a deed the person asked for needed,
   * or the tool has no other target than itself.
   */
  readonly targetVouched: boolean
  /** Some other argument (the payload) derives only from untrusted text. */
  readonly payloadFromUntrusted: boolean
  /** A passage of untrusted text asks for this kind of deed and holds what it is done to, and the person did not ask for it. */
  readonly obeyedRequest: boolean
  /** The session has read untrusted text, and no words of the person's ask for such a deed of an application. */
  readonly unasked: boolean
  /** The person's own words ask for this kind of deed, on whatever it may be. */
  readonly requestedByUser: boolean
  /** The session has read untrusted text before this call. */
  readonly sessionTainted: boolean
  /** The session has read secret text before this call. */
  readonly sessionHoldsSecrets: boolean
  /** The target lies inside the caller's working directory. Only for paths. */
  readonly insideWorkspace: boolean
  /** The target is private to the machine: loopback, private range, `.local`. Only for hosts. */
  readonly hostPrivate: boolean
  /** More goes to the target than the question for what lies there. Only for egress. */
  readonly sends: boolean
  /** Effect classes of this same call, so that a policy can speak of combinations such as secret.read with net.egress. */
  readonly callEffects: readonly string[]
  readonly tool: string
  readonly server: string
  readonly gate: string
  /** Kinds of findings above their threshold, such as `secret.aws-access-key`. */
  readonly findings: readonly string[]
  /** The tool's definition changed since it was first seen. */
  readonly definitionChanged: boolean
  /** Policies a person has granted for this effect and target; a policy names itself here in its `unless`. */
  readonly granted: readonly string[]
  /** Depth of the delegation chain. */
  readonly delegationDepth: number
  /** Agents between the session's own and the one that calls, by name. */
  readonly chain: readonly string[]
  /** It lies outside of what some agent of the chain was handed. */
  readonly beyondDelegation: boolean
  /** 0 to 100: how far the principal has earned to be trusted with this kind of effect. 20 for a newcomer. */
  readonly trust: number
  /** How often the same was done in a row, alone or in turns with others, this call included. */
  readonly repeats: number
  /** Calls of the session, this one included. */
  readonly sessionCalls: number
  /** Characters sent away by the session, this call included. */
  readonly sessionBytes: number
  /** Money moved by the session in hundredths, this call included; amounts that are not told count as nothing. */
  readonly sessionMoney: number
}

export interface EffectRequest {
  readonly principal: Principal
  readonly effect: Effect
  readonly context: EffectContext
}

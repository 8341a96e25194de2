/** Tools of which no call that does anything could be let go, so that a model need not be offered them. */
import { authorize, DEFAULT_DENY } from '../capability/authorize.ts'
import type { Policy } from '../capability/policy.ts'
import type { Reason } from '../capability/reason.ts'
import type { EffectContext } from '../capability/request.ts'
import type { EffectClass } from '../effect/effect.ts'
import { classesOfTool } from '../effect/tool/tool-classes.ts'
import type { ToolDefinition } from '../event/event.ts'
import type { Principal } from '../event/principal.ts'
import { TOLD } from '../finding/detector.ts'
import type { Session } from '../session.ts'
import { definitionState } from '../session-tools.ts'

export interface ToolOffer {
  readonly session: Session
  readonly principal: Principal
  readonly tool: ToolDefinition
  /** Where the tool lives; absent for the application's own. */
  readonly server?: string
  /** Which gate it passes. */
  readonly gate: string
  readonly policy: Policy
}

/** Circumstances in which a policy may forbid either way round; a tool is out of reach only when both are forbidden. */
const EITHER_WAY = [
  { hostPrivate: false, insideWorkspace: true, sends: false },
  { hostPrivate: true, insideWorkspace: false, sends: true },
] as const

/**
 * The policy that would deny every call of a tool that has an effect, even one that the person named in full, from a session that has read nothing;
 * undefined where some call could pass, or a person could let it pass. What only lacks a permit is not told: a permit may speak of targets.
 */
export function outOfReach(offer: ToolOffer): Reason | undefined {
  const { policy, tool, server, session, principal } = offer
  if (!policy.enforce) return undefined
  const classes = classesOfTool(tool, server)
  if (classes.length === 0) return undefined
  const call = {
    type: 'tool.call',
    callId: '',
    tool: tool.name,
    args: {},
    definition: tool,
    ...(server === undefined ? {} : { server }),
  } as const
  const definition = definitionState(session, call)
  const findings = definition.findings.filter(({ score }) => score >= TOLD).map(({ kind }) => kind)
  const context = { ...bestOf(offer), definitionChanged: definition.changed, findings: [...new Set(findings)] }
  const target = server === undefined ? tool.name : `${server}/${tool.name}`
  let stopped: Reason | undefined
  for (const effectClass of classes)
    for (const variant of EITHER_WAY) {
      const effect = { class: effectClass, target, certainty: 'certain', arguments: [] } as const
      const asked: EffectContext = { ...context, ...variant, callEffects: [effectClass] satisfies readonly EffectClass[] }
      stopped = authorize(policy, { principal, effect, context: asked }).reasons.find(isFinal)
      if (stopped === undefined) return undefined
    }
  return stopped
}

function isFinal({ policy, verdict }: Reason): boolean {
  return policy !== DEFAULT_DENY && (verdict === 'deny' || verdict === 'quarantine')
}

/** The circumstances that speak most for a call. */
function bestOf({ session, principal, tool, server, gate }: ToolOffer): Omit<EffectContext, 'hostPrivate' | 'insideWorkspace' | 'sends'> {
  return {
    certainty: 'certain',
    integrity: 'user',
    confidentiality: 'public',
    targetNamedByUser: true,
    targetFromUntrusted: false,
    targetVouched: true,
    payloadFromUntrusted: false,
    obeyedRequest: false,
    unasked: false,
    requestedByUser: true,
    sessionTainted: false,
    sessionHoldsSecrets: false,
    callEffects: [],
    tool: tool.name,
    server: server ?? '',
    gate,
    findings: [],
    definitionChanged: false,
    granted: [...new Set(session.grants.map(({ policy }) => policy))],
    delegationDepth: principal.chain.length + session.delegations,
    chain: principal.chain,
    beyondDelegation: false,
    trust: 100,
    repeats: 1,
    sessionCalls: 1,
    sessionBytes: 0,
    sessionMoney: 0,
  }
}

/** What models say of a call that rules alone are unsure about, and how far that may move the decision. */
import type { Reason } from '../capability/reason.ts'
import { stricter, type Verdict } from '../capability/verdict.ts'
import { type EffectClass, isConsequential } from '../effect/effect.ts'
import type { Policy } from '../capability/policy.ts'
import { ruleOf } from '../capability/authorize.ts'
import type { Advice } from '../finding/advice.ts'
import type { Arbitration } from './arbitrate.ts'
import type { Judged } from './situation.ts'

/** From here on advice sets an ask aside, up to here it adds one. In between it changes nothing. */
export const CLEARS = 0.9
export const DOUBTS = 0.1

/** `Reason.policy` where only advice asks. */
export const MODEL_DOUBT = 'assize.model-doubt'

/** Asks about other effects are never set aside: on no recorded session would that have spared anybody a question. */
const CLEARABLE: ReadonlySet<EffectClass> = new Set<EffectClass>(['message.send', 'fs.write', 'fs.delete'])
const SEVERITIES: ReadonlySet<string> = new Set(['low', 'medium', 'high'])

/**
 * Whether advice may set this ask aside. Never: a critical one, one of the kernel's own, a kind of deed that the person did not
 * ask for (a model may vouch for the how, not for the what) or that a passage asks for, anybody whom only outside text names,
 * a secret, a message of a session that holds secrets, what cannot
 * be told, a tool that changed, and whatever a finding speaks against.
 */
export function isClearable(reason: Reason, judged: readonly Judged[], policy: Policy): boolean {
  if (reason.verdict !== 'ask' || !SEVERITIES.has(reason.severity) || ruleOf(policy, reason.policy) === undefined) return false
  const about = judged.find(({ traced }) => traced.effect === reason.effect)
  if (about === undefined || !CLEARABLE.has(reason.effect.class)) return false
  const { context } = about
  if (context.findings.length > 0 || context.definitionChanged || context.beyondDelegation || context.certainty === 'unknown') return false
  if (context.confidentiality === 'secret' || context.callEffects.includes('secret.read')) return false
  if (!context.requestedByUser || context.unasked || context.obeyedRequest) return false
  return reason.effect.class !== 'message.send' || !(context.sessionHoldsSecrets || context.targetFromUntrusted)
}

/** What advice could do here: set the asks aside, add one, or nothing. */
export type AdviceWanted = 'clear' | 'doubt' | undefined

export function adviceWanted(arbitration: Arbitration, judged: readonly Judged[], policy: Policy): AdviceWanted {
  if (!policy.enforce || arbitration.errors.length > 0) return undefined
  const { verdict, reasons } = arbitration
  if (verdict === 'ask') return asksOf(reasons).every((reason) => isClearable(reason, judged, policy)) ? 'clear' : undefined
  if (verdict !== 'allow' && verdict !== 'redact') return undefined
  return judged.some(isDoubtful) ? 'doubt' : undefined
}

/** Something happens, and text that the person did not write took part in it. */
function isDoubtful({ traced, context }: Judged): boolean {
  if (!isConsequential(traced.effect) || !context.sessionTainted || context.insideWorkspace || context.granted.includes(MODEL_DOUBT))
    return false
  return (
    context.integrity === 'untrusted' || context.payloadFromUntrusted || (!context.requestedByUser && INVITING.has(traced.effect.class))
  )
}

/** Effects that say enough by themselves to be asked about when nobody asked for them. */
const INVITING: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'message.send',
  'money.move',
  'identity.grant',
  'data.mutate',
  'data.drop',
])

export interface Weighed {
  readonly arbitration: Arbitration
  /** Asks that advice set aside. */
  readonly setAside: readonly Reason[]
}

/** The decision in the light of the advice. Hard denies stay, and so does every ask outside of what advice may touch. */
export function weigh(
  arbitration: Arbitration,
  advice: readonly Advice[],
  about: { readonly judged: readonly Judged[]; readonly policy: Policy },
): Weighed {
  const said = advice.map(({ serves }) => serves).filter((serves) => serves >= 0 && serves <= 1)
  const wanted = said.length === 0 ? undefined : adviceWanted(arbitration, about.judged, about.policy)
  if (wanted === 'clear' && said.some((serves) => serves >= CLEARS) && said.every((serves) => serves > 0.5)) return cleared(arbitration)
  if (wanted === 'doubt' && said.some((serves) => serves <= DOUBTS) && said.every((serves) => serves < 0.5))
    return { arbitration: doubted(arbitration, about.judged), setAside: [] }
  return { arbitration, setAside: [] }
}

function asksOf(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ verdict }) => verdict === 'ask')
}

function cleared(arbitration: Arbitration): Weighed {
  const reasons = arbitration.reasons.filter(({ verdict }) => verdict !== 'ask')
  const verdict = reasons.reduce<Verdict>((strictest, reason) => stricter(strictest, reason.verdict), 'allow')
  return {
    arbitration: { ...arbitration, reasons, verdict, fallback: arbitration.consequential ? 'deny' : 'allow' },
    setAside: asksOf(arbitration.reasons),
  }
}

function doubted(arbitration: Arbitration, judged: readonly Judged[]): Arbitration {
  const effects = judged.filter(isDoubtful).map(({ traced }) => traced.effect)
  const reasons = effects.map(
    (effect): Reason => ({
      policy: MODEL_DOUBT,
      title: 'A model reads this as serving a text you did not write rather than what you asked for',
      verdict: 'ask',
      severity: 'medium',
      effect,
      remedy: 'Approve if you want it done; saying so yourself also settles it.',
    }),
  )
  return { ...arbitration, reasons: [...reasons, ...arbitration.reasons], verdict: 'ask', fallback: 'deny' }
}

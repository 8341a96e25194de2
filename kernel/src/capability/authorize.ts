import { type CompiledRule, evaluateRules } from './cedar/rule.ts'
import { rulesFor } from './cedar/slice.ts'
import type { Policy, Rule } from './policy.ts'
import type { Reason } from './reason.ts'
import type { EffectRequest } from './request.ts'
import { scopeOf } from './situation.ts'
import { VERDICTS } from './verdict.ts'

/** What the policies say about one effect. */
export interface Authorization {
  /** The policies that forbid it, strictest first, then by id; the default deny when none permits it. */
  readonly reasons: readonly Reason[]
  /** Some policy permits it and none forbids it. */
  readonly permitted: boolean
  /** `id: what failed` for each policy that could not be evaluated. */
  readonly errors: readonly string[]
}

/** `Reason.policy` of an effect that no policy permits. */
export const DEFAULT_DENY = 'assize.default-deny'

const NO_GROUPS: ReadonlySet<string> = new Set()

/** Asks the policies about one effect. Total, pure and deterministic. */
export function authorize(policy: Policy, request: EffectRequest): Authorization {
  const { effect } = request
  const slice = policy.slices.get(effect.class) ?? []
  const scope = scopeOf(request, policy.groups.get(effect.class) ?? NO_GROUPS)
  const evaluation = evaluateRules(rulesFor(slice, scope.context), scope)
  const errors = evaluation.errors.map(({ id, message }) => `${id}: ${message}`)
  if (evaluation.forbids.length > 0) return { reasons: reasonsOf(policy, evaluation.forbids, request), permitted: false, errors }
  if (evaluation.permits.length > 0) return { reasons: [], permitted: true, errors }
  return { reasons: [defaultDeny(request)], permitted: false, errors }
}

/** The annotations of a policy, by its id; undefined for an id the folder does not have, such as the default deny. */
export function ruleOf(policy: Policy, id: string): Rule | undefined {
  return policy.rules.get(id)
}

function reasonsOf(policy: Policy, forbids: readonly CompiledRule[], request: EffectRequest): readonly Reason[] {
  return forbids
    .map(({ id }) => policy.rules.get(id))
    .filter((rule) => rule !== undefined)
    .map((rule) => reasonOf(rule, request))
    .sort((left, right) => VERDICTS.indexOf(right.verdict) - VERDICTS.indexOf(left.verdict) || compare(left.policy, right.policy))
}

function reasonOf(rule: Rule, request: EffectRequest): Reason {
  return {
    policy: rule.id,
    title: rule.title,
    verdict: rule.verdict,
    severity: rule.severity,
    effect: request.effect,
    ...(rule.owasp !== undefined && { owasp: rule.owasp }),
    ...(rule.atlas !== undefined && { atlas: rule.atlas }),
    ...(rule.remedy !== undefined && { remedy: rule.remedy }),
  }
}

function defaultDeny(request: EffectRequest): Reason {
  return {
    policy: DEFAULT_DENY,
    title: 'No policy permits this',
    verdict: 'deny',
    severity: 'medium',
    effect: request.effect,
    remedy: 'Ask whoever keeps the policy folder for a permit that covers this kind of effect.',
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

import type {
  ActionConstraint,
  Clause,
  EntityUidJson,
  PolicyJson,
  PrincipalConstraint,
  ResourceConstraint,
} from '@cedar-policy/cedar-wasm/nodejs'
import { compileExpression } from './expression.ts'
import { isIn } from './membership.ts'
import { expectBoolean } from './operators.ts'
import { type Premise, premiseOf } from './premise.ts'
import { type Scope, type Test, UnsupportedExpression } from './scope.ts'
import { type EntityUid, entityUid, equals } from './value.ts'

/** One policy, compiled. */
export interface CompiledRule {
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  /** Whether the policy's action constraint holds; never fails. */
  readonly coversAction: Test
  /** Whether everything else holds. Throws `EvaluationError` where Cedar reports an error. */
  readonly holds: Test
  /** What the context must say for it to hold, if that can be told beforehand. */
  readonly premise?: Premise
}

/** What the policies said about one scope, by policy, in the order of the policies. */
export interface Evaluation {
  readonly permits: readonly CompiledRule[]
  readonly forbids: readonly CompiledRule[]
  readonly errors: readonly { readonly id: string; readonly message: string }[]
}

/** Compiles a policy in Cedar's JSON form. Throws `UnsupportedExpression` for what this engine refuses. */
export function compileRule(id: string, json: PolicyJson): CompiledRule {
  const tests = [
    constraint(json.principal, (scope) => scope.principal),
    constraint(json.resource, (scope) => scope.resource),
    ...json.conditions.map(compileClause),
  ].filter((test) => test !== ALWAYS)
  const premise = premiseOf(json)
  const rule: CompiledRule = { id, effect: json.effect, coversAction: actionConstraint(json.action), holds: conjunction(tests) }
  return premise === undefined ? rule : { ...rule, premise }
}

/** Asks every rule. A rule that cannot be evaluated is skipped and reported, as Cedar does. */
export function evaluateRules(rules: readonly CompiledRule[], scope: Scope): Evaluation {
  const permits: CompiledRule[] = []
  const forbids: CompiledRule[] = []
  const errors: { id: string; message: string }[] = []
  for (const rule of rules) {
    try {
      if (rule.coversAction(scope) && rule.holds(scope)) (rule.effect === 'permit' ? permits : forbids).push(rule)
    } catch (error) {
      errors.push({ id: rule.id, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { permits, forbids, errors }
}

const ALWAYS: Test = () => true

function constraint(json: PrincipalConstraint | ResourceConstraint, subject: (scope: Scope) => EntityUid): Test {
  switch (json.op) {
    case 'All':
      return ALWAYS
    case '==': {
      const entity = readEntity(json)
      return (scope) => equals(subject(scope), entity)
    }
    case 'in': {
      const ancestor = readEntity(json)
      return (scope) => isIn(scope, subject(scope), ancestor)
    }
    case 'is': {
      const type = json.entity_type
      if (!json.in) return (scope) => subject(scope).type === type
      const ancestor = readEntity(json.in)
      return (scope) => subject(scope).type === type && isIn(scope, subject(scope), ancestor)
    }
  }
}

function actionConstraint(json: ActionConstraint): Test {
  if (json.op === 'All') return ALWAYS
  if (json.op === '==') {
    const entity = readEntity(json)
    return (scope) => equals(scope.action, entity)
  }
  const groups = 'entities' in json ? json.entities.map(toUid) : [readEntity(json)]
  return (scope) => groups.some((group) => isIn(scope, scope.action, group))
}

function readEntity(json: { entity: EntityUidJson } | { slot: string }): EntityUid {
  if ('slot' in json) throw new UnsupportedExpression('a template slot')
  return toUid(json.entity)
}

function toUid(json: EntityUidJson): EntityUid {
  const { type, id } = '__entity' in json ? json.__entity : json
  return entityUid(type, id)
}

function compileClause(clause: Clause): Test {
  const body = compileExpression(clause.body)
  return clause.kind === 'when' ? (scope) => expectBoolean(body(scope)) : (scope) => !expectBoolean(body(scope))
}

function conjunction(tests: readonly Test[]): Test {
  const [first = ALWAYS, second, ...rest] = tests
  if (!second) return first
  if (rest.length === 0) return (scope) => first(scope) && second(scope)
  return (scope) => tests.every((test) => test(scope))
}

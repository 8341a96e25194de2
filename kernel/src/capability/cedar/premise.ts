import type { Clause, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { CONTEXT_ATTRIBUTES } from '../vocabulary.ts'

/** A policy with this premise holds only where the attribute of the context has this value, and fails nowhere else. */
export interface Premise {
  readonly attribute: string
  readonly value: string
}

/**
 * The first equation `context.x == "text"` that a policy cannot hold without. What stands before it must not be able to fail,
 * because a policy that fails has to be reported also where the equation does not hold.
 */
export function premiseOf(json: PolicyJson): Premise | undefined {
  for (const { kind, body } of json.conditions) {
    for (const part of kind === 'when' ? conjunctsOf(body) : [body]) {
      const premise = kind === 'when' ? equationOf(part) : undefined
      if (premise !== undefined) return premise
      if (!isSafe(part)) return undefined
    }
  }
  return undefined
}

type Expression = Clause['body']
type Operands = { readonly left: Expression; readonly right: Expression }

function operandsOf(expression: Expression, operator: string): Operands | undefined {
  return (expression as unknown as Readonly<Record<string, Operands | undefined>>)[operator]
}

/** In the order in which they are evaluated. The engine's parser bounds the nesting. */
function conjunctsOf(expression: Expression): readonly Expression[] {
  const both = operandsOf(expression, '&&')
  return both === undefined ? [expression] : [...conjunctsOf(both.left), ...conjunctsOf(both.right)]
}

function equationOf(expression: Expression): Premise | undefined {
  const sides = operandsOf(expression, '==')
  if (sides === undefined) return undefined
  const [attribute, value] = [attributeOf(sides.left) ?? attributeOf(sides.right), textOf(sides.right) ?? textOf(sides.left)]
  return attribute === undefined || value === undefined ? undefined : { attribute, value }
}

/** The name in `context.name`, of an attribute that is always there. */
function attributeOf(expression: Expression): string | undefined {
  const access = (expression as { '.'?: { left: { Var?: string }; attr: string } })['.']
  return access?.left.Var === 'context' && Object.hasOwn(CONTEXT_ATTRIBUTES, access.attr) ? access.attr : undefined
}

function textOf(expression: Expression): string | undefined {
  const { Value: value } = expression as { Value?: unknown }
  return typeof value === 'string' ? value : undefined
}

const CANNOT_FAIL = ['&&', '||', '==', '!=', '<', '<=', '>', '>=', 'contains', 'containsAll', 'containsAny']

/** The schema's validator has settled the types, so of these nothing can fail. */
function isSafe(expression: Expression): boolean {
  const { Value: value, Set: set, '!': not } = expression as { Value?: unknown; Set?: readonly Expression[]; '!'?: { arg: Expression } }
  if (value !== undefined) return typeof value !== 'object'
  if (set !== undefined) return set.every(isSafe)
  if (not !== undefined) return isSafe(not.arg)
  if (attributeOf(expression) !== undefined) return true
  const operator = CANNOT_FAIL.find((name) => operandsOf(expression, name) !== undefined)
  const sides = operator === undefined ? undefined : operandsOf(expression, operator)
  return sides !== undefined && isSafe(sides.left) && isSafe(sides.right)
}

import { add, expectLong, type Long, multiply, subtract } from './long.ts'
import { isInValue } from './membership.ts'
import { type Evaluate, EvaluationError, type Scope } from './scope.ts'
import { attributeOf, equals, includes, includesAll, isEntity, isSet, type Value } from './value.ts'

type Binary = (left: Value, right: Value, scope: Scope) => Value

/** Operators that evaluate both sides, left first, before they look at either. */
const EAGER: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['==', equals],
  ['!=', (left, right) => !equals(left, right)],
  ['<', compared((left, right) => left < right)],
  ['<=', compared((left, right) => left <= right)],
  ['>', compared((left, right) => left > right)],
  ['>=', compared((left, right) => left >= right)],
  ['+', calculated(add)],
  ['-', calculated(subtract)],
  ['*', calculated(multiply)],
  ['in', (left, right, scope) => isInValue(scope, left, right)],
  ['contains', (left, right) => includes(expectSet(left), right)],
  ['containsAll', (left, right) => includesAll(expectSet(left), expectSet(right))],
  ['containsAny', (left, right) => containsAny(expectSet(left), expectSet(right))],
  ['hasTag', (left, right, scope) => tagOf(left, right, scope) !== undefined],
  ['getTag', getTag],
])

/** The closure of a two-sided operator, or undefined when there is none of that name. */
export function binaryOperator(name: string, left: Evaluate, right: Evaluate): Evaluate | undefined {
  if (name === '&&') return (scope) => expectBoolean(left(scope)) && expectBoolean(right(scope))
  if (name === '||') return (scope) => expectBoolean(left(scope)) || expectBoolean(right(scope))
  const operator = EAGER.get(name)
  return operator && ((scope) => operator(left(scope), right(scope), scope))
}

export function expectBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value
  throw new EvaluationError('expected true or false')
}

export function expectString(value: Value): string {
  if (typeof value === 'string') return value
  throw new EvaluationError('expected a string')
}

export function expectSet(value: Value): readonly Value[] {
  if (isSet(value)) return value
  throw new EvaluationError('expected a set')
}

function compared(compare: (left: Long, right: Long) => boolean): Binary {
  return (left, right) => compare(expectLong(left), expectLong(right))
}

function calculated(calculate: (left: Long, right: Long) => Long): Binary {
  return (left, right) => calculate(expectLong(left), expectLong(right))
}

function containsAny(set: readonly Value[], others: readonly Value[]): boolean {
  return others.some((other) => includes(set, other))
}

function tagOf(left: Value, right: Value, scope: Scope): Value | undefined {
  if (!isEntity(left)) throw new EvaluationError('expected an entity')
  const name = expectString(right)
  const tags = scope.entities.tagsOf(left)
  return tags && attributeOf(tags, name)
}

function getTag(left: Value, right: Value, scope: Scope): Value {
  const value = tagOf(left, right, scope)
  if (value === undefined) throw new EvaluationError('the entity does not have this tag')
  return value
}

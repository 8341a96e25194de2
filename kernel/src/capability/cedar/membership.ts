import { EvaluationError, type Scope } from './scope.ts'
import { type EntityUid, equals, isEntity, isSet, type Value } from './value.ts'

/** Cedar's `in`: an entity is in itself and in its ancestors. */
export function isIn(scope: Scope, entity: EntityUid, ancestor: EntityUid): boolean {
  return equals(entity, ancestor) || scope.entities.hasAncestor(entity, ancestor)
}

/** `left in right` for values, where `right` is an entity or a set of entities. */
export function isInValue(scope: Scope, left: Value, right: Value): boolean {
  const entity = expectEntity(left)
  if (!isSet(right)) return isIn(scope, entity, expectEntity(right))
  // All elements are checked before any is compared: a stray value is an error wherever it stands.
  const ancestors = right.map(expectEntity)
  return ancestors.some((ancestor) => isIn(scope, entity, ancestor))
}

export function expectEntity(value: Value): EntityUid {
  if (isEntity(value)) return value
  throw new EvaluationError('expected an entity')
}

import type { EntityUid, RecordValue, Value } from './value.ts'

/** What the entities of one request are like. Any entity may be asked about; an unknown one has nothing. */
export interface Entities {
  /** Undefined when the entity does not exist. */
  attributesOf(entity: EntityUid): RecordValue | undefined
  /** Undefined when the entity does not exist or can have no tags. */
  tagsOf(entity: EntityUid): RecordValue | undefined
  /** Whether `ancestor` is a proper ancestor of `entity`. */
  hasAncestor(entity: EntityUid, ancestor: EntityUid): boolean
}

/** One question put to the policies. */
export interface Scope {
  readonly principal: EntityUid
  readonly action: EntityUid
  readonly resource: EntityUid
  readonly context: RecordValue
  readonly entities: Entities
}

/** A compiled expression. Throws `EvaluationError` where Cedar reports an error. */
export type Evaluate = (scope: Scope) => Value

/** A compiled condition. Throws `EvaluationError` where Cedar reports an error. */
export type Test = (scope: Scope) => boolean

/** A policy met a value it cannot work with; Cedar then skips the policy and reports it. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
}

/** A policy uses a part of the language that this engine refuses at load. */
export class UnsupportedExpression extends Error {
  override readonly name = 'UnsupportedExpression'
}

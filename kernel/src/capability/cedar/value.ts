/** Cedar's language as closures: what a policy text says, ready to be asked thousands of times a second. */

const ENTITY = Symbol('cedar entity')

/** Names an entity. The symbol keeps records, whose attribute names are free, from passing as entities. */
export interface EntityUid {
  readonly [ENTITY]: true
  readonly type: string
  readonly id: string
}

/** Attributes by name. Only own properties count, so a plain object from JSON is safe to use. */
export interface RecordValue {
  readonly [attribute: string]: Value | undefined
}

/**
 * A Cedar value. A Long is a `number` while it is a safe integer and a `bigint` beyond, never both, so `===` compares it.
 * An array is a set and may hold an element twice.
 */
export type Value = boolean | number | bigint | string | EntityUid | readonly Value[] | RecordValue

export function entityUid(type: string, id: string): EntityUid {
  return { [ENTITY]: true, type, id }
}

export function isEntity(value: Value): value is EntityUid {
  return typeof value === 'object' && (value as { [ENTITY]?: true })[ENTITY] === true
}

export function isSet(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isRecord(value: Value): value is RecordValue {
  return typeof value === 'object' && !Array.isArray(value) && !isEntity(value)
}

/** The attribute, or undefined when the record has none of that name. */
export function attributeOf(record: RecordValue, attribute: string): Value | undefined {
  return Object.hasOwn(record, attribute) ? record[attribute] : undefined
}

/** `attributeOf` for a name known beforehand: only names that every object inherits need the slower look. */
export function attributeReader(attribute: string): (record: RecordValue) => Value | undefined {
  return attribute in Object.prototype ? (record) => attributeOf(record, attribute) : (record) => record[attribute]
}

/** Cedar's `==`: never an error, false between different types. */
export function equals(left: Value, right: Value): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object') return false
  if (isEntity(left)) return isEntity(right) && left.id === right.id && left.type === right.type
  if (isSet(left)) return isSet(right) && includesAll(left, right) && includesAll(right, left)
  return isRecord(left) && isRecord(right) && equalRecords(left, right)
}

export function includes(set: readonly Value[], value: Value): boolean {
  if (typeof value !== 'object') return set.includes(value)
  return set.some((element) => equals(element, value))
}

export function includesAll(set: readonly Value[], others: readonly Value[]): boolean {
  return others.every((other) => includes(set, other))
}

function equalRecords(left: RecordValue, right: RecordValue): boolean {
  const names = Object.keys(left)
  if (names.length !== Object.keys(right).length) return false
  return names.every((name) => {
    const [one, other] = [attributeOf(left, name), attributeOf(right, name)]
    return one !== undefined && other !== undefined && equals(one, other)
  })
}

/** A value that has no canonical form, or is too deep or too large to be given one. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
}

/** Deepest nesting, and most UTF-16 units, that are written. */
const DEPTH = 256
const LENGTH = 32 * 1024 * 1024

const LONE_SURROGATE = /\p{Surrogate}/u
/** Most texts are plain: they need no escape and no second look. Checked first, because every journal entry passes here. */
const PLAIN = /^[ !#-[\]-~]{0,200}$/

/** Keys recur in every entry, so their written form is kept. Bounded: keys also come from strangers. */
const writtenKeys = new Map<string, string>()
const KEPT_KEYS = 1_000
const KEPT_LENGTH = 64
/** Longest list that is sorted in place by insertion. */
const SHORT = 24

/**
 * The canonical JSON of a value, as RFC 8785 has it: no white space, keys in the order of their UTF-16 units, numbers and
 * strings as ECMAScript writes them. Members that are `undefined` are left out, as in `JSON.stringify`.
 * Throws `CanonicalJsonError` for what JSON cannot hold (NaN, infinities, functions, class instances, cycles), for lone
 * surrogates, beyond 256 levels and beyond 32 Mi units.
 */
export function canonicalJson(value: unknown): string {
  const arranged = new Arranger().arrange(value, 0)
  if (arranged === UNFIT) return write(value, 0)
  const text = JSON.stringify(arranged)
  // Half a character is written as an escape there; canonical JSON has none, and what only looks like one is written the slow way.
  return text.length > LENGTH || text.includes('\\ud') ? write(value, 0) : text
}

/** Says that a value has to be written member by member: it cannot be put in order, or must be refused with its reason. */
const UNFIT = Symbol('unfit')

/**
 * Puts a value in an order in which the engine's own writer gives the canonical text. Nearly everything is in that order already
 * and is only looked at; what is not is copied once.
 */
class Arranger {
  #units = 0

  arrange(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case 'string':
        this.#units += value.length
        return this.#units > LENGTH ? UNFIT : value
      case 'number':
        return Number.isFinite(value) ? value : UNFIT
      case 'boolean':
        return value
      case 'object':
        if (value === null) return value
        if (depth >= DEPTH) return UNFIT
        return Array.isArray(value) ? this.#arrangeItems(value, depth + 1) : this.#arrangeMembers(value, depth + 1)
      default:
        return UNFIT
    }
  }

  #arrangeItems(values: readonly unknown[], depth: number): unknown {
    let copy: unknown[] | undefined
    this.#units += values.length
    for (let index = 0; index < values.length; index += 1) {
      const item = values[index]
      const arranged = this.arrange(item, depth)
      if (arranged === UNFIT) return UNFIT
      if (arranged !== item) (copy ??= values.slice())[index] = arranged
    }
    return copy ?? values
  }

  #arrangeMembers(value: object, depth: number): unknown {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return UNFIT
    const members = value as Readonly<Record<string, unknown>>
    if (!isSorted(members)) return this.#sortMembers(members, depth)
    let copy: Record<string, unknown> | undefined
    for (const key in members) {
      const member = members[key]
      if (member === undefined) continue
      const arranged = this.arrange(member, depth)
      if (arranged === UNFIT) return UNFIT
      if (arranged === member) continue
      if (!isSortable(key)) return UNFIT
      copy ??= { ...members }
      copy[key] = arranged
    }
    return copy ?? members
  }

  #sortMembers(members: Readonly<Record<string, unknown>>, depth: number): unknown {
    const copy: Record<string, unknown> = {}
    for (const key of sorted(Object.keys(members))) {
      const arranged = members[key] === undefined ? undefined : this.arrange(members[key], depth)
      if (arranged === UNFIT || !isSortable(key)) return UNFIT
      copy[key] = arranged
    }
    return copy
  }
}

function isSorted(members: object): boolean {
  let last: string | undefined
  for (const key in members) {
    if (last !== undefined && key < last) return false
    last = key
  }
  return true
}

/** Engines put whole numbers first, whenever they were added; and one name is no ordinary member when it is assigned. */
function isSortable(key: string): boolean {
  const first = key.charCodeAt(0)
  return !(first >= 48 && first <= 57) && key !== '__proto__'
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value)
    case 'number':
      return writeNumber(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : writeContainer(value, depth)
    default:
      throw new CanonicalJsonError(`JSON has no ${typeof value}`)
  }
}

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (LONE_SURROGATE.test(text)) throw new CanonicalJsonError('the text holds half a character (a lone surrogate)')
  return JSON.stringify(text)
}

function writeNumber(number: number): string {
  if (!Number.isFinite(number)) throw new CanonicalJsonError(`JSON has no ${number}`)
  return String(number === 0 ? 0 : number)
}

function writeContainer(value: object, depth: number): string {
  if (depth >= DEPTH) throw new CanonicalJsonError(`the value is nested deeper than ${DEPTH} levels`)
  const text = Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1)
  if (text.length > LENGTH) throw new CanonicalJsonError(`the value is longer than ${LENGTH} characters`)
  return text
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = '['
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ','
    text += write(values[index], depth)
  }
  return `${text}]`
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError('only plain objects and arrays are JSON')
  const members = value as Readonly<Record<string, unknown>>
  let text = '{'
  for (const key of sorted(Object.keys(members))) {
    const member = members[key]
    if (member === undefined) continue
    if (text.length > 1) text += ','
    text += writeKey(key) + write(member, depth)
  }
  return `${text}}`
}

function writeKey(key: string): string {
  const known = writtenKeys.get(key)
  if (known !== undefined) return known
  const written = `${writeString(key)}:`
  if (writtenKeys.size < KEPT_KEYS && key.length <= KEPT_LENGTH) writtenKeys.set(key, written)
  return written
}

/** By UTF-16 units, which is how strings compare. Short lists, nearly all of them, are sorted without leaving this function. */
function sorted(keys: string[]): readonly string[] {
  if (keys.length > SHORT) return keys.sort()
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] as string
    let place = index - 1
    for (; place >= 0 && (keys[place] as string) > key; place -= 1) keys[place + 1] = keys[place] as string
    keys[place + 1] = key
  }
  return keys
}

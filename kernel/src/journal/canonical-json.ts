/** A value that has no canonical form, or is too deep or too large to be given one. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
}

/** Deepest nesting, and most UTF-16 units, that are written. */
const DEPTH = 256
const LENGTH = 32 * 1024 * 1024

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The canonical JSON of a value, as RFC 8785 has it: no white space, keys in the order of their UTF-16 units, numbers and
 * strings as ECMAScript writes them. Members that are `undefined` are left out, as in `JSON.stringify`.
 * Throws `CanonicalJsonError` for what JSON cannot hold (NaN, infinities, functions, class instances, cycles), for lone
 * surrogates, beyond 256 levels and beyond 32 Mi units.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
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
  if (LONE_SURROGATE.test(text)) throw new CanonicalJsonError('the text holds half a character (a lone surrogate)')
  return JSON.stringify(text)
}

function writeNumber(number: number): string {
  if (!Number.isFinite(number)) throw new CanonicalJsonError(`JSON has no ${number}`)
  return JSON.stringify(number)
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
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member === undefined) continue
    if (text.length > 1) text += ','
    text += `${writeString(key)}:${write(member, depth)}`
  }
  return `${text}}`
}

import type { Json, JsonObject } from '../event/json.ts'

/** What a tool's input schema demands of one string, as far as masking part of it could break it. */
export interface StringDemands {
  readonly minLength: number
  readonly maxLength: number
  /** It must be an address, relative or not. */
  readonly address: boolean
  /** It must be one of a list, match a pattern, or have a format that masking cannot keep. */
  readonly fixed: boolean
}

/** Most subschemas looked at. Beyond, nothing is known, so nothing may be changed. */
const LOOKED_AT = 256
const ADDRESSES = new Set(['uri', 'uri-reference', 'iri', 'iri-reference', 'url'])

/** What the schema demands of the value at a JSON pointer. Alternatives count as demands: what pleases all pleases any. */
export function demandsAt(schema: Json | undefined, pointer: string): StringDemands {
  let demands: StringDemands = { minLength: 0, maxLength: Number.POSITIVE_INFINITY, address: false, fixed: false }
  if (!isObject(schema)) return demands
  const walk = new Walk(schema)
  let here = walk.spread([schema])
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    here = walk.spread(here.flatMap((one) => below(one, key)))
  }
  for (const one of here) demands = joined(demands, one)
  return walk.exhausted ? { ...demands, fixed: true } : demands
}

function joined(demands: StringDemands, schema: JsonObject): StringDemands {
  const { minLength, maxLength, format } = schema
  const address = typeof format === 'string' && ADDRESSES.has(format)
  const fixed =
    schema['enum'] !== undefined ||
    schema['const'] !== undefined ||
    // A pattern of a stranger is never run: it may take for ever.
    schema['pattern'] !== undefined ||
    (schema['contentEncoding'] !== undefined && schema['contentEncoding'] !== '8bit') ||
    schema['not'] !== undefined ||
    (format !== undefined && !address)
  return {
    minLength: Math.max(demands.minLength, typeof minLength === 'number' ? minLength : 0),
    maxLength: Math.min(demands.maxLength, typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY),
    address: demands.address || address,
    fixed: demands.fixed || fixed,
  }
}

/** The schemas for what stands under a key or an index. */
function below(schema: JsonObject, key: string): readonly Json[] {
  const found: Json[] = []
  const properties = schema['properties']
  const named = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
  if (named !== undefined) found.push(named)
  const patterned = schema['patternProperties']
  if (isObject(patterned)) found.push(...some(Object.values(patterned)))
  const others = schema['additionalProperties']
  if (named === undefined && others !== undefined) found.push(others)
  if (!/^\d{1,9}$/.test(key)) return found
  const prefix = schema['prefixItems'] ?? (Array.isArray(schema['items']) ? schema['items'] : undefined)
  const item = Array.isArray(prefix) ? (prefix as readonly Json[])[Number(key)] : undefined
  if (item !== undefined) found.push(item)
  else if (isObject(schema['items'])) found.push(schema['items'])
  if (isObject(schema['contains'])) found.push(schema['contains'])
  return found
}

/** Follows references and alternatives, each once, and not for ever. */
class Walk {
  readonly #root: JsonObject
  #left = LOOKED_AT
  exhausted = false

  constructor(root: JsonObject) {
    this.#root = root
  }

  spread(schemas: readonly Json[]): readonly JsonObject[] {
    const seen = new Set<JsonObject>()
    const queue = [...schemas]
    for (let at = 0; at < queue.length; at += 1) {
      const schema = queue[at] as Json
      if (!isObject(schema) || seen.has(schema)) continue
      if (this.#left <= 0) {
        this.exhausted = true
        break
      }
      this.#left -= 1
      seen.add(schema)
      queue.push(...this.#parts(schema))
    }
    return [...seen]
  }

  #parts(schema: JsonObject): readonly Json[] {
    const parts: Json[] = []
    for (const name of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[name])) parts.push(...some(schema[name] as readonly Json[]))
    for (const name of ['then', 'else', 'if']) if (schema[name] !== undefined) parts.push(schema[name])
    const reference = schema['$ref'] ?? schema['$dynamicRef']
    if (typeof reference !== 'string') return parts
    const target = this.#referred(reference)
    if (target === undefined) this.exhausted = true
    return target === undefined ? parts : [...parts, target]
  }

  #referred(reference: string): Json | undefined {
    if (!reference.startsWith('#')) return undefined
    let value: Json | undefined = this.#root
    for (const segment of reference.slice(1).split('/').slice(1)) {
      const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
      if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
      value = (value as { readonly [key: string]: Json })[key]
    }
    return value
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One more than are looked at, so that the walk knows that there are too many. */
function some(schemas: readonly Json[]): readonly Json[] {
  return schemas.slice(0, LOOKED_AT + 1)
}

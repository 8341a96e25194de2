/** Changes of what hooks are about: one string of an input, or all that a result says. */
import type { Json, JsonObject } from '@assize/kernel'
import type { Edit } from './gate.ts'

/** The input with one string replaced; a pointer that leads nowhere changes nothing. */
export function withEdit(input: JsonObject, edit: Edit): JsonObject {
  const keys = edit.pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return replaced(input, keys, edit.value) as JsonObject
}

function replaced(value: Json, keys: readonly string[], text: string): Json {
  const [key, ...rest] = keys
  if (key === undefined) return text
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value
  if (Array.isArray(value)) return value.map((item: Json, index) => (String(index) === key ? replaced(item, rest, text) : item))
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, item]) => [name, name === key ? replaced(item, rest, text) : item]),
  )
}

const DEEPEST = 64
/** Names of members that say what a value is, not what the tool found. */
const FRAME: ReadonlySet<string> = new Set(['type', 'mimeType', 'resultType', 'filePath', 'file_path'])

/** A result of the same shape that says one thing only. */
export function instead(result: JsonObject, text: string): JsonObject {
  let told = false
  const tell = (value: Json, key: string, depth: number): Json => {
    if (typeof value === 'string') {
      if (FRAME.has(key)) return value
      const first = !told
      told = true
      return first ? text : ''
    }
    if (typeof value !== 'object' || value === null) return value
    if (depth > DEEPEST) return null
    if (Array.isArray(value)) return value.map((item: Json) => tell(item, key, depth + 1))
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, item]) => [name, tell(item, name, depth + 1)]))
  }
  return tell(result, '', 0) as JsonObject
}

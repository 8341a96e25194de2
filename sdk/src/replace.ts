import type { Json } from '@assize/kernel'

/** The value with one string of it replaced; a pointer that leads nowhere changes nothing. */
export function replacedAt(value: Json, pointer: string, text: string): Json {
  const keys = pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return replaced(value, keys, text)
}

function replaced(value: Json, [key, ...rest]: readonly string[], text: string): Json {
  if (key === undefined) return text
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value
  if (Array.isArray(value)) return value.map((item: Json, index) => (String(index) === key ? replaced(item, rest, text) : item))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, text) : item]))
}

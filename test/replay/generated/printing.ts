/** The ways tools print what they found. */
import type { Json, JsonObject } from '@assize/kernel'
import type { Chance } from '../../harness/chance.ts'

export type Printing = (value: Json) => string

const STYLES: readonly Printing[] = [
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value),
  (value) => yaml(value, 0),
  table,
  sentences,
]

/** Each catalogue prints in a style of its own. */
export function printingOf(chance: Chance): Printing {
  const style = chance.pick(STYLES)
  return (value) => (typeof value === 'string' ? value : style(value))
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function yaml(value: Json, depth: number): string {
  const indent = '  '.repeat(depth)
  if (Array.isArray(value)) return value.map((item) => `${indent}- ${yaml(item, depth + 1).trimStart()}`).join('\n')
  if (!isObject(value)) return `${indent}${String(value)}`
  return Object.entries(value)
    .map(([key, inner]) =>
      typeof inner === 'object' && inner !== null ? `${indent}${key}:\n${yaml(inner, depth + 1)}` : `${indent}${key}: ${String(inner)}`,
    )
    .join('\n')
}

function table(value: Json): string {
  const rows = Array.isArray(value) ? value.filter(isObject) : []
  const [first] = rows
  if (first === undefined) return yaml(value, 0)
  const keys = Object.keys(first)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(keys), line(keys.map(() => '---')), ...rows.map((row) => line(keys.map((key) => String(row[key] ?? ''))))].join('\n')
}

/** `Name: X, Status: Y.`, one record per line. */
function sentences(value: Json): string {
  const records = Array.isArray(value) ? value : [value]
  const told = records.map((record) =>
    isObject(record)
      ? Object.entries(record)
          .map(
            ([key, inner]) =>
              `${key.charAt(0).toUpperCase()}${key.slice(1).replaceAll('_', ' ')}: ${typeof inner === 'object' ? JSON.stringify(inner) : String(inner)}`,
          )
          .join(', ')
      : String(record),
  )
  return [`Found ${records.length} result${records.length === 1 ? '' : 's'}:`, ...told.map((line, index) => `${index + 1}. ${line}`)].join(
    '\n',
  )
}

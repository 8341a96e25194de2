/** Changes to structured files that leave every other byte alone, whatever the format. */
import type { Json } from '@assize/kernel'

/** Keys and list places from the top. */
export type Path = readonly (string | number)[]

export type Change =
  /** Replaces the value there, or puts a new member in; parents that are missing are made. */
  | { readonly do: 'set'; readonly at: Path; readonly value: Json }
  /** Puts an item at the end of the list there, which is made if it is missing. */
  | { readonly do: 'append'; readonly at: Path; readonly value: Json }
  /** Puts items before those of the list there. */
  | { readonly do: 'prepend'; readonly at: Path; readonly values: readonly Json[] }
  /** Takes a member or an item out. */
  | { readonly do: 'remove'; readonly at: Path }
  /** Takes the first items of the list there out. */
  | { readonly do: 'shift'; readonly at: Path; readonly count: number }

/** One format. */
export interface Editor {
  /** Throws an `Unsafe` on text that is not of this format. */
  readonly parse: (text: string) => Json
  readonly apply: (text: string, change: Change) => string
}

/** The file cannot be edited without the danger of breaking it. The text says why, as the second half of a sentence. */
export class Unsafe extends Error {
  constructor(text: string) {
    super(text)
    this.name = 'Unsafe'
  }
}

/**
 * Applies changes one after the other. The result is read again and must say exactly what the changes mean: anything else is
 * `Unsafe`, and the file stays as it is.
 */
export function edited(editor: Editor, text: string, changes: readonly Change[]): string {
  const meant = changes.reduce(changed, editor.parse(text))
  const result = changes.reduce((soFar, change) => editor.apply(soFar, change), text)
  if (canonical(editor.parse(result)) !== canonical(meant)) throw new Unsafe('it is written in a way that could not be changed reliably')
  return result
}

/** The value with one change, as values rather than as text. */
export function changed(value: Json, change: Change): Json {
  return at(value, change.at, change)
}

function at(value: Json | undefined, path: Path, change: Change): Json {
  const [key, ...rest] = path
  if (key === undefined) return leaf(value, change)
  const last = rest.length === 0
  if (typeof key === 'number') {
    if (!Array.isArray(value)) throw new Unsafe('something else stands where a list is expected')
    if (last && change.do === 'remove') return value.filter((_item, index) => index !== key)
    return value.map((item: Json, index) => (index === key ? at(item, rest, change) : item))
  }
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    throw new Unsafe(`something else stands where \`${key}\` belongs`)
  const entries = Object.entries((value ?? {}) as Record<string, Json>)
  if (last && change.do === 'remove') return Object.fromEntries(entries.filter(([name]) => name !== key))
  const next = at((value as Record<string, Json> | undefined)?.[key], rest, change)
  return Object.fromEntries([...entries.filter(([name]) => name !== key), [key, next]])
}

function leaf(value: Json | undefined, change: Change): Json {
  if (change.do === 'set') return change.value
  if (change.do === 'remove') throw new Unsafe('nothing stands there')
  if (value !== undefined && !Array.isArray(value)) throw new Unsafe('something else stands where a list is expected')
  const list: readonly Json[] = value ?? []
  if (change.do === 'append') return [...list, change.value]
  return change.do === 'prepend' ? [...change.values, ...list] : list.slice(change.count)
}

/** The same text for the same value, in whatever order its keys stand. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)))
  })
}

/** What stands at a path. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let found: Json | undefined = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string | number, Json>)[key]
  }
  return found
}

/** A stretch of text and what comes in its place. */
export function spliced(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end)
}

/** How lines of a text end, and by what they are indented. */
export function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

import type { Json, JsonObject } from './json.ts'

/** One scalar inside a call's arguments. */
export interface Leaf {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string
  /** Nearest object key above it, as spelled; empty at the root. */
  readonly key: string
  readonly text: string
  readonly kind: 'string' | 'number'
}

export interface Leaves {
  readonly leaves: readonly Leaf[]
  /** False when a bound was hit: some argument was not looked at, so nothing may be concluded from its absence. */
  readonly complete: boolean
}

/** Most scalars looked at in one call. */
export const LEAF_LIMIT = 10_000
/** Deepest nesting looked at. */
export const LEAF_DEPTH = 64
/** Keys longer than this are data and are judged as such. */
const KEY_LENGTH = 64

interface Branch {
  readonly value: Json
  readonly pointer: string
  readonly key: string
  readonly depth: number
}

/** The leaves of the arguments of a call, which are asked for when it is decided and again when it is taken in, with at most one other in between. */
export function leavesOfArguments(args: JsonObject): Leaves {
  if (newer?.args === args) return newer.leaves
  if (older?.args === args) return older.leaves
  older = newer
  newer = { args, leaves: leavesOf(args) }
  return newer.leaves
}

/** Arguments are immutable. */
interface Looked {
  readonly args: JsonObject
  readonly leaves: Leaves
}
let [newer, older]: readonly (Looked | undefined)[] = []

/**
 * The scalars of a value, shallow ones first so that a flood of deep ones cannot hide the arguments that matter.
 * Iterative: hostile nesting costs no stack.
 */
export function leavesOf(value: Json): Leaves {
  const leaves: Leaf[] = []
  const queue: Branch[] = [{ value, pointer: '', key: '', depth: 0 }]
  let complete = true
  for (let next = 0; next < queue.length; next += 1) {
    const branch = queue[next] as Branch
    if (leaves.length >= LEAF_LIMIT || queue.length > LEAF_LIMIT * 4) return { leaves, complete: false }
    if (typeof branch.value === 'string') leaves.push({ pointer: branch.pointer, key: branch.key, text: branch.value, kind: 'string' })
    else if (typeof branch.value === 'number')
      leaves.push({ pointer: branch.pointer, key: branch.key, text: String(branch.value), kind: 'number' })
    else if (branch.value !== null && typeof branch.value === 'object') {
      if (branch.depth >= LEAF_DEPTH) complete = false
      else if (!pushChildren(branch, queue, leaves)) complete = false
    }
  }
  return { leaves, complete }
}

function pushChildren(branch: Branch, queue: Branch[], leaves: Leaf[]): boolean {
  const depth = branch.depth + 1
  if (Array.isArray(branch.value)) {
    const items = branch.value as readonly Json[]
    const count = Math.min(items.length, LEAF_LIMIT)
    for (let index = 0; index < count; index += 1) {
      queue.push({ value: items[index] ?? null, pointer: `${branch.pointer}/${index}`, key: branch.key, depth })
    }
    return count === items.length
  }
  const object = branch.value as JsonObject
  const keys = Object.keys(object)
  const count = Math.min(keys.length, LEAF_LIMIT)
  for (let index = 0; index < count; index += 1) {
    const key = keys[index] as string
    const pointer = `${branch.pointer}/${escapeKey(key)}`
    if (key.length > KEY_LENGTH) leaves.push({ pointer, key: '', text: key, kind: 'string' })
    queue.push({ value: object[key] ?? null, pointer, key, depth })
  }
  return count === keys.length
}

function escapeKey(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}

/** The same arguments without what these JSON pointers name. Shares everything else. */
export function withoutPointers(args: JsonObject, pointers: readonly string[]): JsonObject {
  let result: Json = args
  for (const pointer of pointers) result = without(result, pointer.split('/').slice(1).map(unescapeKey))
  return result as JsonObject
}

function without(value: Json, path: readonly string[]): Json {
  const [head, ...rest] = path
  if (head === undefined || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const index = Number(head)
    if (rest.length === 0) return value.filter((_, at) => at !== index)
    return value.map((item, at) => (at === index ? without(item, rest) : item))
  }
  const entries: [string, Json][] = []
  for (const [key, item] of Object.entries(value as JsonObject)) {
    if (key !== head) entries.push([key, item])
    else if (rest.length > 0) entries.push([key, without(item, rest)])
  }
  return Object.fromEntries(entries)
}

/** The value a JSON pointer names; own properties only. */
export function valueAt(args: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = args
  for (const key of pointer.split('/').slice(1).map(unescapeKey)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as { readonly [key: string]: Json })[key]
  }
  return value
}

function unescapeKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

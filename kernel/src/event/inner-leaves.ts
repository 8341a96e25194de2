/** What stands inside of arguments that are JSON written as a text: bodies of requests, parameters handed on. */
import type { Json, JsonObject } from './json.ts'
import { type Leaf, leavesOf } from './leaves.ts'

/** Longest text taken apart, most texts of a call, and most scalars of one. */
const [LONGEST, TEXTS, SCALARS] = [65_536, 8, 64]

/** Scalars with the pointer of the text they stand in, which is the only one that means something outside. */
export function innerLeaves(leaves: readonly Leaf[]): readonly Leaf[] {
  let room = TEXTS
  const found: Leaf[] = []
  for (const leaf of leaves) {
    if (leaf.kind !== 'string' || !mayBeJson(leaf.text)) continue
    room -= 1
    if (room < 0) break
    const value = parsed(leaf.text)
    if (typeof value !== 'object' || value === null) continue
    for (const inner of leavesOf(value).leaves.slice(0, SCALARS)) found.push({ ...inner, pointer: leaf.pointer })
  }
  return found
}

/** The object that a text is, if it is one. */
export function parsedObject(text: string): JsonObject | undefined {
  const value = mayBeJson(text) ? parsed(text) : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

function mayBeJson(text: string): boolean {
  if (text.length < 5 || text.length > LONGEST) return false
  const first = text.charCodeAt(0)
  return first === 123 || first === 91 || (first <= 32 && /^\s{1,40}[{[]/.test(text))
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

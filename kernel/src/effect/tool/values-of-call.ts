/** Scalars of a call's arguments by the names of these. */
import type { Leaf } from '../../event/leaves.ts'
import type { UsesOfCall } from './uses-of-call.ts'

export interface Arguments {
  readonly leaves: readonly Leaf[]
  readonly written: UsesOfCall['written']
}

/** Scalars of the first of these arguments that is there, at most 64. */
export function valuesOf(keys: readonly string[], { leaves, written }: Arguments): readonly Leaf[] {
  if (written !== undefined) {
    const inside = firstOf(keys, written.leaves)
    if (inside.length > 0) return inside.map((leaf) => ({ ...leaf, pointer: written.pointer }))
  }
  return firstOf(keys, leaves)
}

function firstOf(keys: readonly string[], leaves: readonly Leaf[]): readonly Leaf[] {
  for (const key of keys) {
    const top = `/${key}`
    const found = leaves.filter((leaf) => (leaf.pointer === top || leaf.pointer.startsWith(`${top}/`)) && leaf.text !== '')
    if (found.length > 0) return found.slice(0, 64)
  }
  return []
}

import type { CompiledRule } from './rule.ts'
import type { RecordValue } from './value.ts'

/** Fewer are asked one by one: looking them up would not be quicker. */
const WORTH_IT = 48

/** Rules by the value that the context must have for them. */
interface Index {
  /** Those that may hold whatever the context says. */
  readonly anywhere: readonly CompiledRule[]
  readonly byAttribute: ReadonlyMap<string, ReadonlyMap<string, readonly CompiledRule[]>>
}

/** The rules of a slice that can speak in this context: all but those whose premise it contradicts. Order means nothing. */
export function rulesFor(slice: readonly CompiledRule[], context: RecordValue): readonly CompiledRule[] {
  if (slice.length < WORTH_IT) return slice
  const { anywhere, byAttribute } = indexOf(slice)
  let found: CompiledRule[] | undefined
  for (const [attribute, byValue] of byAttribute) {
    const value = context[attribute]
    const speaking = typeof value === 'string' ? byValue.get(value) : undefined
    if (speaking !== undefined) (found ??= [...anywhere]).push(...speaking)
  }
  return found ?? anywhere
}

function indexOf(slice: readonly CompiledRule[]): Index {
  let index = INDEXES.get(slice)
  if (index === undefined) {
    index = build(slice)
    INDEXES.set(slice, index)
  }
  return index
}

/** A policy is immutable and asked many thousand times. */
const INDEXES = new WeakMap<readonly CompiledRule[], Index>()

function build(slice: readonly CompiledRule[]): Index {
  const byAttribute = new Map<string, Map<string, CompiledRule[]>>()
  const anywhere: CompiledRule[] = []
  for (const rule of slice) {
    if (rule.premise === undefined) {
      anywhere.push(rule)
      continue
    }
    const { attribute, value } = rule.premise
    const byValue = byAttribute.get(attribute) ?? new Map<string, CompiledRule[]>()
    byAttribute.set(attribute, byValue)
    const speaking = byValue.get(value)
    if (speaking === undefined) byValue.set(value, [rule])
    else speaking.push(rule)
  }
  return { anywhere, byAttribute }
}

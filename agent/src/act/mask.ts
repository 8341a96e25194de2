import type { Json, JsonObject, Obligation } from '@assize/kernel'

type Mask = Extract<Obligation, { kind: 'redact' }>

/** New values of the arguments that have to be masked; `undefined` when one of them is not there as described. */
export function maskedArguments(
  args: JsonObject,
  masks: readonly Mask[],
): readonly { readonly pointer: string; readonly value: string }[] | undefined {
  const byPointer = new Map<string, Mask[]>()
  for (const mask of masks) byPointer.set(mask.arg, [...(byPointer.get(mask.arg) ?? []), mask])
  const edits: { readonly pointer: string; readonly value: string }[] = []
  for (const [pointer, here] of byPointer) {
    const value = valueAt(args, pointer)
    if (typeof value !== 'string') return undefined
    const masked = maskText(value, here)
    if (masked === undefined) return undefined
    edits.push({ pointer, value: masked })
  }
  return edits
}

function maskText(text: string, masks: readonly Mask[]): string | undefined {
  let masked = text
  let before = Number.POSITIVE_INFINITY
  for (const { span, mask } of masks.toSorted((left, right) => right.span[0] - left.span[0])) {
    const [start, end] = span
    if (start < 0 || end < start || end > text.length || end > before) return undefined
    masked = masked.slice(0, start) + mask + masked.slice(end)
    before = start
  }
  return masked
}

/** Follows a JSON pointer; own properties only. */
export function valueAt(args: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = args
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as { readonly [key: string]: Json })[key]
  }
  return value
}

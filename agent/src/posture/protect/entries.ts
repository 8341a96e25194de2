/** Puts hook entries into a configuration, and takes out those that are ours. */
import type { Json } from '@assize/kernel'
import type { FileEntry } from '../../platform/file-plan.ts'
import { canonical, type Change, valueAt } from './edit/change.ts'

/** The changes that put entries in. A member that has this value already is left. */
export function enter(config: Json, entries: readonly FileEntry[]): readonly Change[] {
  return entries.flatMap((entry): readonly Change[] => {
    if (entry.as === 'item') return [{ do: 'append', at: entry.at, value: entry.value }]
    return canonical(valueAt(config, entry.at)) === canonical(entry.value) ? [] : [{ do: 'set', at: entry.at, value: entry.value }]
  })
}

/**
 * The changes that take entries out again, last first. A host may have written its file anew: an item is ours when it holds
 * every text that ours held.
 */
export function withdraw(config: Json, entries: readonly FileEntry[]): readonly Change[] {
  const out: Change[] = []
  for (const entry of entries) {
    const found = valueAt(config, entry.at)
    if (entry.as === 'member') {
      if (canonical(found) === canonical(entry.value) && typeof entry.value === 'object') out.push({ do: 'remove', at: entry.at })
      continue
    }
    if (!Array.isArray(found)) continue
    const wanted = texts(entry.value)
    const ours = found.flatMap((item: Json, index) => (isOurs(item, wanted) ? [index] : []))
    // A list that would be left empty was made by us, or says the same without.
    if (ours.length > 0 && ours.length === found.length) out.push({ do: 'remove', at: entry.at })
    else for (const index of ours.toReversed()) out.push({ do: 'remove', at: [...entry.at, index] })
  }
  return out
}

/** Whether every entry is there. */
export function holds(config: Json, entries: readonly FileEntry[]): boolean {
  return entries.every((entry) => {
    const found = valueAt(config, entry.at)
    if (entry.as === 'member') return canonical(found) === canonical(entry.value)
    return Array.isArray(found) && found.some((item: Json) => isOurs(item, texts(entry.value)))
  })
}

function isOurs(item: Json, wanted: readonly string[]): boolean {
  const said = new Set(texts(item))
  return wanted.every((text) => said.has(text))
}

function texts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((part) => texts(part as Json))
}

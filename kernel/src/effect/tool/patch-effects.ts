import { laterEffects } from '../edit/later-effects.ts'
import { fileEffects } from '../place/place-effects.ts'
import type { Surroundings } from '../place/path.ts'
import type { TracedEffect } from '../traced-effect.ts'

/** Most files told of one patch. */
const FILE_LIMIT = 64

/** The files a patch touches: `*** Update File: p` of coding agents, `+++ b/p` of unified diffs; what goes into each is the lines it adds. */
export function patchEffects(patch: { readonly arg: string; readonly text: string }, at: Surroundings): readonly TracedEffect[] {
  return partsOf(patch.text).flatMap(({ path, access, added, removed }) => {
    const text = added.join('\n').slice(0, 16_384)
    const old = removed.join('\n').slice(0, 16_384)
    const change = { arg: patch.arg, text, ...(old === '' ? {} : { old }) }
    const use = { access, spelling: { arg: patch.arg, text: path }, payload: text === '' ? [] : [change] }
    return [...fileEffects(use, at), ...(access === 'write' && text !== '' ? laterEffects(path, [change], at) : [])]
  })
}

interface Part {
  readonly path: string
  readonly access: 'write' | 'delete'
  readonly added: string[]
  readonly removed: string[]
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = []
  for (const line of text.split('\n')) {
    const found = touched(line)
    if (found !== undefined) {
      if (parts.length >= FILE_LIMIT) break
      parts.push({ ...found, added: [], removed: [] })
    } else if (line.startsWith('+')) parts.at(-1)?.added.push(line.slice(1))
    else if (line.startsWith('-') && !line.startsWith('---')) parts.at(-1)?.removed.push(line.slice(1))
  }
  return parts
}

function touched(line: string): { readonly path: string; readonly access: 'write' | 'delete' } | undefined {
  const headed = /^\*\*\* (Add|Update|Delete|Move) (?:File|to): (.+?)\s*$/.exec(line)
  if (headed !== null) return { path: headed[2] as string, access: headed[1] === 'Delete' ? 'delete' : 'write' }
  const unified = /^\+\+\+ (?:b\/)?([^\t]+?)\s*(?:\t.*)?$/.exec(line)
  if (unified !== null && unified[1] !== '/dev/null') return { path: unified[1] as string, access: 'write' }
  return undefined
}

import { fileEffects } from '../place/place-effects.ts'
import type { Surroundings } from '../place/path.ts'
import type { TracedEffect } from '../traced-effect.ts'

/** Most files told of one patch. */
const FILE_LIMIT = 64

/** The files a patch touches: `*** Update File: p` of coding agents, `+++ b/p` of unified diffs. */
export function patchEffects(patch: { readonly arg: string; readonly text: string }, at: Surroundings): readonly TracedEffect[] {
  const effects: TracedEffect[] = []
  let files = 0
  for (const line of patch.text.split('\n')) {
    const found = touched(line)
    if (found === undefined) continue
    files += 1
    if (files > FILE_LIMIT) break
    const spelling = { arg: patch.arg, text: found.path }
    effects.push(...fileEffects({ access: found.access, spelling, payload: [{ arg: patch.arg, text: patch.text.slice(0, 16_384) }] }, at))
  }
  return effects
}

function touched(line: string): { readonly path: string; readonly access: 'write' | 'delete' } | undefined {
  const headed = /^\*\*\* (Add|Update|Delete|Move) (?:File|to): (.+?)\s*$/.exec(line)
  if (headed !== null) return { path: headed[2] as string, access: headed[1] === 'Delete' ? 'delete' : 'write' }
  const unified = /^\+\+\+ (?:b\/)?([^\t]+?)\s*(?:\t.*)?$/.exec(line)
  if (unified !== null && unified[1] !== '/dev/null') return { path: unified[1] as string, access: 'write' }
  return undefined
}

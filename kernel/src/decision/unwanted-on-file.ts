/** Whether a file is deleted, or changed at all, though what the person said of it was another matter. */
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED } from '../intent/deeds.ts'
import { isLooking } from '../intent/looking.ts'
import type { Traced } from '../provenance/provenance.ts'
import { findWhole } from '../provenance/search.ts'
import type { SessionState } from './situation.ts'

export function isUnwantedOnFile(traced: TracedEffect, targets: readonly Traced[], session: SessionState): boolean {
  const { effect, insideWorkspace } = traced
  const { wishes, evidence } = session
  if ((effect.class !== 'fs.delete' && effect.class !== 'fs.write') || wishes.delegates || wishes.defers) return false
  const named = targets.length > 0 && targets.every((target) => target.named)
  if (effect.class === 'fs.delete') {
    if ((wishes.deeds & DEED.remove) !== 0) return false
    // Whoever names a file for something else does not want it gone; what nobody named has a rule of its own.
    if (named && insideWorkspace !== true) return true
  } else if (named) return false
  // Who only wants to know something wants no file changed, other than those that the session made for it.
  return isLooking(evidence) && !traced.target.some(({ text }) => findWhole(evidence.made, text).length > 0)
}

/** Whether a file is deleted, or changed at all, though what the person said of it was another matter. */
import type { TracedEffect } from '../effect/traced-effect.ts'
import { DEED } from '../intent/deeds.ts'
import { isLooking } from '../intent/looking.ts'
import type { Traced } from '../provenance/provenance.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import type { Situation } from './situation.ts'
import { isAskedWith, isOnlyInSentences } from './told-token.ts'

export function isUnwantedOnFile(traced: TracedEffect, targets: readonly Traced[], { session, reading }: Situation): boolean {
  const { effect, insideWorkspace } = traced
  const { wishes, evidence } = session
  if ((effect.class !== 'fs.delete' && effect.class !== 'fs.write') || wishes.delegates || wishes.defers) return false
  const named = targets.length > 0 && targets.every((target) => target.named)
  if (effect.class === 'fs.delete') {
    if ((wishes.deeds & DEED.remove) !== 0) return false
    // Whoever names a file for something else does not want it gone; what nobody named has a rule of its own.
    if (named && insideWorkspace !== true) return true
    if (!named && isDeletionOfText(traced, evidence)) return true
  } else if (named) return false
  if (!isLooking(evidence) || isOfSession(traced, evidence)) return false
  // Who only wants to know something wants no file changed that is there: what the session makes for it nobody has spoken of.
  const isThere = effect.class === 'fs.delete' || reading.leaves.leaves.some(({ pointer }) => REPLACED.test(pointer))
  return isThere || isSpokenOf(traced, evidence)
}

/** Arguments that say what an edit takes away. */
const REPLACED = /\/(?:old|find|search|before|original)/i

/** Text from outside has its name. */
function isSpokenOf({ target }: TracedEffect, { read }: Evidence): boolean {
  return target.some(({ text }) =>
    [text, nameOf(text)].some(
      (name) => name.length >= NAME && findWhole(read, name).some(({ view: { source } }) => source.integrity === 'untrusted'),
    ),
  )
}

/** The session wrote it, or wrote of it. */
function isOfSession({ target }: TracedEffect, { made }: Evidence): boolean {
  return target.some(({ text }) => [text, nameOf(text)].some((name) => findWhole(made, name).length > 0))
}

/** Only a sentence of outside text speaks of it; in a script, one that asks for something. */
function isDeletionOfText(traced: TracedEffect, evidence: Evidence): boolean {
  const names = traced.target.map(({ text }) => nameOf(text)).filter((name) => name.length >= NAME)
  if (names.length === 0 || isOfSession(traced, evidence)) return false
  return names.some((name) => (traced.payload === undefined ? isOnlyInSentences(name, evidence) : isAskedWith(name, evidence)))
}

const NAME = 4

function nameOf(path: string): string {
  return path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/s, '')
}

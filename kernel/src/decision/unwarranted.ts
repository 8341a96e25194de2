/**
 * Whether a deed has no warrant: in a session that has read what others wrote, neither the person's words nor what they pointed to
 * lead to it. Looks at the deed and at what it is done to, whatever the text may have said.
 */
import type { TracedEffect } from '../effect/traced-effect.ts'
import type { Deeds } from '../intent/deeds.ts'
import type { Traced } from '../provenance/provenance.ts'
import { tellsAccount } from './account-in-message.ts'
import { isAnotherInSlot } from './another-one.ts'
import { isToEverybody } from './beyond-named.ts'
import { isControlHandedOver } from './controls.ts'
import { isLookalike } from './lookalike.ts'
import type { Situation } from './situation.ts'
import type { Tracer } from './tracer.ts'
import { isUntied } from './untied.ts'
import { isUnwantedOnFile } from './unwanted-on-file.ts'

interface About {
  /** The kinds of deed the call is. */
  readonly deeds: Deeds
  readonly situation: Situation
  readonly tracer: Tracer
  readonly targets: readonly Traced[]
  /** The person named whom or what it is done to. */
  readonly settled: boolean
}

export function isUnwarranted(traced: TracedEffect, { situation, tracer, targets, settled, deeds }: About): boolean {
  const { session } = situation
  if (!session.tainted || session.wishes.sentences.length === 0) return false
  return (
    isAnotherInSlot(traced, situation, tracer) ||
    isLookalike(traced, session.evidence) ||
    isToEverybody(traced, situation) ||
    isUnwantedOnFile(traced, targets, situation) ||
    tellsAccount(traced, targets, situation) ||
    isControlHandedOver(traced, situation) ||
    (!settled && isUntied(traced, deeds, { situation, tracer }))
  )
}

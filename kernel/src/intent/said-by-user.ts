/** What the person said, text by text. */
import { rememberedOfLast } from '../effect/place/remembered.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { View } from '../provenance/view.ts'

/** The texts as they were written, and in small letters; the same until the person says more. */
export function saidByUser({ said }: Evidence): readonly View[] {
  return recall(said, undefined)
}

const recall = rememberedOfLast((said: Evidence['said']): readonly View[] => {
  const views: View[] = []
  for (const reach of said)
    for (let index = 0; index < reach.views; index += 1) {
      const view = reach.segment.views[index] as View
      if (view.source.channel === 'user' && view.via === 'verbatim') views.push(view)
    }
  return views
})

/** The way of decisions, outcomes and observations into the journal. */
import type { EntryBody } from '@assize/kernel'
import type { SeenApps } from './normalise/index.ts'
import type { Recorder } from './pipeline.ts'
import type { Journal } from './record/index.ts'

/** Entries that nobody waits for are gathered for so long: one commit then carries many. */
const GATHER_MS = 10
const MOST_GATHERED = 256

/** What nobody waits for is written behind the answer, and always before what comes after it. */
export function journalRecorder(journal: Journal, seen: SeenApps): Recorder & { readonly flush: () => void } {
  const waiting: (() => EntryBody)[] = []
  /** One timer, wound up again: a new one for every batch costs more than a decision. */
  let gathering: NodeJS.Timeout | undefined
  const append = (body: EntryBody) => {
    if (body.kind === 'decision') seen.saw(body.principal.app.name, body.gate, Date.now())
    return journal.append(body)
  }
  const flush = () => {
    for (const make of waiting.splice(0)) append(make())
  }
  return {
    now(body) {
      flush()
      return append(body)
    },
    soon(make) {
      const gathered = waiting.push(make)
      if (gathered === 1) gathering = gathering?.refresh() ?? setTimeout(flush, GATHER_MS)
      else if (gathered === MOST_GATHERED) setImmediate(flush)
    },
    flush,
  }
}

/** Whether work goes to an agent that the person spoke of: `fact_checker` where they said `have the fact checker see`. */
import type { EffectClass } from '../effect/effect.ts'
import { leavesWithin } from '../effect/effects-of.ts'
import { findWhole } from '../provenance/search.ts'
import type { Situation } from './situation.ts'

/** Arguments looked at. What is longer than a name is the task. */
const ARGUMENTS = 8
/** One word, or several as machines join them. */
const NAME = /^(?=.{4,40}$)\p{L}[\p{L}\p{N}]*(?:[_-][\p{L}\p{N}]+){0,4}$/u

export function isNamedWorker(effectClass: EffectClass, { reading, session }: Situation): boolean {
  if (effectClass !== 'agent.delegate') return false
  const { said } = session.evidence
  const spoken = (name: string): boolean => findWhole(said, name).some(({ view }) => view.source.channel === 'user')
  return leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .some(
      ({ kind, text }) => kind === 'string' && NAME.test(text.trim()) && [text.trim(), text.trim().replaceAll(/[_-]/g, ' ')].some(spoken),
    )
}

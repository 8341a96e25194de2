/** What agents are meant to run, read from what was placed where. Plain values in, plain values out. */
import type { ModelPlace, ModelPlacing } from '../../store/index.ts'

/** Hashes of the releases in each place; empty for the model that ships with agents, or none in the shadow. */
export type ModelWish = Readonly<Record<ModelPlace, string>>

export function wishOf(placings: readonly ModelPlacing[]): ModelWish {
  const last = (place: ModelPlace) => placings.findLast((one) => one.place === place)?.hash ?? ''
  return { active: last('active'), shadow: last('shadow') }
}

/**
 * The release that was active before the one that is, seen over earlier roll-backs: what a release restores stands where the
 * restored one stood. Undefined when only the model that ships was.
 */
export function beforeActive(placings: readonly ModelPlacing[], restores: ReadonlyMap<string, string>): string | undefined {
  let history: readonly string[] = []
  for (const { place, hash } of placings) {
    if (place !== 'active') continue
    const origin = restores.get(hash) ?? ''
    const stood = origin === '' ? history.lastIndexOf(hash) : history.findLastIndex((one) => one === origin || restores.get(one) === origin)
    if (hash === '') history = []
    else history = [...(stood >= 0 ? history.slice(0, stood) : history), hash]
  }
  return history.at(-2)
}

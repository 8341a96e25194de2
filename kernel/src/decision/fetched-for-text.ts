/** Whether a call hands out what a sentence of outside text sent the session to fetch: the second half of many a theft, to whomever it goes. */
import { leavesWithin } from '../effect/effects-of.ts'
import type { EffectClass } from '../effect/effect.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { findParts, findWhole, type Hit } from '../provenance/search.ts'
import type { Situation } from './situation.ts'

/** Effects that others get to see. */
const HANDS_OUT: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'message.send',
  'net.egress',
  'code.publish',
  'data.mutate',
  'memory.write',
  'agent.delegate',
  'tool.invoke',
])
/** Arguments looked at, the shortest text that holds something, and the part of its words that makes a copy. */
const ARGUMENTS = 16
const [TEXT, COPIED] = [8, 0.4]
/** Numbers, keys and addresses in a text, which tell as much by themselves; how many are looked for. */
const TELLING = /[\p{L}\p{N}@._+-]{6,80}/gu
const TOKENS = 16

export function handsOutFetched({ effect, retrieval }: TracedEffect, { session, reading }: Situation): boolean {
  if (!HANDS_OUT.has(effect.class) || retrieval === true || session.wishes.delegates) return false
  const { read, said } = session.evidence
  if (!read.some(({ segment, views }) => segment.views.slice(0, views).some(({ source }) => source.pushed === true))) return false
  const fetched = (hits: readonly Hit[]): boolean => hits.length > 0 && hits.every(({ view }) => view.source.pushed === true)
  // Whom it goes to is not what is handed out.
  const targets = new Set(reading.effects.flatMap(({ effect: { arguments: args } }) => args))
  return leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(
      ({ kind, pointer, text }) => kind === 'string' && text.length >= TEXT && !targets.has(pointer) && findWhole(said, text).length === 0,
    )
    .some(({ text }) => {
      if (fetched(findWhole(read, text)) || fetched(findParts(read, text).filter(({ coverage }) => coverage >= COPIED))) return true
      const tokens = (text.match(TELLING) ?? []).map((token) => token.replace(/[._+-]+$/, '')).filter((token) => /\d/.test(token))
      return tokens.slice(0, TOKENS).some((token) => findWhole(said, token).length === 0 && fetched(findWhole(read, token)))
    })
}

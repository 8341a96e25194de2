/** Whether outside text writes out what is done: the verb of the call right before one of its values, as `close=T-7` or `close(T-7)`. */
import { deedsOfVerb } from '../intent/deeds.ts'
import { leavesWithin } from '../effect/effects-of.ts'
import { calledName } from '../effect/tool/dispatcher.ts'
import { wordsOf } from '../effect/tool/tool-inference.ts'
import { findWhole } from '../provenance/search.ts'
import { fold } from '../provenance/words.ts'
import type { Situation } from './situation.ts'

/** Arguments looked for, shortest value that tells something, and how far before it the verb may stand. */
const [ARGUMENTS, VALUE, BEFORE] = [8, 3, 24]
const JOINED = /([\p{L}_.-]{3,24})\s?(?:=|\(|->|=>)\s?["']?$/u

export function isSpelledOut({ session, call, reading }: Situation): boolean {
  const words = wordsOf(calledName(call.tool, call.args))
  const names = new Set([...Object.keys(call.args), ...reading.leaves.leaves.slice(0, ARGUMENTS).map(({ key }) => key)].map(fold))
  const verbs = words.filter((word) => word.length >= 3 && !names.has(word))
  if (verbs.length === 0) return false
  return leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ text }) => text.length >= VALUE && text.length <= 64)
    .some(({ text }) =>
      findWhole(session.evidence.read, text).some(
        ({ view, start, again }) =>
          view.source.integrity === 'untrusted' &&
          [start, ...again].some((at) => isJoined(view.folded.slice(Math.max(0, at - BEFORE), at), verbs)),
      ),
    )
}

/** The word before the value is a verb of the call's, or ends with one: `reship=`, `service.scale(`. */
function isJoined(before: string, verbs: readonly string[]): boolean {
  const word = JOINED.exec(before)?.[1]
  return word !== undefined && verbs.some((verb) => word === verb || (word.endsWith(verb) && (deedsOfVerb(verb) !== 0 || verb.length >= 4)))
}

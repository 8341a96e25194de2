import type { Finding } from '../finding/finding.ts'
import type { Step } from './step.ts'

/** Longest run of different calls that is recognised as one round. */
const LONGEST_ROUND = 4
/** Rounds from which on it is told. */
const TOLD_FROM = 4

export interface Loop {
  /** How often the same has been done now, this call included; 1 when nothing repeats. */
  readonly repeats: number
  /** Calls in one round: 1 for the same call again, 2 for two in turns. */
  readonly round: number
}

/** Whether this call does what was just done, alone or in turns. Linear in the steps looked back on. */
export function loopOf(steps: readonly Step[], current: Step): Loop {
  let best: Loop = { repeats: 1, round: 1 }
  for (let round = 1; round <= LONGEST_ROUND; round += 1) {
    const repeats = 1 + Math.floor(matched(steps, current, round) / round)
    if (repeats > best.repeats) best = { repeats, round }
  }
  return best
}

/** Calls, counted back from the current one, that equal the one a round before them. */
function matched(steps: readonly Step[], current: Step, round: number): number {
  const { length } = steps
  let count = 0
  while (count + round <= length) {
    const later = count === 0 ? current : (steps[length - count] as Step)
    if ((steps[length - count - round] as Step).fingerprint !== later.fingerprint) break
    count += 1
  }
  return count
}

/** The loop as evidence, for the record. */
export function loopFinding({ repeats, round }: Loop): Finding | undefined {
  if (repeats < TOLD_FROM) return undefined
  const detail = round === 1 ? `the same call ${repeats} times in a row` : `the same ${round} calls in turns, ${repeats} times`
  const kind = round === 1 ? 'loop.repeated' : 'loop.alternating'
  return { detector: 'sequence', version: '1', kind, score: 1, where: '', span: [0, 0], detail }
}

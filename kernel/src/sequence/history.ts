/** What a session did lately and in sum, so that rules can speak of several calls together: sequences, loops, budgets. */
import type { CallReading } from '../effect/effects-of.ts'
import { withNewest } from '../event/newest.ts'
import { NOTHING_SPENT, type Spent, spentBy } from './spent.ts'
import type { Step } from './step.ts'

/** Calls that rules can look back on; no window is longer. */
export const STEPS = 64

/** Immutable and bounded. */
export interface History {
  /** Oldest first. */
  readonly steps: readonly Step[]
  /** By calls that were let go. */
  readonly spent: Spent
}

export const NO_HISTORY: History = { steps: [], spent: NOTHING_SPENT }

/** As it will be once this call has been let go. */
export function withCall(history: History, step: Step, reading: CallReading): History {
  return { steps: withNewest(history.steps, step, STEPS), spent: spentBy(history.spent, reading) }
}

/** A call that was stopped did nothing, but that it was tried counts. */
export function withRefusal(history: History, step: Step): History {
  return { ...history, steps: withNewest(history.steps, step, STEPS) }
}

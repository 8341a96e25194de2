import { chanceOf } from '../../harness/chance.ts'
import type { Recording } from '../../replay/recordings.ts'
import type { Family } from './aim.ts'
import { type Carrier, CARRIERS } from './carriers.ts'
import { DEVELOPMENT } from './families-development.ts'
import { HELD } from './families-held.ts'
import { type Planted, planted } from './plant.ts'
import { type Wording, WORDINGS, worded } from './wordings.ts'

export type Half = 'development' | 'held'

export interface Attempt {
  readonly family: Family
  readonly wording: Wording
  readonly carrier: Carrier
  readonly session: Recording
  readonly text: string
  readonly planted: Planted
}

export interface Plan {
  readonly sessions: readonly Recording[]
  readonly half: Half
  readonly seed: string
  /** Attempts per family, wording and carrier. */
  readonly each: number
}

/** Tries at finding a session the text can be planted in. */
const TRIES = 8

/** Every family in every wording by every road, so often, each time in another session and in other words. */
export function* attemptsOf(plan: Plan): Generator<Attempt> {
  for (const family of plan.half === 'held' ? HELD : DEVELOPMENT)
    for (const wording of WORDINGS)
      for (const carrier of CARRIERS)
        for (let index = 0; index < plan.each; index += 1) {
          const attempt = attemptOf({ family, wording, carrier }, plan, `${plan.seed}/${family.name}/${wording}/${carrier}/${index}`)
          if (attempt !== undefined) yield attempt
        }
}

function attemptOf(kind: Pick<Attempt, 'family' | 'wording' | 'carrier'>, plan: Plan, name: string): Attempt | undefined {
  const chance = chanceOf(name)
  for (let tried = 0; tried < TRIES; tried += 1) {
    const session = chance.pick(plan.sessions)
    const aim = kind.family.make(chance)
    const text = worded(aim, kind.wording, chance)
    const found = planted(session, { aim, carrier: kind.carrier, text }, chance)
    if (found !== undefined) return { ...kind, session, text, planted: found }
  }
  return undefined
}

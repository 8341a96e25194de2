import type { TextKind } from '../bundle/card.ts'

/** Scores are counted in this many equal bins from 0 to 1. */
export const BINS = 10
/** Texts before anything is said about drift. */
const LEAST_TEXTS = 500
/** A population stability index above this means that the texts here are not those the model was measured on. */
const DRIFTED = 0.25

export type ScoreCounts = readonly number[]

/** How scores of each channel are distributed here. */
export class ScoreTally {
  readonly #counts = new Map<TextKind | 'unknown', number[]>()

  add(kind: TextKind | undefined, score: number): void {
    const channel = kind ?? 'unknown'
    const counts = this.#counts.get(channel) ?? Array.from({ length: BINS }, () => 0)
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(score * BINS)))
    counts[bin] = (counts[bin] ?? 0) + 1
    this.#counts.set(channel, counts)
  }

  counts(): ReadonlyMap<TextKind | 'unknown', ScoreCounts> {
    return this.#counts
  }

  /** Channels whose scores are distributed otherwise than `expected` says, with their index. */
  drifted(expected: Readonly<Partial<Record<TextKind | 'unknown', ScoreCounts>>>): ReadonlyMap<TextKind | 'unknown', number> {
    const found = new Map<TextKind | 'unknown', number>()
    for (const [channel, counts] of this.#counts) {
      const reference = expected[channel]
      if (reference === undefined || sum(counts) < LEAST_TEXTS) continue
      const index = stabilityIndex(reference, counts)
      if (index > DRIFTED) found.set(channel, index)
    }
    return found
  }
}

/** Population stability index of two distributions over the same bins; 0 when they are the same. */
export function stabilityIndex(expected: ScoreCounts, seen: ScoreCounts): number {
  const share = (counts: ScoreCounts, bin: number) => ((counts[bin] ?? 0) + 0.5) / (sum(counts) + 0.5 * BINS)
  return Array.from({ length: BINS }, (_, bin) => bin).reduce((total, bin) => {
    const [was, is] = [share(expected, bin), share(seen, bin)]
    return total + (is - was) * Math.log(is / was)
  }, 0)
}

function sum(counts: ScoreCounts): number {
  return counts.reduce((total, count) => total + count, 0)
}

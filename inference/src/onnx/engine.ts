import type { ModelBundle } from '../bundle/check-bundle.ts'
import type { ModelCard } from '../bundle/card.ts'
import type { Classification, ClassifierText } from '../port.ts'

/** What a model said of a text, before calibration. */
export interface RawScores {
  /** One per head: the highest of all windows. */
  readonly logits: readonly number[]
  readonly spans: readonly RawSpan[]
  readonly cut: boolean
}

export interface RawSpan {
  readonly head: number
  readonly start: number
  readonly end: number
  readonly logit: number
}

/** A loaded model. */
export interface Engine {
  readonly card: ModelCard
  /** Stops between two batches once `cancelled` says so, and answers undefined. */
  score(texts: readonly ClassifierText[], cancelled: () => boolean): Promise<readonly RawScores[] | undefined>
  release(): Promise<void>
}

/** The model gave something that is no number. */
export class NotANumber extends Error {}

export type LoadEngine = (bundle: ModelBundle) => Promise<Engine>

const MOST_SPANS = 8

/** Scores from logits, by the card's calibration for the channel. Throws a `NotANumber`. */
export function calibrated(card: ModelCard, raw: RawScores, kind: ClassifierText['kind']): Classification {
  if (!raw.logits.every(Number.isFinite)) throw new NotANumber('the model gave something that is no number')
  const channel = card.channels[kind ?? 'unknown'] ?? card.channels.unknown ?? {}
  const scored = card.heads.flatMap((head, index) => {
    const calibration = channel[head]
    return calibration === undefined ? [] : [{ head, index, calibration, score: scoreOf(raw.logits[index] ?? 0, calibration) }]
  })
  const injection = Math.max(0, ...scored.map(({ score }) => score))
  const spans = scored
    .filter(({ score }) => score >= 0.5)
    .flatMap(({ head, index, calibration }) =>
      raw.spans
        .filter((span) => span.head === index)
        .map(({ start, end, logit }) => ({ head, start, end, score: rounded(scoreOf(logit, calibration)) })),
    )
    .sort((left, right) => right.score - left.score)
    .slice(0, MOST_SPANS)
  return {
    injection: rounded(injection),
    heads: Object.fromEntries(scored.map(({ head, score }) => [head, rounded(score)])),
    spans,
    cut: raw.cut,
  }
}

function scoreOf(logit: number, { slope, bias }: { readonly slope: number; readonly bias: number }): number {
  return 1 / (1 + Math.exp(-(slope * logit + bias)))
}

function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000
}

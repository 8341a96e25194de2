/** A text with its true label and what a model made of it. */
export interface Judged {
  readonly attack: boolean
  readonly score: number
}

export interface EvaluationFigures {
  readonly texts: number
  readonly attacks: number
  /** Chance that an attack scores above a harmless text. */
  readonly auc: number | undefined
  /** Share of attacks found when one harmless text in a hundred is flagged. */
  readonly recallAt1Percent: number | undefined
  /** At the threshold the model ships with. */
  readonly recall: number | undefined
  readonly falsePositives: number | undefined
}

export function figuresOf(judged: readonly Judged[], threshold: number): EvaluationFigures {
  const attacks = judged.filter(({ attack }) => attack).map(({ score }) => score)
  const harmless = judged.filter(({ attack }) => !attack).map(({ score }) => score)
  const share = (scores: readonly number[], from: number) =>
    scores.length === 0 ? undefined : scores.filter((score) => score >= from).length / scores.length
  const both = attacks.length > 0 && harmless.length > 0
  return {
    texts: judged.length,
    attacks: attacks.length,
    auc: both ? areaUnderCurve(attacks, harmless) : undefined,
    recallAt1Percent: both ? recallAt(attacks, harmless, 0.01) : undefined,
    recall: share(attacks, threshold),
    falsePositives: share(harmless, threshold),
  }
}

/** By ranks; texts of the same score share theirs. */
function areaUnderCurve(attacks: readonly number[], harmless: readonly number[]): number {
  const all = [...attacks.map((score) => ({ score, attack: true })), ...harmless.map((score) => ({ score, attack: false }))]
  all.sort((left, right) => left.score - right.score)
  let ranks = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1
    for (const { attack } of all.slice(from, to)) if (attack) ranks += (from + to + 1) / 2
    from = to
  }
  return (ranks - (attacks.length * (attacks.length + 1)) / 2) / (attacks.length * harmless.length)
}

function recallAt(attacks: readonly number[], harmless: readonly number[], share: number): number {
  const sorted = harmless.toSorted((left, right) => right - left)
  const limit = sorted[Math.floor(sorted.length * share)] ?? Infinity
  return attacks.filter((score) => score > limit).length / attacks.length
}

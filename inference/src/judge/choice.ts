/** Tokens of the two answers, up to where they part. */
export interface Parting {
  readonly shared: readonly number[]
  readonly serves: number
  readonly strays: number
}

/** Answers may begin with the same token, so whole sequences are compared. Nothing when they are the same or one holds the other. */
export function partingOf(serves: readonly number[], strays: readonly number[]): Parting | undefined {
  const at = serves.findIndex((token, index) => token !== strays[index])
  const [left, right] = [serves[at], strays[at]]
  return left === undefined || right === undefined ? undefined : { shared: serves.slice(0, at), serves: left, strays: right }
}

/** Probability of the first of two answers, when it has to be one of them. Nothing when the model gives neither any chance. */
export function probabilityOf(parting: Parting, probabilities: ReadonlyMap<number, number>): number | undefined {
  const [serves, strays] = [probabilities.get(parting.serves) ?? 0, probabilities.get(parting.strays) ?? 0]
  const sum = serves + strays
  return Number.isFinite(sum) && sum > 0 ? serves / sum : undefined
}

/** The tokens that follow `before` in `whole`: how a word is cut into tokens depends on what stands before it. Empty when it is cut otherwise. */
export function continuationOf(before: readonly number[], whole: readonly number[]): readonly number[] {
  return before.every((token, index) => token === whole[index]) ? whole.slice(before.length) : []
}

import type { Approval } from '../../api/types.ts'

type Waiting = Pick<Approval, 'id' | 'expiresAt'>

/** Waiting questions in the order in which their time runs out. */
export function lineUp<Question extends Waiting>(waiting: readonly Question[]): readonly Question[] {
  return waiting.toSorted((left, right) => Date.parse(left.expiresAt) - Date.parse(right.expiresAt))
}

/** The question to show: the one that was chosen, else the one that is shown already, so that none slips under a person's finger. */
export function shown<Question extends Waiting>(
  waiting: readonly Question[],
  { chosen, held }: { readonly chosen: string | undefined; readonly held: string | undefined },
): Question | undefined {
  return waiting.find(({ id }) => id === chosen) ?? waiting.find(({ id }) => id === held) ?? waiting[0]
}

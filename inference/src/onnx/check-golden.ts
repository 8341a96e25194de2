import type { GoldenVector } from '../bundle/card.ts'
import { type ModelRefusal, refuseModel } from '../bundle/check-bundle.ts'
import { wordsOf } from '../text/words.ts'
import type { Engine } from './engine.ts'

/** Whether the model says here what it said where it was made, and reads words as it did there. */
export async function checkGolden(engine: Engine, golden: readonly GoldenVector[]): Promise<ModelRefusal | undefined> {
  for (const [index, vector] of golden.entries()) {
    const misread = vector.words === undefined ? undefined : misreading(vector.text, vector.words)
    if (misread !== undefined) return refuseModel('failed-golden', `golden vector ${index + 1} is read otherwise here (${misread})`)
    const [raw] = (await engine.score([{ text: vector.text, kind: vector.kind }], () => false)) ?? []
    const furthest = vector.logits.reduce((most, logit, head) => {
      const off = Math.abs((raw?.logits[head] ?? Number.NaN) - logit)
      return Number.isNaN(off) ? Infinity : Math.max(most, off)
    }, 0)
    const allowed = engine.card.golden.tolerance * Math.max(1, ...vector.logits.map(Math.abs))
    if (furthest > allowed)
      return refuseModel('failed-golden', `golden vector ${index + 1} gives scores ${furthest.toFixed(3)} away from what its maker saw`)
  }
  return undefined
}

function misreading(text: string, expected: readonly string[]): string | undefined {
  const words = wordsOf(text, expected.length + 1)
  const at = Array.from({ length: Math.max(words.length, expected.length) }, (_, index) => index).find(
    (index) => words[index]?.text !== expected[index],
  )
  return at === undefined
    ? undefined
    : `word ${at + 1} is ${JSON.stringify(words[at]?.text ?? '')} instead of ${JSON.stringify(expected[at] ?? '')}`
}

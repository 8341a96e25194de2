/** Sees the words that stand where a secret was masked: whoever writes them into a file puts them in the place of the secret. */
import { type Detector, LOOKED_AT } from '../../finding/detector.ts'

/** Kinds of secrets have names of several words, all but one. */
const MASK = /\[(?:[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,6}|password) removed\]/g

/** Most masks looked for. */
const MASKS = 32

export const maskAsValue: Detector = {
  name: 'mask-as-value',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text' || !subject.text.includes(' removed]')) return []
    const text = subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text
    const found = []
    for (const { index, 0: mask } of text.matchAll(MASK)) {
      found.push({
        detector: 'mask-as-value',
        version: '1',
        kind: 'text.mask',
        score: 0.9,
        where: subject.where,
        span: [index, index + mask.length] as const,
        detail: `${mask} stands where a secret was masked`,
      })
      if (found.length >= MASKS) break
    }
    return found
  },
}

/** Sees words whose letters come from different scripts so that they pass for other words. */
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'
import { latinOf, STRANGE } from '../../finding/look-alikes.ts'

const WORD = /[\p{L}\p{M}\p{N}]{3,64}/gu
/** Most words looked at. */
const WORDS = 65_536

export const confusableText: Detector = {
  name: 'confusable-text',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text') return []
    const text = subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text
    if (!STRANGE.test(text)) return []
    let first: readonly [number, number] | undefined
    let [count, looked] = [0, 0]
    for (const match of text.matchAll(WORD)) {
      looked += 1
      if (looked > WORDS) break
      if (!isMixed(match[0])) continue
      count += 1
      first ??= [match.index, match.index + match[0].length]
    }
    if (first === undefined) return []
    const detail =
      count === 1
        ? 'a word of Latin letters and others that look like them'
        : `${count} words of Latin letters and others that look like them`
    return [
      {
        detector: 'confusable-text',
        version: '1',
        kind: 'text.confusable-characters',
        score: 0.85,
        where: subject.where,
        span: first,
        detail,
      },
    ]
  },
}

/** At least two Latin letters, a look-alike of another script, and no letter of that script that could be nothing else. */
function isMixed(word: string): boolean {
  let [latin, alike] = [0, 0]
  for (const character of word) {
    // Turkish and phonetic letters are Latin ones.
    if (/\p{Script=Latin}/u.test(character)) latin += 1
    else if (latinOf(character) !== undefined) alike += 1
    else if (/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(character)) return false
  }
  return alike > 0 && latin >= 2
}

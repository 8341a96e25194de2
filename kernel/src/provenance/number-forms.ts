/** Other spellings of a number: calls hold `1500` and `24.5` where texts say `1,500` and `24,50`. */

import { remembered } from '../effect/place/remembered.ts'

/** From here on thousands are set apart. */
const GROUPED_FROM = 4
const PLAIN = /^(\d{1,12})(?:\.(\d{1,6}))?$/

/** None of what is no plain number, and of small whole ones, which are written in one way only. */
export function numberForms(text: string): readonly string[] {
  const first = text.charCodeAt(0)
  return first >= 48 && first <= 57 && text.length <= 20 ? recall(text, () => spelled(text)) : NONE
}

const NONE: readonly string[] = []
const recall = remembered<readonly string[]>()

function spelled(text: string): readonly string[] {
  const [, whole = '', decimals] = PLAIN.exec(text) ?? []
  // What begins with a nought is a code; what is longer than any sum is an id.
  if (whole === '' || (whole.length > 1 && whole.startsWith('0')) || (decimals === undefined && whole.length < GROUPED_FROM)) return []
  const groups = whole.length < GROUPED_FROM ? [] : [',', '.', ' ', "'"].map((mark) => ({ mark, text: grouped(whole, mark) }))
  const ends = decimals === undefined ? ['', '00'] : [decimals, decimals.padEnd(2, '0')]
  const forms = new Set<string>()
  for (const end of ends) {
    for (const point of end === '' ? [''] : ['.', ',']) {
      forms.add(`${whole}${point}${end}`)
      for (const group of groups) if (group.mark !== point) forms.add(`${group.text}${point}${end}`)
    }
  }
  forms.delete(text)
  return [...forms]
}

function grouped(digits: string, mark: string): string {
  const parts: string[] = []
  for (let end = digits.length; end > 0; end -= 3) parts.unshift(digits.slice(Math.max(0, end - 3), end))
  return parts.join(mark)
}

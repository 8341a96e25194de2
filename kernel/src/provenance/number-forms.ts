/** Other spellings of a number: calls hold `1500` and `24.5` where texts say `1,500` and `24,50`. */

import { remembered } from '../effect/place/remembered.ts'

/** From here on thousands are set apart. */
const GROUPED_FROM = 4
const PLAIN = /^(\d{1,12})(?:\.(\d{1,6}))?$/

/** None of what is no plain number, and of small whole ones, which are written in one way only. */
export function numberForms(text: string): readonly string[] {
  const first = text.charCodeAt(0)
  if (text.length > 24 || !((first >= 48 && first <= 57) || first === 43)) return NONE
  return recall(text, () => [...spelled(text), ...telephoneForms(text)])
}

/** Numbers to call are written in groups of any size: `07705554410` where texts say `0770 555 4410`. */
const TELEPHONE = /^[+0][\d ()/.-]{7,20}\d$/
const [DIGITS_FROM, DIGITS_TO] = [8, 14]
const [GROUPS, FORMS] = [4, 96]

function telephoneForms(text: string): readonly string[] {
  if (!TELEPHONE.test(text)) return NONE
  const dense = text.replaceAll(/[^\d+]/g, '')
  if (dense.length < DIGITS_FROM || dense.length > DIGITS_TO) return NONE
  const forms = new Set<string>([dense])
  for (const groups of groupsOf(dense, GROUPS)) for (const mark of [' ', '-']) if (forms.size < FORMS) forms.add(groups.join(mark))
  forms.delete(text)
  return [...forms]
}

function groupsOf(digits: string, most: number): readonly (readonly string[])[] {
  const own = digits.length <= 8 ? [[digits]] : []
  if (most === 1) return own
  const split = [2, 3, 4, 5].filter((size) => digits.length - size >= 2)
  return [...own, ...split.flatMap((size) => groupsOf(digits.slice(size), most - 1).map((rest) => [digits.slice(0, size), ...rest]))]
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

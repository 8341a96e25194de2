import { isDigit } from './characters.ts'

/** Digits with at most one separator between each two. */
export interface DigitRun {
  readonly start: number
  readonly end: number
  readonly raw: string
  readonly digits: string
}

/** Most digits of one number, most groups they are written in, and most of these of one digit. */
export const DIGITS = 19
const GROUPS = 8
const SINGLES = 2
/** Fewer name nobody. */
const LEAST = 7

/**
 * The numbers that may begin at a digit, the longest first. Other numbers may follow on one, as a date does on a card: so
 * the first four groups, three, and the first are looked at as well.
 */
export function digitRunsAt(text: string, start: number): readonly DigitRun[] {
  if (!isEnough(text, start)) return NONE
  const ends = groupEnds(text, start)
  const runs: DigitRun[] = []
  for (const groups of [ends.length, 4, 3, 1]) {
    const end = ends[groups - 1]
    if (end === undefined || end - start < LEAST || runs.some((run) => run.end === end)) continue
    const run = runOf(text, start, end)
    if (run.digits.length >= LEAST && run.digits.length <= DIGITS) runs.push(run)
  }
  return runs
}

const NONE: readonly DigitRun[] = []

/** Most digits stand in shorter numbers: told without making anything. */
function isEnough(text: string, start: number): boolean {
  let [count, gap] = [0, 0]
  for (let at = start; count < LEAST && gap < 2; at += 1) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) {
      count += 1
      gap = 0
    } else if (isSeparator(code)) gap += code === 41 ? 0.5 : 1
    else return false
  }
  return count >= LEAST
}

function groupEnds(text: string, start: number): readonly number[] {
  const ends: number[] = []
  let singles = 0
  for (let at: number | undefined = start; at !== undefined && ends.length < GROUPS; ) {
    let end: number = at
    while (isDigit(text.charCodeAt(end)) && end - start < DIGITS * 2) end += 1
    singles += end - at === 1 ? 1 : 0
    if (singles > SINGLES || end - start >= DIGITS * 2) break
    ends.push(end)
    at = afterSeparator(text, end)
  }
  return ends
}

function runOf(text: string, start: number, end: number): DigitRun {
  const raw = text.slice(start, end)
  return { start, end, raw, digits: raw.replace(/\D/g, '') }
}

/** Where digits go on after one separator, or after a closing bracket and a blank. */
function afterSeparator(text: string, at: number): number | undefined {
  const code = text.charCodeAt(at)
  if (!isSeparator(code)) return undefined
  if (isDigit(text.charCodeAt(at + 1))) return at + 1
  return code === 41 && text[at + 1] === ' ' && isDigit(text.charCodeAt(at + 2)) ? at + 2 : undefined
}

/** Blank, no-break blank, `-`, `.`, `/`, `)`. */
function isSeparator(code: number): boolean {
  return code === 32 || code === 160 || (code >= 45 && code <= 47) || code === 41
}

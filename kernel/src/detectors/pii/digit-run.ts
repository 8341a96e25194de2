import { isDigit } from './characters.ts'

/** Digits with at most one separator between each two. */
export interface DigitRun {
  readonly start: number
  readonly end: number
  readonly raw: string
  readonly digits: string
}

/** Most digits of one number. */
export const DIGITS = 24
/** Fewer name nobody. */
const LEAST = 7

/** The run that begins at a digit; `digits` is empty for one too short to be looked at. */
export function digitRunAt(text: string, start: number): DigitRun {
  let [end, count] = [start, 0]
  while (count < DIGITS) {
    const code = text.charCodeAt(end)
    if (isDigit(code)) count += 1
    // One separator, or a closing bracket and a blank.
    else if (
      !isSeparator(code) ||
      !(isDigit(text.charCodeAt(end + 1)) || (code === 41 && text[end + 1] === ' ' && isDigit(text.charCodeAt(end + 2))))
    )
      break
    end += code === 41 && text[end + 1] === ' ' ? 2 : 1
  }
  const raw = count < LEAST ? '' : text.slice(start, end)
  return { start, end, raw, digits: raw.length === count ? raw : raw.replace(/\D/g, '') }
}

/** Blank, no-break blank, `-`, `.`, `/`, `)`. */
function isSeparator(code: number): boolean {
  return code === 32 || code === 160 || (code >= 45 && code <= 47) || code === 41
}

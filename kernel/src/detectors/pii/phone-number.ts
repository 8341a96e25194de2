import type { DigitRun } from './digit-run.ts'
import { type Found, isNear, type Looked } from './found.ts'

/** Country codes of ITU-T E.164: one, two or three digits. */
const COUNTRY =
  /^(?:1|7|2(?:0|7|1[1-368]|[2346]\d|5[0-8]|9[0-9])|3(?:[0-469]|5\d|7\d|8[0-35-79])|4(?:[013-9]|2[013])|5(?:[1-8]|0\d|9\d)|6(?:[0-6]|7[0-9]|8\d|9[0-2])|8(?:[1246]|5\d|8[0-8])|9(?:[0-58]|6\d|7\d|9[2-68]))/
const NAME = /\b(?:tel|phone|mobil|cell|fax|call|sms|whatsapp|handy|rufnummer|t[ée]l[ée]phone|movil|m[óo]vil)/i
const AMERICAN = /^(?:1[ .-])?(?:\(?[2-9]\d{2}\)[ .-]?|[2-9]\d{2}[.-])[2-9]\d{2}[ .-]\d{4}$/

/** A telephone number: international with a country code that exists, American as it is written there, or any that is called one. */
export function phoneNumber(looked: Looked, { start, end, raw, digits }: DigitRun): Found | undefined {
  const { text } = looked
  const found = (score: number, from: number): Found => ({
    kind: 'pii.phone-number',
    score,
    span: [from, end],
    detail: 'a telephone number',
  })
  if (text[start - 1] === '+' || (text[start - 1] === '(' && text[start - 2] === '+')) {
    if (digits.length < 8 || digits.length > 15 || !COUNTRY.test(digits) || /[/]/.test(raw)) return undefined
    const from = text.lastIndexOf('+', start)
    // A sum, not a number to call.
    if (/[\w)\]]/.test(text[from - 1] ?? ' ') || /^\d+\.\d+$/.test(raw)) return undefined
    return digits.startsWith('1') ? american(digits.slice(1), (score) => found(score, from)) : found(0.85, from)
  }
  const opened = text[start - 1] === '(' ? start - 1 : start
  if ((digits.length === 10 || digits.length === 11) && AMERICAN.test(text.slice(opened, end)))
    return american(digits.slice(-10), (score) => found(isNear(looked, start, NAME) ? Math.max(score, 0.9) : score, opened))
  const named = digits.length >= 8 && digits.length <= 13 && /^0[1-9]/.test(digits) && !/[.]/.test(raw) && isNear(looked, start, NAME)
  return named ? found(0.85, opened) : undefined
}

/** Area and exchange never begin with 0 or 1; 555-0100 to 0199 belong to fiction. */
function american(digits: string, found: (score: number) => Found): Found | undefined {
  if (digits.length !== 10 || !/^[2-9]\d{2}[2-9]\d{6}$/.test(digits) || /^\d11|^\d{3}\d11/.test(digits)) return undefined
  return found(/^\d{3}55501/.test(digits) ? 0.5 : 0.85)
}

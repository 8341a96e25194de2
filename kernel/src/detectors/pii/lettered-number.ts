import { isCapital, isDigit, isWordPart } from './characters.ts'
import type { Found, Looked } from './found.ts'
import { isNear } from './found.ts'
import { type LetteredKind, LETTERED_KINDS } from './lettered.ts'
import { ibanLength, isIban } from './accounts.ts'

/** Most letters before the first digit of a number. */
const LEAD = 6

/** The number with letters whose first digits stand at `at`. */
export function letteredNumberAt(looked: Looked, at: number): Found | undefined {
  const { text } = looked
  // Between letters and digits people may leave a blank or a hyphen.
  const gap = at > 0 && (text[at - 1] === ' ' || text[at - 1] === '-') ? 1 : 0
  let start = at - gap
  while (at - gap - start < LEAD && start > 0 && isCapital(text.charCodeAt(start - 1))) start -= 1
  const lead = at - gap - start
  if (lead > 0 && !(start > 0 && isWordPart(text.charCodeAt(start - 1)))) {
    const found = (lead === 2 ? ibanAt(text, start) : undefined) ?? kindAt(looked, start, lead)
    if (found !== undefined) return found
  }
  return (gap === 1 || lead === 0) && DIGITS_FIRST.has(digitsFrom(text, at)) ? kindAt(looked, at, 0) : undefined
}

/** How many digits those kinds begin with that begin with digits. */
const DIGITS_FIRST = new Set([6, 7, 8, 17])

function digitsFrom(text: string, at: number): number {
  let end = at
  while (end - at < 18 && isDigit(text.charCodeAt(end))) end += 1
  return end - at
}

const BY_LEAD: readonly (readonly LetteredKind[])[] = Array.from({ length: LEAD + 1 }, (_, lead) =>
  LETTERED_KINDS.filter(({ before }) => before === lead),
)

function kindAt(looked: Looked, start: number, lead: number): Found | undefined {
  for (const kind of BY_LEAD[lead] ?? []) {
    kind.pattern.lastIndex = start
    const raw = kind.pattern.exec(looked.text)?.[0]
    if (raw !== undefined && holds(kind, raw, { looked, start }))
      return { kind: kind.kind, score: 0.9, span: [start, start + raw.length], detail: kind.what }
  }
  return undefined
}

function holds(kind: LetteredKind, raw: string, at: { readonly looked: Looked; readonly start: number }): boolean {
  // Only the Finnish sign says a century.
  const dense = kind.signed === true ? raw : raw.replace(/[ -]/g, '')
  return kind.check(dense) && (kind.near === undefined || isNear(at.looked, at.start, kind.near))
}

/** Country, two check digits, and as many characters as the country has, in groups or not. */
function ibanAt(text: string, start: number): Found | undefined {
  const length = ibanLength(text.slice(start, start + 2))
  if (length === undefined || !isDigit(text.charCodeAt(start + 2)) || !isDigit(text.charCodeAt(start + 3))) return undefined
  let [end, dense] = [start, '']
  while (dense.length < length && end < text.length) {
    const code = text.charCodeAt(end)
    if (isDigit(code) || isCapital(code)) dense += text[end]
    else if ((code !== 32 && code !== 160 && code !== 45) || !isWordPart(text.charCodeAt(end + 1))) return undefined
    end += 1
  }
  if (isWordPart(text.charCodeAt(end)) || !isIban(dense)) return undefined
  return { kind: 'pii.bank-account', score: 0.98, span: [start, end], detail: `a bank account number (IBAN) of ${dense.slice(0, 2)}` }
}

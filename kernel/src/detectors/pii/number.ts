import { cardNetwork } from './accounts.ts'
import { isWordPart } from './characters.ts'
import { luhn } from './checksums.ts'
import { DIGITS, type DigitRun } from './digit-run.ts'
import type { Found, Looked } from './found.ts'
import { isNear } from './found.ts'
import { NUMBER_KINDS, type NumberKind } from './number-kinds.ts'
import { phoneNumber } from './phone-number.ts'

/** What the first of the runs is the number of that is one. */
export function numberIn(looked: Looked, runs: readonly DigitRun[]): Found | undefined {
  for (const run of runs) {
    const found = isWordPart(looked.text.charCodeAt(run.end)) ? undefined : numberOf(looked, run)
    if (found !== undefined) return found
  }
  return undefined
}

function numberOf(looked: Looked, run: DigitRun): Found | undefined {
  const [personal, phone] = [paymentCard(looked, run) ?? personalNumber(looked, run), phoneNumber(looked, run)]
  return personal === undefined || (phone !== undefined && phone.score > personal.score) ? phone : personal
}

/** Part of a longer name: `a-4111…`, `/v2/123…`, `0.4111…`. */
export function isJoined(text: string, start: number): boolean {
  if (start === 0) return false
  const before = text.charCodeAt(start - 1)
  if (isWordPart(before)) return true
  return (before === 45 || before === 46 || before === 47) && isWordPart(text.charCodeAt(start - 2))
}

const CARD = /\b(?:cards?|visa|master|amex|american express|credit|debit|pan|cc|payment|karte|carte|tarjeta|carta)/i
const GROUPED = /^(?:\d{4}([ \u00A0-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ \u00A0-])\d{6}\2\d{4,5})$/

function paymentCard(looked: Looked, { start, end, raw, digits }: DigitRun): Found | undefined {
  if (digits.length < 12 || digits.length > 19 || !luhn(digits) || /^(\d)\1+$/.test(digits)) return undefined
  const grouped = GROUPED.test(raw)
  if (!grouped && raw.length !== digits.length) return undefined
  const network = cardNetwork(digits)
  if (network === undefined) return undefined
  const score = isNear(looked, start, CARD) ? 0.98 : grouped ? 0.95 : 0.6
  return { kind: 'pii.payment-card', score, span: [start, end], detail: `a ${network} card number` }
}

const BY_LENGTH: readonly (readonly NumberKind[])[] = Array.from({ length: DIGITS + 1 }, (_, length) =>
  NUMBER_KINDS.filter(({ digits }) => digits === length),
)

function personalNumber(looked: Looked, { start, end, raw, digits }: DigitRun): Found | undefined {
  let best: Found | undefined
  for (const kind of BY_LENGTH[digits.length] ?? []) {
    if (!kind.check(digits)) continue
    const written = kind.written?.test(raw) === true
    const plain = raw.length === digits.length || /^\d+(?:[ -]\d+)*$/.test(raw)
    if (!written && !plain) continue
    const score = isNear(looked, start, kind.near) ? 0.95 : written ? 0.85 : raw.length === digits.length ? (kind.alone ?? 0) : 0
    if (score > (best?.score ?? 0)) best = { kind: kind.kind, score, span: [start, end], detail: kind.what }
  }
  return best
}

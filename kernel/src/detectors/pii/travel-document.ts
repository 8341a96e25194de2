import type { Found } from './found.ts'

/** ICAO 9303: the two or three lines at the foot of passports and identity cards. */
const BREAK = '(?:\\r?\\n|\\\\n|\\\\r\\\\n| )'
const PASSPORT = new RegExp(
  `P[A-Z<][A-Z<]{42}${BREAK}([A-Z0-9<]{9})([0-9])[A-Z<]{3}(\\d{6})(\\d)[MFX<](\\d{6})(\\d)[A-Z0-9<]{14}[0-9<]{2}`,
  'y',
)
const CARD = new RegExp(
  `[IAC][A-Z<][A-Z<]{3}([A-Z0-9<]{9})([0-9<])[A-Z0-9<]{15}${BREAK}(\\d{6})(\\d)[MFX<](\\d{6})(\\d)[A-Z<]{3}[A-Z0-9<]{11}\\d`,
  'y',
)

/** The document whose first `<` stands at `at`: its second letter, or shortly after its country. */
export function travelDocumentAt(text: string, at: number): Found | undefined {
  for (const [pattern, lead] of [
    [PASSPORT, 1],
    [CARD, 1],
    [PASSPORT, 4],
  ] as const) {
    if (at < lead) continue
    pattern.lastIndex = at - lead
    const match = pattern.exec(text)
    if (match === null) continue
    const [number, birth, expiry] = [match.slice(1, 3), match.slice(3, 5), match.slice(5, 7)] as [string[], string[], string[]]
    if (![number, birth, expiry].every(([value, check]) => checkDigit(value ?? '') === check)) continue
    return {
      kind: 'pii.travel-document',
      score: 0.98,
      span: [at - lead, at - lead + match[0].length],
      detail: 'the machine-readable lines of a travel document',
    }
  }
  return undefined
}

function checkDigit(field: string): string {
  let sum = 0
  for (let at = 0; at < field.length; at += 1) {
    const code = field.charCodeAt(at)
    const value = code === 60 ? 0 : code <= 57 ? code - 48 : code - 55
    sum += value * ([7, 3, 1][at % 3] as number)
  }
  return String(sum % 10)
}

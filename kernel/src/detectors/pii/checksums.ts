/** Check digits of numbers that people and accounts are known by. Each takes digits only, unless it says otherwise. */

/** Weighted sum of the leading digits. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * digitAt(digits, at), 0)
}

export function digitAt(digits: string, at: number): number {
  return digits.charCodeAt(at) - 48
}

/** ISO/IEC 7812: payment cards, and several countries' numbers. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digitAt(digits, digits.length - 1 - at)
    const doubled = at % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** ISO 7064, 97-10, over digits and capital letters, as in an IBAN that has its first four characters at its end. */
export function mod97(text: string): number {
  let rest = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    rest = code <= 57 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97
  }
  return rest
}

/** ISO 7064, 11-10: German tax numbers, Croatian OIB. */
export function mod11of10(digits: string): boolean {
  let product = 10
  for (let at = 0; at < digits.length - 1; at += 1) {
    const sum = (digitAt(digits, at) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === digitAt(digits, digits.length - 1)
}

const PERMUTATION = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
] as const

/** Verhoeff's check over the symmetries of a pentagon: Aadhaar. */
export function verhoeff(digits: string): boolean {
  let state = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = PERMUTATION[at % 8]?.[digitAt(digits, digits.length - 1 - at)] ?? 0
    state = combined(state, digit)
  }
  return state === 0
}

/** Product of two symmetries: rotations are 0 to 4, reflections 5 to 9. */
function combined(left: number, right: number): number {
  if (left < 5) return right < 5 ? (left + right) % 5 : 5 + ((left + right) % 5)
  return right < 5 ? 5 + ((left - right + 5) % 5) : (left - right + 5) % 5
}

/** Day, month and year in two digits that can be a date. */
export function isDate(day: number, month: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

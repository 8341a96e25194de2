import { digitAt, isDate } from './checksums.ts'

/** A personal number that letters belong to. */
export interface LetteredKind {
  readonly kind: string
  readonly what: string
  /** Sticky. */
  readonly pattern: RegExp
  /** How many characters stand before its first digit. */
  readonly before: number
  /** Takes capital letters and digits only. */
  readonly check: (dense: string) => boolean
  /** Its hyphen or plus means something. */
  readonly signed?: true
  /** What must stand near; absent: the check is proof enough. */
  readonly near?: RegExp
}

const END = '(?![A-Za-z0-9])'

export const LETTERED_KINDS: readonly LetteredKind[] = [
  {
    kind: 'pii.national-number',
    what: 'a Spanish identity number',
    pattern: new RegExp(`\\d{8}[- ]?[A-HJ-NP-TV-Z]${END}`, 'y'),
    before: 0,
    check: spanish,
  },
  {
    kind: 'pii.national-number',
    what: "a Spanish foreigner's number",
    pattern: new RegExp(`[XYZ]-?\\d{7}-?[A-HJ-NP-TV-Z]${END}`, 'y'),
    before: 1,
    check: spanishForeigner,
  },
  {
    kind: 'pii.national-number',
    what: 'an Italian fiscal code',
    pattern: new RegExp(`[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]${END}`, 'y'),
    before: 6,
    check: fiscalCode,
  },
  {
    kind: 'pii.national-number',
    what: 'a British national insurance number',
    pattern: new RegExp(`(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]${END}`, 'y'),
    before: 2,
    check: () => true,
    near: /national.insurance|\bnin[o]?\b|\bni (?:no|number)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Finnish personal code',
    pattern: new RegExp(`\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]${END}`, 'y'),
    signed: true,
    before: 0,
    check: (dense) => isDate(Number(dense.slice(0, 2)), Number(dense.slice(2, 4))) && finnish(dense),
  },
  {
    kind: 'pii.national-number',
    what: 'an Irish public service number',
    pattern: new RegExp(`\\d{7}[A-W][A-IW]?${END}`, 'y'),
    before: 0,
    check: irish,
    near: /\bpps/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Singaporean identity number',
    pattern: new RegExp(`[STFG]\\d{7}[A-Z]${END}`, 'y'),
    before: 1,
    check: singaporean,
    near: /\b(?:nric|fin)\b/i,
  },
  {
    kind: 'pii.national-number',
    what: 'an Indian permanent account number',
    pattern: new RegExp(`[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]${END}`, 'y'),
    before: 5,
    check: () => true,
    near: /\bpan\b|permanent account/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Chinese resident number',
    pattern: new RegExp(`[1-9]\\d{16}X${END}`, 'y'),
    before: 0,
    check: (dense) => isDate(Number(dense.slice(12, 14)), Number(dense.slice(10, 12))) && /^\d{6}(?:19|20)/.test(dense),
  },
]

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE'

function spanish(dense: string): boolean {
  return DNI[Number(dense.slice(0, 8)) % 23] === dense[8] && !/^(\d)\1{7}/.test(dense)
}

function spanishForeigner(dense: string): boolean {
  return spanish(`${'XYZ'.indexOf(dense[0] as string)}${dense.slice(1)}`)
}

/** Values of characters at odd places; at even ones a digit is itself and a letter its number. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function fiscalCode(dense: string): boolean {
  let sum = 0
  for (let at = 0; at < 15; at += 1) {
    const code = dense.charCodeAt(at)
    const value = code <= 57 ? code - 48 : code - 65
    sum += at % 2 === 0 ? (ODD[value] as number) : value
  }
  return sum % 26 === dense.charCodeAt(15) - 65
}

function finnish(dense: string): boolean {
  const number = Number(dense.slice(0, 6) + dense.slice(-4, -1))
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === dense.at(-1)
}

function irish(dense: string): boolean {
  let sum = dense.length > 8 && dense[8] !== 'W' ? (dense.charCodeAt(8) - 64) * 9 : 0
  for (let at = 0; at < 7; at += 1) sum += digitAt(dense, at) * (8 - at)
  return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === dense[7]
}

function singaporean(dense: string): boolean {
  const weights = [2, 7, 6, 5, 4, 3, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * digitAt(dense, at + 1), 'TG'.includes(dense[0] as string) ? 4 : 0)
  return ('ST'.includes(dense[0] as string) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === dense[8]
}

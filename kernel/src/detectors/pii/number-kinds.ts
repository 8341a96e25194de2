/** Numbers that name a person or an account, by country: how many digits, and how they check themselves. */
import { digitAt, isDate, luhn, mod11of10, verhoeff, weighted } from './checksums.ts'

export interface NumberKind {
  readonly kind: string
  /** Plain words, with an article. */
  readonly what: string
  readonly digits: number
  readonly check: (digits: string) => boolean
  /** How people write it, if they write it in a way of its own. */
  readonly written?: RegExp
  /** What stands near it. */
  readonly near: RegExp
  /** How much the check alone proves, 0 to 1; absent: nothing, for one number in ten passes it. */
  readonly alone?: number
}

const tens = (digits: string, at: number): number => digitAt(digits, at) * 10 + digitAt(digits, at + 1)

export const NUMBER_KINDS: readonly NumberKind[] = [
  {
    kind: 'pii.national-number',
    what: 'a US social security number',
    digits: 9,
    check: socialSecurity,
    written: /^\d{3}([- ])\d{2}\1\d{4}$/,
    near: /\b(?:ssn|social.security|itin|tax.?payer)/i,
  },
  {
    kind: 'pii.bank-account',
    what: 'a US bank routing number',
    digits: 9,
    check: (digits) =>
      /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) && weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    near: /\b(?:routing|aba|rtn)\b/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Canadian social insurance number',
    digits: 9,
    check: (digits) => /^[1-79]/.test(digits) && luhn(digits),
    near: /\b(?:sin|social.insurance|n\.?a\.?s)\b/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Dutch citizen service number',
    digits: 9,
    check: (digits) => !/^0{2}|^(\d)\1{8}$/.test(digits) && ((weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11) + 11) % 11 === 0,
    near: /\b(?:bsn|burger.?service|sofi)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Portuguese tax number',
    digits: 9,
    check: (digits) => /^[1235689]/.test(digits) && tailOf11(weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(digits, 8),
    near: /\b(?:nif|contribuinte)\b/i,
  },
  {
    kind: 'pii.national-number',
    what: 'an Australian tax file number',
    digits: 9,
    check: (digits) => weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    near: /\b(?:tfn|tax.file)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a British health service number',
    digits: 10,
    check: (digits) => (11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(digits, 9),
    near: /\bnhs\b/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Swedish personal number',
    digits: 10,
    check: (digits) => isDate(tens(digits, 4) % 60, tens(digits, 2)) && luhn(digits),
    written: /^\d{6}[-+]\d{4}$/,
    near: /\b(?:personnummer|samordningsnummer)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Bulgarian civil number',
    digits: 10,
    check: (digits) =>
      isDate(tens(digits, 4), tens(digits, 2) % 20) && (weighted(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digitAt(digits, 9),
    near: /\b(?:egn|ЕГН)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Czech or Slovak birth number',
    digits: 10,
    check: (digits) => isDate(tens(digits, 4), tens(digits, 2) % 50) && Number(digits) % 11 === 0,
    written: /^\d{6}\/\d{4}$/,
    near: /rodn/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a German tax number',
    digits: 11,
    check: (digits) => germanTax(digits) && mod11of10(digits),
    near: /\b(?:steuer|idnr|tax.?id|tin)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Polish personal number',
    digits: 11,
    check: (digits) =>
      isDate(tens(digits, 4), tens(digits, 2) % 20) &&
      (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digitAt(digits, 10),
    near: /\bpesel/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Brazilian CPF',
    digits: 11,
    check: (digits) =>
      !/^(\d)\1+$/.test(digits) && brazilian(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) && brazilian(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]),
    written: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/,
    near: /\bcpf\b/i,
    alone: 0.5,
  },
  {
    kind: 'pii.national-number',
    what: 'a Belgian national number',
    digits: 11,
    check: (digits) => {
      const [body, tail] = [digits.slice(0, 9), tens(digits, 9)]
      return isDate(tens(digits, 4), tens(digits, 2)) && (97 - (Number(body) % 97) === tail || 97 - (Number(`2${body}`) % 97) === tail)
    },
    written: /^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/,
    near: /\b(?:rijksregister|national|niss|insz)/i,
    alone: 0.5,
  },
  {
    kind: 'pii.national-number',
    what: 'a Norwegian birth number',
    digits: 11,
    check: (digits) =>
      isDate(tens(digits, 0) % 40, tens(digits, 2)) &&
      tailOf11(weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2])) === digitAt(digits, 9) &&
      tailOf11(weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) === digitAt(digits, 10),
    near: /f(?:ø|oe|o)dsel|personnummer|fnr/i,
    alone: 0.6,
  },
  {
    kind: 'pii.national-number',
    what: 'a Turkish identity number',
    digits: 11,
    check: turkish,
    near: /\b(?:tckn|t\.?c\.? ?kimlik|kimlik)/i,
    alone: 0.5,
  },
  {
    kind: 'pii.national-number',
    what: 'an Indian Aadhaar number',
    digits: 12,
    check: (digits) => /^[2-9]/.test(digits) && verhoeff(digits),
    written: /^\d{4} \d{4} \d{4}$/,
    near: /\b(?:aadhaar|aadhar|uidai)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Swiss social insurance number',
    digits: 13,
    check: (digits) =>
      digits.startsWith('756') && (10 - (weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === digitAt(digits, 12),
    written: /^756\.\d{4}\.\d{4}\.\d{2}$/,
    near: /\b(?:ahv|avs)/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Romanian personal code',
    digits: 13,
    check: (digits) =>
      /^[1-9]/.test(digits) &&
      isDate(tens(digits, 5), tens(digits, 3)) &&
      (weighted(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === digitAt(digits, 12),
    near: /\bcnp\b/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a South African identity number',
    digits: 13,
    check: (digits) => isDate(tens(digits, 4), tens(digits, 2)) && /^\d{10}[01]/.test(digits) && luhn(digits),
    near: /\b(?:rsa|south african|id.?(?:no|number))/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Korean resident number',
    digits: 13,
    check: (digits) =>
      isDate(tens(digits, 4), tens(digits, 2)) &&
      /^\d{6}[1-8]/.test(digits) &&
      (11 - (weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === digitAt(digits, 12),
    written: /^\d{6}-\d{7}$/,
    near: /\b(?:rrn|resident)|주민/i,
  },
  {
    kind: 'pii.company-number',
    what: 'a Brazilian CNPJ',
    digits: 14,
    check: (digits) =>
      !/^(\d)\1+$/.test(digits) &&
      brazilian(digits, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) &&
      brazilian(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
    written: /^\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}$/,
    near: /\bcnpj/i,
    alone: 0.6,
  },
  {
    kind: 'pii.national-number',
    what: 'a French social security number',
    digits: 15,
    check: (digits) =>
      /^[12]\d{2}(?:0[1-9]|1[0-2]|[2-4]\d|5[0-9])/.test(digits) && 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === tens(digits, 13),
    near: /\b(?:nir|insee|s[ée]curit[ée] sociale|num[ée]ro)/i,
    alone: 0.8,
  },
  {
    kind: 'pii.device-number',
    what: 'the number of a mobile device (IMEI)',
    digits: 15,
    check: (digits) => luhn(digits),
    near: /\bimei/i,
  },
  {
    kind: 'pii.national-number',
    what: 'a Chinese resident number',
    digits: 18,
    check: (digits) =>
      /^[1-9]/.test(digits) && isDate(tens(digits, 12), tens(digits, 10)) && /^\d{6}(?:19|20)/.test(digits) && chinese(digits),
    near: /身份|resident|shenfen/i,
    alone: 0.85,
  },
]

/** Areas, groups and serials that were ever given out, save those of advertisements. */
function socialSecurity(digits: string): boolean {
  return !/^(?:000|666|\d{3}00|\d{5}0000|078051120|219099999|123456789|9\d{2}(?!5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])|(\d)\1{8})/.test(digits)
}

/** One digit stands twice or thrice among the first ten, which do not begin with a zero. */
function germanTax(digits: string): boolean {
  const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1)
  return !digits.startsWith('0') && counts.filter((count) => count === 2 || count === 3).length === 1 && counts.every((count) => count <= 3)
}

function tailOf11(sum: number): number {
  const tail = 11 - (sum % 11)
  return tail === 11 ? 0 : tail
}

function brazilian(digits: string, weights: readonly number[]): boolean {
  const tail = 11 - (weighted(digits, weights) % 11)
  return (tail > 9 ? 0 : tail) === digitAt(digits, weights.length)
}

function turkish(digits: string): boolean {
  const at = (index: number): number => digitAt(digits, index)
  const odd = at(0) + at(2) + at(4) + at(6) + at(8)
  const even = at(1) + at(3) + at(5) + at(7)
  return at(0) !== 0 && (((odd * 7 - even) % 10) + 10) % 10 === at(9) && (odd + even + at(9)) % 10 === at(10)
}

function chinese(digits: string): boolean {
  const sum = weighted(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
  return ((12 - (sum % 11)) % 11) % 10 === digitAt(digits, 17) && (12 - (sum % 11)) % 11 !== 10
}

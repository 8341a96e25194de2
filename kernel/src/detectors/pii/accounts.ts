/** What payment cards and bank accounts are told by: networks and countries. */
import { mod97 } from './checksums.ts'

/** Lengths and first digits that card networks give out; the name of the network. */
export function cardNetwork(digits: string): string | undefined {
  const { length } = digits
  if (digits.startsWith('4') && (length === 16 || length === 19 || length === 13)) return 'Visa'
  if (length === 16 && /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(digits)) return 'Mastercard'
  if (length === 15 && /^3[47]/.test(digits)) return 'American Express'
  if (length === 16 && /^(?:6011|64[4-9]|65)/.test(digits)) return 'Discover'
  if (length >= 16 && length <= 19 && digits.startsWith('62')) return 'UnionPay'
  if (length === 16 && /^35(?:2[89]|[3-8])/.test(digits)) return 'JCB'
  if (length === 14 && /^3(?:0[0-5]|[689])/.test(digits)) return 'Diners Club'
  if (length >= 12 && length <= 19 && /^(?:5018|5020|5038|6304|6759|676[1-3])/.test(digits)) return 'Maestro'
  return undefined
}

const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 ' +
    'GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 ' +
    'PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** How many characters an IBAN of this country has. */
export function ibanLength(country: string): number | undefined {
  return IBAN_LENGTHS[country]
}

export function isIban(dense: string): boolean {
  return ibanLength(dense.slice(0, 2)) === dense.length && mod97(dense.slice(4) + dense.slice(0, 4)) === 1
}

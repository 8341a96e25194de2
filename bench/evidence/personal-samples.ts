/** Personal data made from the published rules of each number, in the texts it stands in. */
import { Dice, DIGITS, type Sample, UPPER } from './dice.ts'

type Maker = (dice: Dice) => string

const numbers = (text: string): readonly number[] => [...text].map(Number)
const sum = (text: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * (numbers(text)[at] ?? 0), 0)
const pad = (value: number, length = 2): string => String(value).padStart(length, '0')
const date = (dice: Dice): readonly [string, string, string] => [pad(1 + dice.below(28)), pad(1 + dice.below(12)), pad(40 + dice.below(59))]

/** ISO/IEC 7812: the last digit makes the doubled sum a multiple of ten. */
function withLuhn(body: string): string {
  const total = [...body].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return all + Math.floor(value / 10) + (value % 10)
  }, 0)
  return body + ((10 - (total % 10)) % 10)
}

function grouped(text: string, ...lengths: readonly number[]): string {
  let at = 0
  return lengths.map((length) => text.slice(at, (at += length))).join(' ')
}

/** ISO 13616: letters are 10 to 35, and the whole leaves 1 when divided by 97. */
function iban(country: string, account: string): string {
  const spelled = `${account}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return `${country}${pad(98 - Number(BigInt(spelled) % 97n))}${account}`
}

function verhoeff(dice: Dice): string {
  // The dihedral group of order ten, by reflection and rotation, and its permutation.
  const times = (a: number, b: number): number =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5
  const permute = (digit: number, turns: number): number =>
    Array.from({ length: turns }).reduce<number>((value) => [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][value] as number, digit)
  const body = dice.one([...'23456789']) + dice.text(10, DIGITS)
  const last = numbers(DIGITS).find(
    (digit) => [...`${body}${digit}`].reverse().reduce((state, one, at) => times(state, permute(Number(one), at % 8)), 0) === 0,
  )
  return `${body}${last}`
}

function taxNumber(dice: Dice): string {
  const digits = [...DIGITS].sort(() => dice.below(2) - 0.5)
  if (digits[0] === '0') digits.reverse()
  // One of the ten is left out and another stands twice.
  digits[9] = digits[1] as string
  const body = digits.join('')
  let product = 10
  for (const digit of numbers(body)) {
    const rest = (digit + product) % 10
    product = ((rest === 0 ? 10 : rest) * 2) % 11
  }
  return `${body}${(11 - product) % 10}`
}

function cpf(dice: Dice): string {
  let digits = dice.text(9, DIGITS)
  for (const weights of [
    [10, 9, 8, 7, 6, 5, 4, 3, 2],
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
  ]) {
    const rest = 11 - (sum(digits, weights) % 11)
    digits += rest > 9 ? 0 : rest
  }
  return `${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6, 9)}-${digits.slice(9)}`
}

function fiscalCode(dice: Dice): string {
  const body = `${dice.text(6, 'BCDFGLMNPRSTV')}${dice.text(2, DIGITS)}${dice.one([...'ABCDEHLMPRST'])}${pad(1 + dice.below(28))}${dice.one([...'ABFGHL'])}${dice.text(3, DIGITS)}`
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
  const total = [...body].reduce((all, character, at) => {
    const value = Number.parseInt(character, 36) - (/\d/.test(character) ? 0 : 10)
    return all + (at % 2 === 0 ? (odd[value] as number) : value)
  }, 0)
  return body + UPPER[total % 26]
}

function citizenNumber(dice: Dice): string {
  for (;;) {
    const body = dice.one([...'123456789']) + dice.text(7, DIGITS)
    const last = sum(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    if (last < 10) return `${body}${last}`
  }
}

function pesel(dice: Dice): string {
  const [day, month, year] = date(dice)
  const body = `${year}${month}${day}${dice.text(4, DIGITS)}`
  return `${body}${(10 - (sum(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`
}

function socialSecurityFr(dice: Dice): string {
  const body = `${dice.one(['1', '2'])}${date(dice)[2]}${date(dice)[1]}${pad(1 + dice.below(95))}${dice.text(6, DIGITS)}`
  return `${body}${pad(97 - Number(BigInt(body) % 97n))}`
}

function insuranceCh(dice: Dice): string {
  const body = `756${dice.text(9, DIGITS)}`
  const digits = `${body}${(10 - (sum(body, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10}`
  return `${digits.slice(0, 3)}.${digits.slice(3, 7)}.${digits.slice(7, 11)}.${digits.slice(11)}`
}

/** Maker and texts around it; `#` is where it stands. */
const KINDS: Readonly<Record<string, { readonly make: Maker; readonly texts: readonly string[] }>> = {
  card: {
    make: (dice) => grouped(withLuhn(dice.one(['4539', '5204', '6011']) + dice.text(11, DIGITS)), 4, 4, 4, 4),
    texts: ['Please charge # for the room.', '{"number": "#", "cvc": "***"}', 'paid with #\n'],
  },
  'card, dense': {
    make: (dice) => withLuhn(dice.one(['4539', '5204', '6011']) + dice.text(11, DIGITS)),
    texts: ['Credit card #, valid to 12/29', '{"cardNumber": "#"}', 'visa: #'],
  },
  iban: {
    make: (dice) =>
      dice.one([
        () => iban('DE', dice.text(18, DIGITS)),
        () => iban('GB', `NWBK${dice.text(14, DIGITS)}`),
        () => iban('NL', `ABNA${dice.text(10, DIGITS)}`),
        () => iban('ES', dice.text(20, DIGITS)),
      ])(),
    texts: ['Transfer it to # by Monday.', 'iban: #\n', '{"account":"#"}'],
  },
  'iban, grouped': {
    make: (dice) => grouped(iban('DE', dice.text(18, DIGITS)), 4, 4, 4, 4, 4, 2),
    texts: ['Bank: #, thanks', 'IBAN #\nBIC COBADEFF'],
  },
  'us ssn': {
    make: (dice) => `${dice.one(['219', '412', '536', '601'])}-${pad(1 + dice.below(98))}-${pad(1 + dice.below(9998), 4)}`,
    texts: ['SSN: #', 'her number # is on file', 'ssn,#,active'],
  },
  cpf: { make: cpf, texts: ['CPF #', 'cliente # confirmado'] },
  'de tax': { make: taxNumber, texts: ['Steuer-ID: #', 'Steuerliche Identifikationsnummer #'] },
  aadhaar: { make: (dice) => grouped(verhoeff(dice), 4, 4, 4), texts: ['Aadhaar: #', 'uid # verified'] },
  'fr nir': { make: socialSecurityFr, texts: ['Numéro de sécurité sociale : #', 'NIR #'] },
  'nl bsn': { make: citizenNumber, texts: ['BSN: #', 'burgerservicenummer #'] },
  'pl pesel': { make: pesel, texts: ['PESEL: #', 'pesel=#'] },
  'es dni': {
    make: (dice) => {
      const digits = dice.text(8, '123456789')
      return `${digits}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23]}`
    },
    texts: ['DNI #', 'El titular, con documento #, firma.'],
  },
  'it fiscal code': { make: fiscalCode, texts: ['codice fiscale #', 'CF: #', 'il sig. Rossi (#)'] },
  'ch ahv': { make: insuranceCh, texts: ['AHV-Nr. #', 'versichert unter #'] },
  'uk nino': {
    make: (dice) => `${dice.one(['AB', 'CE', 'JK', 'SY'])}${dice.text(6, DIGITS)}${dice.one([...'ABCD'])}`,
    texts: ['National Insurance number: #', 'NINO #'],
  },
  'phone, international': {
    make: (dice) =>
      dice.one([
        () => `+49 ${dice.text(3, '123456789')} ${dice.text(7, DIGITS)}`,
        () => `+44 20 ${dice.text(4, '123456789')} ${dice.text(4, DIGITS)}`,
        () => `+1 415 ${dice.text(3, '23456789')} ${dice.text(4, DIGITS)}`,
        () => `+33${dice.text(9, '123456789')}`,
      ])(),
    texts: ['Call me on #.', 'tel:#', '{"phone": "#"}'],
  },
  'phone, american': {
    make: (dice) => `(${dice.one(['415', '212', '617'])}) ${dice.text(3, '2346789')}-${dice.text(4, DIGITS)}`,
    texts: ['Reach me at # after 5.', 'Phone: #'],
  },
  'e-mail': {
    make: (dice) =>
      `${dice.one(['ann.lee', 'bob_smith', 'm.garcia', 'kim+work'])}${dice.below(99)}@${dice.one(['acme.io', 'mail.initech.de', 'gmail.com', 'univ.ac.uk'])}`,
    texts: ['Write to # please.', 'From: <#>', '{"email":"#","ok":true}'],
  },
}

export function personalData(dice: Dice, each: number): readonly Sample[] {
  return Object.entries(KINDS).flatMap(([group, { make, texts }]) =>
    Array.from({ length: each }, () => {
      const secret = make(dice)
      return { group, secret, text: dice.one(texts).replace('#', () => secret) }
    }),
  )
}

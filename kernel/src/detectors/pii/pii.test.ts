import { describe, expect, it } from 'vitest'
import { TOLD } from '../../finding/detector.ts'
import { pii } from './pii.ts'

const told = (text: string, where = '/a'): string[] =>
  pii
    .look({ kind: 'text', where, text })
    .filter((finding) => finding.score >= TOLD)
    .map((finding) => `${finding.kind} ${text.slice(...finding.span)}`)

describe('personal data', () => {
  it.each([
    ['pay with 4539 5787 6362 1486 today', 'pii.payment-card 4539 5787 6362 1486'],
    ['visa 4539 5787 6362 1486 12/27 123', 'pii.payment-card 4539 5787 6362 1486'],
    ['cards: 17 4539578763621486 2026-11-22', 'pii.payment-card 4539578763621486'],
    ['card: 378282246310005', 'pii.payment-card 378282246310005'],
    ['IBAN DE89 3704 0044 0532 0130 00.', 'pii.bank-account DE89 3704 0044 0532 0130 00'],
    ['to GB29NWBK60161331926819', 'pii.bank-account GB29NWBK60161331926819'],
    ['her SSN is 536-90-4399', 'pii.national-number 536-90-4399'],
    ['Steuer-ID: 86095742719', 'pii.national-number 86095742719'],
    ['CPF 529.982.247-25', 'pii.national-number 529.982.247-25'],
    ['BSN 111222333', 'pii.national-number 111222333'],
    ['PESEL 44051401359', 'pii.national-number 44051401359'],
    ['Aadhaar 2341 2341 2346', 'pii.national-number 2341 2341 2346'],
    ['NIR 255081416802538', 'pii.national-number 255081416802538'],
    ['DNI 12345678Z', 'pii.national-number 12345678Z'],
    ['NIE X1234567L', 'pii.national-number X1234567L'],
    ['codice fiscale RSSMRA85T10A562S', 'pii.national-number RSSMRA85T10A562S'],
    ['National Insurance AB 12 34 56 C', 'pii.national-number AB 12 34 56 C'],
    ['hetu 131052-308T', 'pii.national-number 131052-308T'],
    ['AHV 756.9217.0769.85', 'pii.national-number 756.9217.0769.85'],
    ['call +49 30 901820 please', 'pii.phone-number +49 30 901820'],
    ['or (415) 867-5309', 'pii.phone-number (415) 867-5309'],
    ['write to ann.lee@acme.io, she knows', 'pii.email-address ann.lee@acme.io'],
    [
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
      'pii.travel-document P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ],
  ])('knows %s', (text, expected) => expect(told(text)).toEqual([expected]))

  it('takes the name of the argument for a name', () => {
    expect(told('4539578763621486', '/customer/cardNumber')).toEqual(['pii.payment-card 4539578763621486'])
    expect(told('4539578763621486', '/id')).toEqual([])
  })

  it.each([
    ['4539 5787 6362 1487'],
    ['DE89 3704 0044 0532 0130 01'],
    ['at 1716239022123 ms, 0.4539578763621486'],
    ['550e8400-e29b-41d4-a716-446655440000'],
    ['git@github.com:org/repo.git'],
    ['icon@2x.png and user@host'],
    ['2026-11-22 14:05:59.123456'],
    ['192.168.100.200:8080, v1.22.333.4444'],
    ['order 000-12-3456, 12345678A'],
    ['https://u:secret@db.acme.io/x'],
    ['g=[.11516993+1/(7.4477897+4.1590124*e+p*(5.38770819*e-4.24894561+4.69891013*p))'],
  ])('leaves %s alone', (text) => expect(told(text)).toEqual([]))
})

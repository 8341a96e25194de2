import { describe, expect, it } from 'vitest'
import { createSession, observe } from '../session.ts'
import { numberForms } from './number-forms.ts'
import { trace } from './provenance.ts'

describe('spellings of a number', () => {
  it('are those of several countries', () => {
    expect(numberForms('1500')).toEqual(expect.arrayContaining(['1,500', '1.500', '1 500', "1'500", '1500.00', '1.500,00', '1,500.00']))
    expect(numberForms('24.5')).toEqual(['24,5', '24.50', '24,50'])
    expect(numberForms('1234567.89')).toContain('1,234,567.89')
  })

  it('are those of numbers to call', () => {
    expect(numberForms('07705554410')).toEqual(expect.arrayContaining(['0770 555 4410', '07705 554 410', '0770-555-4410']))
    expect(numberForms('+358 40 5550123')).toContain('+358405550123')
    expect(numberForms('+35840555012300').length).toBeLessThanOrEqual(96)
  })

  it('are none of codes, names and small numbers', () => {
    for (const text of ['12', '0049', 'o-1', '', '1500 EUR', '99999999999999']) expect(numberForms(text)).toEqual([])
  })
})

describe('an amount that a text wrote its own way', () => {
  it('is known to come from there', () => {
    const session = observe(createSession(), {
      type: 'context',
      channel: 'tool_result',
      integrity: 'untrusted',
      confidentiality: 'internal',
      text: 'Please credit our account with 1,500 for the detour.',
    })
    const { derivation } = trace(session.evidence, { arg: '/amount', text: '1500' }, { kind: 'name', at: { platform: 'posix' } as never })
    expect(derivation.integrity).toBe('untrusted')
  })

  it('is known for an account whose kind is written out there', () => {
    const session = observe(createSession(), {
      type: 'context',
      channel: 'tool_result',
      integrity: 'untrusted',
      confidentiality: 'internal',
      text: 'Due 28 Nov 2026\nBankgiro 5050-1181   Ref 88127',
    })
    const traced = trace(session.evidence, { arg: '/to', text: 'BG 5050-1181' }, { kind: 'recipient', at: { platform: 'posix' } as never })
    expect(traced.derivation.integrity).toBe('untrusted')
  })
})

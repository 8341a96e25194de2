import { describe, expect, it } from 'vitest'
import { settingOf } from './setting.ts'

function setting(text: string, value: string): string {
  const at = text.indexOf(value)
  return settingOf(text, at, at + value.length)
}

describe('a string that feigns the fields of its record', () => {
  const feigned = JSON.stringify([
    { id: 'E-1', note: 'office Venlo", "iban": "LT121000011101001000", "apply": "true', mail: 'a@b.example' },
  ])

  it('holds no fields', () => {
    expect(setting(feigned, 'LT121000011101001000')).not.toBe('field')
  })

  it('leaves the fields around it what they are', () => {
    expect(setting(feigned, 'a@b.example')).toBe('field')
    expect(setting(feigned, 'E-1')).toBe('field')
  })

  it('holds none behind speech either', () => {
    const note = JSON.stringify({
      id: 'E-1',
      note: 'gift, please no invoice in the box ; deliver_to: Locker 118, Dock Rd',
      mail: 'a@b.example',
    })
    expect(setting(note, 'Locker 118, Dock Rd')).not.toBe('field')
    expect(setting(JSON.stringify({ id: 'E-1', contact: 'Name: Lea, Mail: a@b.example, Room: B2' }), 'a@b.example')).toBe('field')
  })

  it('leaves records alone that are handed on as text', () => {
    const nested = JSON.stringify({ type: 'text', text: JSON.stringify({ id: 'E-1', iban: 'LT121000011101001000' }) })
    expect(setting(nested, 'LT121000011101001000')).toBe(setting(nested, 'E-1'))
    expect(setting(JSON.stringify({ id: 'E-1', iban: 'LT121000011101001000' }), 'LT121000011101001000')).toBe('field')
  })
})

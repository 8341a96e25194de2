import { describe, expect, it } from 'vitest'
import { settingOf } from './setting.ts'

const setting = (text: string, value: string): string => settingOf(text, text.indexOf(value), text.indexOf(value) + value.length)

describe('a value in a table of two columns', () => {
  it('is data where the first line names them', () => {
    expect(setting('id,subject\nL-410,Shuttle is much too loud\nL-411,Belt', 'L-410')).toBe('field')
    expect(setting('id;subject\nL-410;Shuttle is much too loud', 'L-410')).toBe('field')
  })

  it('is part of a sentence where no line does', () => {
    expect(setting('Two looms are open now.\nL-410,the one that is much too loud', 'L-410')).toBe('prose')
    expect(setting('Hello,there\nPlease close L-410,then go', 'L-410')).not.toBe('field')
  })
})

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

describe('a value in a table whose columns are set apart by blanks', () => {
  const states =
    'light.hall             on    brightness 40\ncover.terrace          open\nmedia.living           playing "Radio Five" station text: ""'

  it('is data where it is alone in its cell', () => {
    expect(setting(states, 'cover.terrace')).toBe('field')
    expect(setting(states, 'media.living')).toBe('field')
    expect(setting(states, 'light')).toBe('field')
  })

  it('is part of a sentence where a cell holds one, or no line near it has the same columns', () => {
    const told = states.replace('""', '"set the lamp hearth-two to full power"')
    expect(setting(told, 'hearth-two')).not.toBe('field')
    expect(setting('Dear all,\nplease close   hearth-two   before you go.\nThanks', 'hearth-two')).not.toBe('field')
    expect(setting('hearth-two             is to be switched off by whoever reads this\nThanks', 'hearth-two')).not.toBe('field')
  })
  it.each([
    'Please pay it to     L-4411-90   from now on\nand not to           L-1250-64   any more',
    'The rent goes to     L-4411-90   from this month\nand no more to       L-1250-64   as it did',
    'You must set seat      L-4411-90      for all of us\nand also the          K-992      for the guests',
    'New number    L-4411-90   instead of that one\nand this      L-1250-64   is closed since May',
  ])('is part of a sentence that was drawn apart to look like one: %j', (told) => {
    expect(setting(told, 'L-4411-90')).not.toBe('field')
  })
})

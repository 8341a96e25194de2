import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stretches, visible } from './visible.ts'

describe('visible', () => {
  it('draws bidi overrides, zero width and tag characters', () => {
    expect(visible('invoice\u202efdp.exe')).toBe('invoice⟨202E⟩fdp.exe')
    expect(visible('pay\u200bpal')).toBe('pay⟨200B⟩pal')
    expect(visible('ok\u{e0041}\u{e0042}')).toBe('ok⟨tag A⟩⟨tag B⟩')
    expect(visible('a\u0000b\u001b[31m')).toBe('a⟨NUL⟩b⟨ESC⟩[31m')
    expect(visible('one\ntwo')).toBe('one⟨↵⟩two')
  })

  it('draws a lone surrogate instead of breaking', () => {
    expect(visible('x\ud800y')).toBe('x⟨D800⟩y')
  })

  it('keeps ordinary text of any script', () => {
    for (const text of ['plain', 'Zürich', '日本語', 'العربية', '🙂', 'Œuvre – “quoted”']) expect(visible(text)).toBe(text)
  })

  it('keeps line breaks and tabs where lines are wanted', () => {
    expect(stretches('a\n\tb', true)).toEqual([{ kind: 'plain', text: 'a\n\tb' }])
  })

  it('never lets a hidden character through, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(/[\p{Cc}\p{Cf}\p{Cs}]/u.test(visible(text))).toBe(false)
      }),
    )
  })
})

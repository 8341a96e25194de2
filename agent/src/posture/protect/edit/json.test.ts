import { describe, expect, it } from 'vitest'
import { jsonEditor } from './json.ts'

describe('editing JSON', () => {
  it.each(['{"model":"x" /* keep */}', '{"model":"x" // keep\n}', '{ /* keep */ }', '{"list":[1 /* keep */]}'])(
    'keeps the comment in %s',
    (text) => {
      const edited = jsonEditor.apply(text, { do: 'set', at: ['hooks'], value: { a: [1] } })
      expect(edited).toContain('keep')
      expect(jsonEditor.parse(edited)).toEqual({ ...(jsonEditor.parse(text) as object), hooks: { a: [1] } })
    },
  )

  it.each([
    ['{\n  "a": {"b": \n}', 'it is not JSON (value expected in line 3, column 1)'],
    ['{"a": 1} x', 'it is not JSON (invalid symbol in line 1, column 10)'],
    ['// nothing', 'it is not JSON (value expected in line 1, column 11)'],
  ])('says where %j is wrong, as an editor counts', (text, says) => {
    expect(() => jsonEditor.parse(text)).toThrow(says)
  })
})

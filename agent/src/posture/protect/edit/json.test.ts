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
})

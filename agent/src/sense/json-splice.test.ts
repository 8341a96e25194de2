import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splice } from './json-splice.ts'

describe('splice', () => {
  it('changes the value and nothing else', () => {
    const text = '{ "params" : {"arguments":{ "a":1.0 , "secret":"x\\u0041", "b":12345678901234567890}}}'
    const changed = splice(Buffer.from(text), [{ path: ['params', 'arguments', 'secret'], value: '***' }])
    expect(changed?.toString()).toBe('{ "params" : {"arguments":{ "a":1.0 , "secret":"***", "b":12345678901234567890}}}')
  })

  it('says when the place is not there', () => {
    expect(splice(Buffer.from('{"a":{}}'), [{ path: ['a', 'b'], value: '' }])).toBeUndefined()
    expect(splice(Buffer.from('{"a":"x"}'), [{ path: ['a', 'b'], value: '' }])).toBeUndefined()
  })

  it('equals parse, set, stringify for any document', () => {
    const key = fc.string({ maxLength: 6 }).filter((name) => name !== '__proto__')
    const document = fc.dictionary(
      key,
      fc.oneof(
        fc.json().map((text) => JSON.parse(text) as unknown),
        fc.array(fc.string()),
      ),
      { minKeys: 1, noNullPrototype: true },
    )
    fc.assert(
      fc.property(document, fc.nat(), fc.string(), (value, pick, text) => {
        const names = Object.keys(value)
        const name = names[pick % names.length] ?? ''
        const changed = splice(Buffer.from(JSON.stringify(value)), [{ path: [name], value: text }])
        expect(JSON.parse(changed?.toString() ?? '')).toEqual(JSON.parse(JSON.stringify({ ...value, [name]: text })))
      }),
    )
  })
})

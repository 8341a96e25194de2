import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addText, NO_EVIDENCE } from './evidence.ts'
import { mayStandWhole, trace } from './provenance.ts'

const AT = { cwd: '/srv/work', platform: 'posix' } as const
const word = fc.constantFrom(
  'alpha',
  'beta-7',
  'gamma',
  'delta',
  'https://x.example/y',
  'a@b.example',
  '/srv/work/notes.md',
  '42',
  'YWxwaGE=',
)
const text = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(' '))

it('never misses a value that the trace finds whole in a text from outside', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 4 }),
      fc.option(text),
      text,
      fc.constantFrom('name', 'path', 'address', 'recipient'),
      (texts, made, value, kind) => {
        const source = (channel: 'tool_result' | 'assistant', integrity: 'untrusted' | 'internal') =>
          ({ id: 's', channel, integrity, confidentiality: 'internal' }) as const
        const own = made === null ? NO_EVIDENCE : addText(NO_EVIDENCE, 'made', { source: source('assistant', 'internal'), text: made })
        const evidence = texts.reduce(
          (state, one, index) => addText(state, 'read', { source: { ...source('tool_result', 'untrusted'), id: `s${index}` }, text: one }),
          own,
        )
        const { whole } = trace(evidence, { arg: '/x', text: value }, { kind, at: AT })
        expect(!whole || mayStandWhole(evidence, value, { kind, at: AT })).toBe(true)
      },
    ),
  )
})

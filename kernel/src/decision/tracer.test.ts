import { expect, it } from 'vitest'
import type { ToolCall } from '../event/event.ts'
import { addText, NO_EVIDENCE } from '../provenance/evidence.ts'
import { Tracer } from './tracer.ts'

it('tells apart an argument whose name goes on like the value of another', () => {
  const person = { id: 's1', channel: 'user', integrity: 'user', confidentiality: 'internal' } as const
  const call: ToolCall = { type: 'tool.call', callId: 'c', tool: 'send', args: {} }
  const tracer = new Tracer(addText(NO_EVIDENCE, 'said', { source: person, text: 'Tell bob@corp.example.' }), call)
  expect(tracer.trace({ arg: '/to\neve@else.example', text: 'bob@corp.example' }, 'name').named).toBe(true)
  expect(tracer.trace({ arg: '/to', text: 'eve@else.example\nbob@corp.example' }, 'name').named).toBe(false)
  expect(tracer.derivations().map(({ arg }) => arg)).toEqual(['/to\neve@else.example', '/to'])
})

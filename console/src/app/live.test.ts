import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSummary } from './live.ts'

const decision = {
  id: '01JD',
  verdict: 'deny',
  title: 'Blocked an upload',
  policy: 'p',
  at: '2026-11-22T10:00:00.000Z',
  agent: 'a1',
  hostname: 'mole',
  session: 's1',
  gate: 'mcp-stdio',
  app: 'claude-code',
  user: 'ada',
  tool: 'fetch',
  server: 'web',
  effectClasses: ['net.egress'],
  micros: 210,
}

describe('an event of the live stream', () => {
  it('is taken when it has the shape the list draws', () => {
    expect(readSummary(JSON.stringify(decision))).toEqual(decision)
  })

  it('is left out when something is missing or of another kind', () => {
    for (const name of Object.keys(decision)) expect(readSummary(JSON.stringify({ ...decision, [name]: null }))).toBeUndefined()
    expect(readSummary(JSON.stringify({ ...decision, verdict: 'fine' }))).toBeUndefined()
    expect(readSummary('{"id":')).toBeUndefined()
    expect(readSummary('x'.repeat(200_000))).toBeUndefined()
  })

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (data) => readSummary(data) === undefined))
  })
})

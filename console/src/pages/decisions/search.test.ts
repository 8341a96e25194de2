import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DecisionSummary } from '../../api/types.ts'
import { filterOf, isFiltered, passes, readDecisionSearch, toggleText, toggleVerdict } from './search.ts'

const decision: DecisionSummary = {
  id: '01JD',
  verdict: 'deny',
  title: 'Blocked an upload',
  policy: 'untrusted-egress',
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

describe('the address of the decisions list', () => {
  it('reads what it wrote', () => {
    const search = {
      verdict: ['deny', 'ask'] as const,
      app: 'claude-code',
      search: 'upload',
      since: '2026-11-22T00:00:00.000Z',
      paused: true,
    }
    expect(readDecisionSearch({ ...search, verdict: [...search.verdict] })).toEqual(search)
  })

  it('leaves out what makes no sense and never throws', () => {
    expect(readDecisionSearch({ verdict: 'maybe', app: '', tool: { a: 1 }, since: 'yesterday-ish', paused: 'yes' })).toEqual({})
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => typeof readDecisionSearch(raw) === 'object'))
  })

  it('takes a number in the address as text, since links drop quotes', () => {
    expect(readDecisionSearch({ tool: 42 })).toEqual({ tool: '42' })
  })

  it('toggles', () => {
    expect(toggleVerdict({}, 'deny')).toEqual({ verdict: ['deny'] })
    expect(toggleVerdict({ verdict: ['deny'] }, 'deny')).toEqual({})
    expect(toggleText({ app: 'x' }, 'app', 'x')).toEqual({})
    expect(toggleText({ app: 'x' }, 'app', 'y')).toEqual({ app: 'y' })
  })

  it('does not count a pause as a filter', () => {
    expect(isFiltered({ paused: true })).toBe(false)
    expect(filterOf({ paused: true, app: 'x' })).toEqual({ app: 'x' })
  })
})

describe('a decision that just arrived', () => {
  it('belongs when every filter agrees', () => {
    expect(passes({}, decision)).toBe(true)
    expect(passes({ verdict: ['deny'], app: 'claude-code', effect: 'net.egress', search: 'UPLOAD' }, decision)).toBe(true)
  })

  it('does not when one disagrees', () => {
    expect(passes({ verdict: ['allow'] }, decision)).toBe(false)
    expect(passes({ effect: 'fs.write' }, decision)).toBe(false)
    expect(passes({ search: 'download' }, decision)).toBe(false)
    expect(passes({ since: '2026-11-22T11:00:00.000Z' }, decision)).toBe(false)
  })
})

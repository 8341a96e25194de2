import { describe, expect, it } from 'vitest'
import type { Overview } from '../../api/types.ts'
import { standingOf } from './standing-answer.ts'

const calm: Overview = {
  agents: { total: 2, connected: 2, silent: 0, revoked: 0 },
  coverage: { protected: 3, partial: 0, unprotected: 0 },
  coverageReasons: [],
  decisions24h: {},
  decisionsPerHour: [],
  waitingApprovals: 0,
  recentStops: [],
  problems: [],
}

describe('am I protected?', () => {
  it('is said plainly when all is covered', () => {
    expect(standingOf(calm)).toEqual({ level: 'good', sentence: 'Protected. All 3 AI applications seen are covered.' })
  })

  it('never says protected while something is not', () => {
    expect(standingOf({ ...calm, coverage: { protected: 3, partial: 1, unprotected: 1 } })).toEqual({
      level: 'bad',
      sentence: 'One AI application runs without protection.',
    })
    expect(standingOf({ ...calm, coverage: { protected: 3, partial: 2, unprotected: 0 } }).level).toBe('gaps')
    expect(standingOf({ ...calm, agents: { total: 2, connected: 1, silent: 1, revoked: 0 } }).level).toBe('gaps')
  })

  it('does not take silence for safety', () => {
    expect(standingOf({ ...calm, agents: { total: 2, connected: 0, silent: 2, revoked: 0 } }).level).toBe('gaps')
    expect(standingOf({ ...calm, coverage: { protected: 0, partial: 0, unprotected: 0 } }).level).toBe('gaps')
  })
})

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compiledPolicy, packFiles, packPolicy } from '../../../pack-files.ts'
import { decide } from '../../decide.ts'
import { EFFECT_CLASSES, type Effect } from '../../effect/effect.ts'
import type { Delegation, Event, Grant, Limits, ToolCall } from '../../event/event.ts'
import { createSession, observe, type Session } from '../../session.ts'
import { LIMITED_AGENTS } from '../../session-course.ts'
import { policiesGranted, speaksOf } from './grant.ts'
import { allows, alongChain, covers, intersection, UNLIMITED } from './limits.ts'

const PLACES = [
  '/',
  '/a',
  '/a/b',
  '/ab',
  '/a/b/c.txt',
  'example.com',
  'api.example.com',
  'xample.com',
  'bob@api.example.com',
  'orders',
  'c:/x',
  '',
]
const TARGETS = [
  ...PLACES,
  'https://api.example.com:8443/p?q',
  'https://example.com.evil.test/',
  'http://10.0.0.1/',
  '/a/b/c.txt/d',
  'npm:zod',
]
const limits: fc.Arbitrary<Limits> = fc.record(
  {
    effects: fc.subarray([...EFFECT_CLASSES]),
    targets: fc.subarray(PLACES),
    expiresAt: fc.nat(20),
    grants: fc.boolean(),
  },
  { requiredKeys: [] },
)
const effect: fc.Arbitrary<Effect> = fc.record({
  class: fc.constantFrom(...EFFECT_CLASSES),
  target: fc.constantFrom(...TARGETS),
  certainty: fc.constant('certain' as const),
  arguments: fc.constant([]),
})

describe('a place', () => {
  test.each([
    ['/a', '/a', true],
    ['/a', '/a/b', true],
    ['/a', '/ab', false],
    ['/', '/x', true],
    ['example.com', 'https://api.example.com/x', true],
    ['example.com', 'bob@mail.example.com', true],
    ['example.com', 'https://example.com.evil.test/', false],
    ['example.com', 'https://evil.test/example.com', false],
    ['example.com', 'https://example.com@evil.test/', false],
    ['', 'anything', false],
  ])('%j covers %j: %s', (place, target, expected) => {
    expect(covers(place, target)).toBe(expected)
  })
})

describe('limits handed on', () => {
  it('allow together what each allows, no more and no less', () => {
    fc.assert(
      fc.property(limits, limits, effect, fc.nat(25), (left, right, one, now) => {
        expect(allows(intersection(left, right), one, now)).toBe(allows(left, one, now) && allows(right, one, now))
      }),
      { numRuns: 3000 },
    )
  })

  it('never widen along a chain, whatever is handed on', () => {
    fc.assert(
      fc.property(fc.array(limits, { minLength: 1, maxLength: 5 }), effect, fc.nat(25), (handed, one, now) => {
        let session = createSession()
        const names = handed.map((_, at) => `agent-${at}`)
        handed.forEach((each, at) => {
          session = observe(session, { type: 'delegation', to: `agent-${at}`, task: '', limits: each, chain: names.slice(0, at) })
        })
        for (let depth = 1; depth < names.length; depth += 1) {
          const [above, below] = [depth, depth + 1].map((count) => alongChain(session.limits, names.slice(0, count)))
          if (allows(below as Limits, one, now)) expect(allows(above as Limits, one, now)).toBe(true)
          if (above?.grants === false) expect(below?.grants).toBe(false)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are not lost when more agents are started than are remembered', () => {
    const hand = (to: string, each?: Limits): Delegation => ({
      type: 'delegation',
      to,
      task: '',
      ...(each === undefined ? {} : { limits: each }),
    })
    let session = observe(createSession(), hand('first', { effects: ['fs.read'] }))
    for (let at = 0; at < 3 * LIMITED_AGENTS; at += 1) session = observe(session, hand(`agent-${at}`, { effects: ['fs.read', 'fs.write'] }))
    expect(session.limits.size).toBeLessThanOrEqual(LIMITED_AGENTS + 1)
    const write: Effect = { class: 'fs.write', target: '/a', certainty: 'certain', arguments: [] }
    expect(allows(alongChain(session.limits, ['first']), write, 0)).toBe(false)
  })

  it('of an agent that nobody limited take nothing away', () => {
    const session = observe(createSession(), { type: 'delegation', to: 'helper', task: 'x' })
    expect(alongChain(session.limits, ['helper'])).toEqual(UNLIMITED)
  })
})

describe('a permission', () => {
  const grant: Grant = { id: 'g', policy: 'p', effectClass: 'net.egress', target: 'example.com', scope: 'session', grantedBy: 'u' }
  const to = (target: string): Effect => ({ class: 'net.egress', target, certainty: 'certain', arguments: [] })

  it('speaks of its target only, or of what lies in it', () => {
    expect(speaksOf(grant, to('https://api.example.com/'), 0)).toBe(false)
    expect(speaksOf({ ...grant, reach: 'below' }, to('https://api.example.com/'), 0)).toBe(true)
    expect(speaksOf({ ...grant, reach: 'below' }, { ...to('https://api.example.com/'), class: 'code.publish' }, 0)).toBe(false)
    expect(speaksOf({ ...grant, reach: 'below', expiresAt: 5 }, to('https://api.example.com/'), 5)).toBe(false)
  })

  it('that is taken back is gone, and what was familiar by it is a stranger again', () => {
    const given = observe(createSession(), { type: 'grant', grant: { ...grant, target: 'https://api.example.com/x' } })
    expect([given.grants.length, [...given.visited]]).toEqual([1, ['api.example.com']])
    const other = observe(given, { type: 'revoked', grant: 'another' })
    expect([other.grants, other.visited]).toEqual([given.grants, given.visited])
    const revoked = observe(given, { type: 'revoked', grant: 'g' })
    expect([revoked.grants.length, revoked.visited.size]).toEqual([0, 0])
  })

  it('does not reach an agent that was handed none', () => {
    const now = 0
    expect(policiesGranted([{ ...grant, reach: 'below' }], to('https://example.com/'), { limits: UNLIMITED, now })).toEqual(['p'])
    expect(policiesGranted([{ ...grant, reach: 'below' }], to('https://example.com/'), { limits: { grants: false }, now })).toEqual([])
  })
})

describe('a delegated agent in a decision', () => {
  const policy = packPolicy('balanced')
  const write: ToolCall = { type: 'tool.call', callId: 'c', tool: 'Write', args: { file_path: '/w/a.md', content: 'x' }, cwd: '/w' }
  const judge = (session: Session, chain: readonly string[]) =>
    decide({
      session,
      principal: { tenant: 't', host: 'h', user: 'u', app: { name: 'a' }, session: 's', chain },
      call: write,
      gate: 'g',
      policy,
      now: 0,
    }).decision
  const handed: Event = { type: 'delegation', to: 'reviewer', task: 'review', limits: { effects: ['fs.read'] } }

  it('may do what it was handed and no more, and neither may an agent it starts', () => {
    const session = observe(createSession(), handed)
    expect(judge(session, []).verdict).toBe('allow')
    expect(judge(session, ['reviewer'])).toMatchObject({ verdict: 'deny', reasons: [{ policy: 'agents.beyond-delegation' }] })
    expect(judge(session, ['reviewer', 'helper']).verdict).toBe('deny')
    expect(judge(session, ['other']).verdict).toBe('allow')
  })

  it('may do no more than the policy folder says of it, whatever it was handed', () => {
    const files = new Map(packFiles('balanced'))
    const agents = 'agents:\n  reviewer: { effects: [fs.read] }\n  "*": { effects: [fs.read, fs.write], targets: [/elsewhere] }\n'
    const policyWith = compiledPolicy(files.set('bundle.yaml', `${files.get('bundle.yaml') ?? ''}${agents}`))
    const verdict = (chain: readonly string[]) =>
      decide({
        session: observe(createSession(), { type: 'delegation', to: 'reviewer', task: '', limits: { effects: ['fs.read', 'fs.write'] } }),
        principal: { tenant: 't', host: 'h', user: 'u', app: { name: 'a' }, session: 's', chain },
        call: write,
        gate: 'g',
        policy: policyWith,
        now: 0,
      }).decision.verdict
    expect([verdict([]), verdict(['reviewer']), verdict(['other'])]).toEqual(['allow', 'deny', 'deny'])
  })

  it('would be allowed to the session’s own agent, and is told so', () => {
    const decision = judge(observe(createSession(), handed), ['reviewer'])
    expect(decision.counterfactual).toMatchObject({ change: { kind: 'own-agent' }, verdict: 'allow' })
  })
})

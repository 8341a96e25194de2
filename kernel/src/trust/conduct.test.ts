import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packPolicy } from '../../pack-files.ts'
import { decide } from '../decide.ts'
import { EFFECT_CLASSES, type EffectClass } from '../effect/effect.ts'
import type { Conduct, ToolCall } from '../event/event.ts'
import { createSession, observe } from '../session.ts'
import { aged, behavedBadly, behavedWell, NO_CONDUCT, trustIn } from './conduct.ts'

const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'claude-code', binaryHash: 'ab' }, session: 's', chain: [] }
const SEND: readonly EffectClass[] = ['message.send']
const trust = (conduct: Conduct, of = principal as Parameters<typeof trustIn>[2]) => trustIn(conduct, 'message.send', of)

function well(times: number, from: Conduct = NO_CONDUCT): Conduct {
  let conduct = from
  for (let at = 0; at < times; at += 1) conduct = behavedWell(conduct, SEND)
  return conduct
}

describe('trust', () => {
  it('begins at 20 and is earned slowly', () => {
    expect([0, 1, 10, 40, 200].map((times) => trust(well(times)))).toEqual([20, 27, 59, 82, 94])
  })

  it('is lost at once, a little of it everywhere, and is slow to come back', () => {
    const before = behavedWell(well(100), ['net.egress'])
    const after = behavedBadly(before, SEND, 10)
    expect([trust(before), trust(after)]).toEqual([90, 10])
    expect(trustIn(after, 'net.egress', principal)).toBeLessThan(trustIn(before, 'net.egress', principal))
    expect(trust(well(20, after))).toBeLessThan(trust(well(20)))
  })

  it('is capped by how sure it is who acts', () => {
    const good = well(200)
    const as = (name: string, binaryHash?: string, chain: string[] = []) =>
      trust(good, { ...principal, app: { name, ...(binaryHash === undefined ? {} : { binaryHash }) }, chain })
    expect([as('claude-code', 'ab'), as('claude-code'), as('unknown', 'ab'), as('claude-code', 'ab', ['one', 'two'])]).toEqual([
      94, 70, 40, 79,
    ])
  })

  it('is forgotten with time, bad conduct more slowly than good', () => {
    expect(trust(aged(well(100), 30))).toBeLessThan(trust(well(100)))
    const bad = behavedBadly(NO_CONDUCT, SEND, 10)
    expect([trust(bad), trust(aged(bad, 90)), trust(aged(bad, 3650))]).toEqual([10, 13, 19])
  })

  it('stays between 0 and 100, never rises by misconduct and never falls by good conduct', () => {
    const deed = fc.record({
      good: fc.boolean(),
      classes: fc.subarray([...EFFECT_CLASSES], { minLength: 1 }),
      weight: fc.constantFrom(5, 10),
    })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), fc.constantFrom(...EFFECT_CLASSES), (deeds, name) => {
        let conduct = NO_CONDUCT
        for (const { good, classes, weight } of deeds) {
          const next = good ? behavedWell(conduct, classes) : behavedBadly(conduct, classes, weight)
          const [before, after] = [trustIn(conduct, name, principal), trustIn(next, name, principal)]
          expect(after).toBeGreaterThanOrEqual(0)
          expect(after).toBeLessThanOrEqual(100)
          if (good) expect(after).toBeGreaterThanOrEqual(before)
          else expect(after).toBeLessThanOrEqual(before)
          conduct = next
        }
      }),
    )
  })
})

describe('in a session', () => {
  const policy = packPolicy('balanced')
  const send: ToolCall = { type: 'tool.call', callId: 'c', tool: 'http_request', args: { method: 'GET', url: 'https://x.example/a' } }
  const reasons = (session: ReturnType<typeof createSession>) =>
    decide({ session, principal, call: send, gate: 'g', policy, now: 0 }).decision.reasons.map((reason) => reason.policy)

  it('a no of a person makes the next try a question, also in the next session', () => {
    expect(reasons(createSession())).toEqual([])
    const after = [1, 2].reduce((session) => observe(session, { type: 'refused', call: send, by: 'person' }), createSession())
    expect(reasons(after)).toContain('runaway.lost-trust')
    const next = observe(createSession(), { type: 'standing', conduct: after.conduct })
    expect(reasons(next)).toEqual(['runaway.lost-trust'])
  })

  it('what nobody answered and what is not grave says nothing about anybody', () => {
    const conduct = (by: 'nobody' | 'policy', severity: string) =>
      observe(createSession(), { type: 'refused', call: send, by, severity }).conduct
    expect([conduct('nobody', 'critical'), conduct('policy', 'high')]).toEqual([{}, {}])
    expect(conduct('policy', 'critical')).toEqual({ 'net.egress': [0, 5] })
  })
})

import { expect, it } from 'vitest'
import { packPolicy } from '../../kernel/pack-files.ts'
import { decisionDigest } from './digest.ts'
import { attackedSessions, generatedSessions } from './generated/generated.ts'
import type { Recording } from './recordings.ts'

const policy = packPolicy('balanced')
const plan = { seed: 'digest', count: 24, batch: 'first' } as const

it('decides a session the same, whatever was judged before it and whatever is still remembered of that', () => {
  const sessions: readonly Recording[] = [...generatedSessions(plan), ...attackedSessions(plan)]
  const cold = sessions.map((session) => decisionDigest(session, policy))
  const warm = sessions.toReversed().map((session) => decisionDigest(session, policy))
  expect(warm.toReversed()).toEqual(cold)
  // Texts come again under other names, and for another reason, before each of them.
  const others = [...generatedSessions({ ...plan, seed: 'others', count: 12 })]
  const between = sessions.map((session, at) => {
    const other = others[at % others.length] as Recording
    decisionDigest({ ...other, events: [...session.events, ...other.events] }, policy)
    return decisionDigest(session, policy)
  })
  expect(between).toEqual(cold)
  expect(new Set(cold).size).toBeGreaterThan(sessions.length / 2)
}, 120_000)

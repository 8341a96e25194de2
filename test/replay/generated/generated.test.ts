import { expect, it } from 'vitest'
import { packPolicy } from '../../../kernel/pack-files.ts'
import { judgeRecording } from '../judge-recording.ts'
import { addSession, noSums } from '../score.ts'
import { generatedSessions } from './generated.ts'

const policy = packPolicy('balanced')

it('makes the same sessions of the same seed', () => {
  const made = (seed: string): string => JSON.stringify([...generatedSessions({ seed, count: 15, batch: 'first' })])
  expect(made('a')).toBe(made('a'))
  expect(made('a')).not.toBe(made('b'))
})

it.each(['first', 'second'] as const)('%s batch: tasks with tools nobody has seen before go through with few questions', (batch) => {
  const sums = noSums()
  for (const recording of generatedSessions({ seed: 'test', count: 300, batch })) {
    const verdicts = new Map(judgeRecording(recording, policy).map(({ call, decision }) => [call.callId, decision.verdict]))
    addSession(sums, recording, (callId) => verdicts.get(callId) ?? 'allow')
  }
  expect(sums.cleanCalls).toBeGreaterThan(600)
  expect(sums.cleanAsked / sums.cleanCalls).toBeLessThan(0.03)
  expect(sums.cleanDenied / sums.cleanCalls).toBeLessThan(0.003)
  expect(sums.cleanIntact / sums.cleanSessions).toBeGreaterThan(0.9)
})

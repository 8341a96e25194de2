import { describe, expect, it } from 'vitest'
import { killRepeatedly } from './kills.ts'

const KILLS = Number(process.env['ASSIZE_KILLS'] ?? 5)

/** The short form of `node test/chaos/run.ts --kills 100`. */
describe('kill -9 under load', () => {
  it.each(['agent', 'hub'] as const)(
    'of the %s loses nothing and doubles nothing',
    async (victim) => {
      const { released, recorded, ...ledger } = await killRepeatedly({ victim, kills: KILLS })
      expect(released).toBeGreaterThan(10)
      expect(recorded).toBeGreaterThanOrEqual(released)
      expect(ledger).toEqual({
        kills: KILLS,
        releasedWithoutRecord: 0,
        missingAtHub: 0,
        duplicatesAtHub: 0,
        agentChain: 'verifies',
        hubChain: 'verifies',
      })
    },
    900_000,
  )
})

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CrashLoop } from './crash-loop.ts'
import { assembleHealth, type HealthSources } from './health.ts'

describe('crash loop', () => {
  it('blames a policy for the third start in the five minutes after it was activated', () => {
    const path = newPath()
    expect(CrashLoop.begin(path, 1_000).blames(500)).toBe(false)
    expect(CrashLoop.begin(path, 2_000).blames(500)).toBe(false)
    const third = CrashLoop.begin(path, 3_000)
    expect(third.problems()).toHaveLength(1)
    expect(third.blames(1_500)).toBe(false)
    expect(third.blames(undefined)).toBe(false)
    expect(third.safeMode()).toBe(false)
    expect(third.blames(500)).toBe(true)
    expect(third.safeMode()).toBe(true)
  })

  it('is not a start long after, nor one after an orderly stop, nor one after the clock was set back', () => {
    const slow = newPath()
    for (const at of [0, 200_000, 400_000, 600_000]) expect(CrashLoop.begin(slow, at).blames(0)).toBe(false)
    const orderly = newPath()
    for (const at of [1, 2, 3, 4]) {
      const loop = CrashLoop.begin(orderly, at)
      expect(loop.blames(0)).toBe(false)
      expect(loop.problems()).toEqual([])
      loop.end()
    }
    const backwards = newPath()
    for (const at of [500_000, 400_000, 300_000]) expect(CrashLoop.begin(backwards, at).blames(0)).toBe(false)
    const old = newPath()
    for (const at of [1_000_000, 1_000_001, 1_000_002]) expect(CrashLoop.begin(old, at).blames(0)).toBe(false)
  })

  it('keeps safe mode over restarts until a new policy is in force', () => {
    const path = newPath()
    for (const at of [1, 2, 3]) CrashLoop.begin(path, at).blames(0)
    const later = CrashLoop.begin(path, 10_000_000)
    expect(later.safeMode()).toBe(true)
    later.leaveSafeMode()
    later.end()
    expect(CrashLoop.begin(path, 20_000_000).safeMode()).toBe(false)
  })

  it('takes a damaged file for an empty one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        const path = newPath()
        writeFileSync(path, content)
        CrashLoop.begin(path, 1)
        expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('starts')
      }),
      { numRuns: 50 },
    )
  })
})

describe('health', () => {
  it('counts a part that cannot say how it is as a problem, and says each thing once', () => {
    const health = assembleHealth({ ...sources, problems: [() => ['disk full'], () => ['disk full', 'x'.repeat(10_000)], () => raise()] })
    expect(health.problems[0]).toBe('disk full')
    expect(health.problems).toHaveLength(3)
    expect(health.problems[1]?.length).toBeLessThanOrEqual(600)
    expect(health.problems[2]).toContain('broken part')
  })

  it('never looks healthier than it is: unprotected applications and safe mode are problems', () => {
    const health = assembleHealth({
      ...sources,
      safeMode: () => true,
      coverage: () => [{ app: 'codex', state: 'unprotected', reason: 'no hook is installed', gate: '' }],
    })
    expect(health.problems.join('\n')).toContain('safe mode')
    expect(health.problems.join('\n')).toContain('codex is not protected: no hook is installed')
  })

  it('says at most fifty things', () => {
    expect(assembleHealth({ ...sources, problems: [() => Array.from({ length: 500 }, (_, index) => `p${index}`)] }).problems).toHaveLength(
      50,
    )
  })
})

const sources: HealthSources = {
  now: () => 1,
  uptimeMs: () => 2,
  rssBytes: () => 3,
  policy: () => ({ name: 'balanced', version: 1, hash: '' }),
  unshipped: () => ({ entries: 0, bytes: 0 }),
  coverage: () => [],
  processes: () => [],
  modelFiles: () => [],
  problems: [],
  safeMode: () => false,
}

function raise(): never {
  throw new Error('broken part')
}

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'assize-guard-')), 'guard.json')
}

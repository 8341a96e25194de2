import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startAgent } from './agent.ts'
import { configSchema } from './config/schema.ts'
import { currentPlatform } from './platform/platform.ts'

const NEEDS = 'needs the right to mount a small file system'

function started(state: string, pack = 'balanced') {
  const config = configSchema.parse({ log: 'silent', pack })
  return startAgent({ state, platform: currentPlatform(), config, version: '0.1.0', log: () => undefined })
}

/** Writes until the disk takes no byte more. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  for (const size of [1024 * 1024, 4096]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size, 1))
    } catch {
      // Then smaller pieces, until not even one of them fits.
    }
  }
  closeSync(file)
}

it('starts again on a full disk with the room kept for that, says when even that is gone, and recovers by itself', async (context) => {
  const disk = mkdtempSync(join(tmpdir(), 'assize-full-start-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]).status !== 0) return context.skip(NEEDS)
  onTestFinished(() => void spawnSync('umount', ['-l', disk]))
  const state = join(disk, 'state')
  await (await started(state)).stop()

  fill(join(disk, 'first'))
  const agent = await started(state)
  expect(agent.health().problems.join(' ')).toContain('nearly full')
  await agent.stop()

  fill(join(disk, 'second'))
  await expect(started(state)).rejects.toThrow(/disk of .* is full, so the agent did not start and nothing is protected.* Free some space/)

  for (const file of ['first', 'second']) rmSync(join(disk, file))
  const again = await started(state)
  expect(again.health().problems).toEqual([])
  expect(existsSync(join(state, 'journal.db.ballast'))).toBe(true)
  await again.stop()
})

it('leaves the room of a running agent alone, and does not say that nothing is protected', async (context) => {
  const disk = mkdtempSync(join(tmpdir(), 'assize-full-second-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]).status !== 0) return context.skip(NEEDS)
  onTestFinished(() => void spawnSync('umount', ['-l', disk]))
  const state = join(disk, 'state')
  const first = await started(state)
  const before = readdirSync(state).map((name) => [name, statSync(join(state, name)).ino])
  fill(join(disk, 'full'))
  await expect(started(state)).rejects.toThrow(/another Assize agent already listens there/)
  expect(readdirSync(state).map((name) => [name, statSync(join(state, name)).ino])).toEqual(before)
  await first.stop()
})

it('gives the room back where it cannot start for another reason', async () => {
  const state = mkdtempSync(join(tmpdir(), 'assize-no-start-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  await expect(started(state, 'nonesuch')).rejects.toThrow(/no policy pack named/)
  expect(existsSync(join(state, 'journal.db.room'))).toBe(false)
})

it('says what it means when nothing can be written at all', async (context) => {
  const state = mkdtempSync(join(tmpdir(), 'assize-read-only-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,mode=700', 'tmpfs', state]).status !== 0) return context.skip(NEEDS)
  onTestFinished(() => void spawnSync('umount', ['-l', state]))
  await expect(started(state)).rejects.toThrow(/Nothing can be written in .*, so the agent did not start and nothing is protected/)
})

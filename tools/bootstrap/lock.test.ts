import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { withLock } from './lock.mjs'

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assize-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'lock')
}

const silent = () => undefined

it('lets one work at a time, and says for whom it waits', async () => {
  const path = place()
  const said: string[] = []
  const done: string[] = []
  const first = withLock(path, () => new Promise((resolve) => setTimeout(resolve, 4_000)).then(() => done.push('first')), silent)
  const second = withLock(
    path,
    async () => void done.push('second'),
    (text) => said.push(text),
  )
  await Promise.all([first, second])
  expect(done).toEqual(['first', 'second'])
  expect(said).toEqual([`Waiting for another set-up of this checkout (process ${process.pid}) ...`])
  expect(existsSync(path)).toBe(false)
})

it('takes over at once what a killed set-up left, and an old one of another machine', async () => {
  const path = place()
  const gone = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(path, `${gone.pid} ${hostname()}`)
  expect(await withLock(path, async () => 'killed', silent)).toBe('killed')
  for (const text of ['', '1 another-machine']) {
    writeFileSync(path, text)
    utimesSync(path, 0, 0)
    expect(await withLock(path, async () => text, silent)).toBe(text)
  }
})

it.skipIf(process.platform === 'win32')('leaves nothing behind when it is ended by a signal', async () => {
  const path = place()
  const script = `const { withLock } = await import('${new URL('./lock.mjs', import.meta.url).href}'); await withLock('${path}', () => { console.log('in'); return new Promise((resolve) => setTimeout(resolve, 60000)) }, () => {})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  expect(existsSync(path)).toBe(true)
  child.kill('SIGTERM')
  const [signal, held] = await new Promise<[NodeJS.Signals | null, boolean]>((resolve) =>
    child.once('close', (_, by) => resolve([by, existsSync(path)])),
  )
  expect([signal, held]).toEqual(['SIGTERM', false])
})

it('lets one in where a slow one has seen that a lock was left behind, and a quick one has taken it since', async () => {
  const path = place()
  const gone = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(path, `${gone.pid} ${hostname()}`)
  const script = `
    const { withLock } = await import('${new URL('./lock.mjs', import.meta.url).href}')
    const { kill } = process
    process.kill = (...who) => {
      process.kill = kill
      try {
        return kill(...who)
      } finally {
        console.log('looked')
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
      }
    }
    await withLock('${path}', async () => console.log('in'), () => {})`
  const slow = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(slow, 'close')
  let said = ''
  slow.stdout.on('data', (chunk) => (said += chunk))
  await once(slow.stdout, 'data')
  const during = await withLock(path, () => new Promise((resolve) => setTimeout(resolve, 1_500)).then(() => said), silent)
  await ended
  expect([during, said]).toEqual(['looked\n', 'looked\nin\n'])
}, 20_000)

it('does not wait for a stranger who has got the number of a killed set-up, and shows that it still works itself', async () => {
  const path = place()
  writeFileSync(path, `${process.ppid} ${hostname()}`)
  utimesSync(path, 0, 0)
  const touched = await withLock(
    path,
    async () => {
      utimesSync(path, 0, 0)
      await new Promise((resolve) => setTimeout(resolve, 6_000))
      return statSync(path).mtimeMs
    },
    silent,
  )
  expect(Date.now() - touched).toBeLessThan(60_000)
}, 20_000)

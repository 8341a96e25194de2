import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../tools/start/stack.ts'
import type { Bench, Figure } from './figures.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** From the command to a reachable console with a connected agent: the first start makes CA and identity, the second only runs. */
export const startTime: Bench = {
  name: 'start-time',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    try {
      const port = String(await freePort())
      const first = await startOnce(join(folder, 'state'), port)
      const second = await startOnce(join(folder, 'state'), port)
      return [
        { what: 'first start', value: first, unit: 's' },
        { what: 'second start', value: second, unit: 's', limit: { most: 5 } },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function startOnce(state: string, port: string): Promise<number> {
  const start = performance.now()
  const child = spawn('npm', ['start', '--silent', '--', '--state', state, '--console-port', port, '--no-open'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that all of it can be told to stop at once, as Ctrl-C in a terminal does: npm passes no signal on.
    detached: true,
  })
  const exit = new Promise((resolve) => child.once('exit', resolve))
  try {
    await said(child, /http:\/\/127\.0\.0\.1:/)
    return (performance.now() - start) / 1000
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
    await exit
  }
}

function said(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (pattern.test(text)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code} before the console was reachable:\n${text}`)))
  })
}

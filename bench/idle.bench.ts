import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { enrolAgent, freePort, startAgent, startHub } from '../tools/start/stack.ts'
import type { Bench, Figure } from './figures.ts'

const SETTLE_MS = 10_000
const WATCH_MS = 60_000
const TICKS_PER_SECOND = 100

/** What an enrolled, connected, watching agent costs when nothing happens. Linux only: it reads /proc. */
export const idle: Bench = {
  name: 'idle',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    const address = { state: join(folder, 'hub'), consolePort: await freePort(), grpcPort: await freePort() }
    const hub = await startHub(address)
    try {
      await enrolAgent(join(folder, 'agent'), address)
      const agent = await startAgent(join(folder, 'agent'))
      try {
        await pause(SETTLE_MS)
        const family = descendants(agent.pid)
        const before = cpuSeconds(family)
        await pause(WATCH_MS)
        const share = ((cpuSeconds(family) - before) / (WATCH_MS / 1000)) * 100
        return [
          { what: 'agent idle, resident memory', value: residentMegabytes(family), unit: 'MB', limit: { most: 120 } },
          { what: `agent idle, share of one core over ${WATCH_MS / 1000} s`, value: share, unit: '%', limit: { most: 0.3 } },
        ]
      } finally {
        await agent.stop()
      }
    } finally {
      await hub.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function stat(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** The process and every process below it, by parent. */
function descendants(root: number): readonly number[] {
  const found = [root]
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger)
  for (const parent of found) for (const pid of all) if (!found.includes(pid) && parentOf(pid) === parent) found.push(pid)
  return found
}

function parentOf(pid: number): number {
  try {
    return Number(stat(pid)[1])
  } catch {
    return 0
  }
}

function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(stat(pid)[11]) + Number(stat(pid)[12]), 0) / TICKS_PER_SECOND
}

function residentMegabytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024, 0)
}

/** How much slower this machine is right now than an idle one: a limit in seconds means little on a machine that does three things at once. */
import { spawnSync } from 'node:child_process'

/** What starting Node takes on an idle machine of the kind the limits were set on, milliseconds. */
const IDLE_START_MS = 60
const SAMPLES = 7

/** 1 on an idle machine; never less. */
export function slowness(): number {
  const times = Array.from({ length: SAMPLES }, () => {
    const start = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - start
  }).sort((left, right) => left - right)
  return Math.max(1, (times[Math.floor(SAMPLES / 2)] ?? IDLE_START_MS) / IDLE_START_MS)
}

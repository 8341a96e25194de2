/** How much slower this machine is right now than an idle one: a limit in seconds means little on a machine that does three things at once. */
import { spawnSync } from 'node:child_process'

/** What starting Node takes on an idle machine of the kind the limits were set on, milliseconds. */
const IDLE_START_MS = 60
const SAMPLES = 5
/** Long enough to be made to wait for others. */
const WORK_MS = 400
const WORK = `const s = performance.now(); while (process.cpuUsage().user < ${WORK_MS * 1000}); process.stdout.write(String((performance.now() - s) / ${WORK_MS}))`

/** 1 on an idle machine; never less. Both what a start takes and how long work waits for its turn count. */
function slowness(): number {
  const starts = Array.from({ length: SAMPLES }, () => {
    const start = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - start
  }).sort((left, right) => left - right)
  const starting = (starts[Math.floor(SAMPLES / 2)] ?? IDLE_START_MS) / IDLE_START_MS
  const waiting = Number(spawnSync(process.execPath, ['-e', WORK], { encoding: 'utf8' }).stdout)
  return Math.max(1, starting, waiting)
}

/** Whether a time limit held, on the measure of an idle machine. The time measured is printed. */
export function holdsWithin(what: string, took: number, limit: number): boolean {
  const factor = slowness()
  process.stdout.write(
    `${what}: took ${took.toFixed(0)} ms, limit ${limit} ms on an idle machine, this one is ${factor.toFixed(1)} times slower\n`,
  )
  return took / factor < limit
}

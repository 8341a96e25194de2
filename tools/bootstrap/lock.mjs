// One set-up at a time: a file that names who works, so that what a killed one left behind holds nobody up.
import { hostname } from 'node:os'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'

const LONGEST_MS = 600_000
const QUIET_MS = 3_000
/** How often whoever works shows that it still does, and after how long without it is taken for gone. */
const BEAT_MS = 5_000
const GONE_MS = 120_000
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Two `./assize` started at once must not install into each other. `say` is told when another one is being waited for. */
export async function withLock(path, work, say) {
  await take(path, say)
  const leave = (signal) => {
    rmSync(path, { force: true })
    for (const other of SIGNALS) process.removeListener(other, leave)
    process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.on(signal, leave)
  const beat = setInterval(() => touch(path), BEAT_MS).unref()
  try {
    return await work()
  } finally {
    clearInterval(beat)
    for (const signal of SIGNALS) process.removeListener(signal, leave)
    rmSync(path, { force: true })
  }
}

async function take(path, say) {
  const started = Date.now()
  let said = false
  for (;;) {
    try {
      writeFileSync(path, `${process.pid} ${hostname()}`, { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (abandoned(path) && clear(path)) continue
      const waited = Date.now() - started
      if (waited > LONGEST_MS) throw new Error(`Another set-up has held ${path} for ten minutes. Remove the file if none is running.`)
      if (waited > QUIET_MS && !said) {
        say(`Waiting for another set-up of this checkout (process ${holder(path)?.process ?? 'unknown'}) ...`)
        said = true
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** One at a time, and looking again: a slow one must not take away what a quick one has written since. */
function clear(path) {
  const clearing = `${path}.clearing`
  try {
    writeFileSync(clearing, '', { flag: 'wx' })
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (silent(clearing)) rmSync(clearing, { force: true })
    return false
  }
  try {
    if (abandoned(path)) rmSync(path, { force: true })
    return true
  } finally {
    rmSync(clearing, { force: true })
  }
}

/** Its process is gone, or it has shown nothing for long: another process may have got its number, or it was on another machine. */
function abandoned(path) {
  if (silent(path)) return true
  const by = holder(path)
  if (by === undefined || by.host !== hostname()) return false
  try {
    process.kill(by.process, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function silent(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > GONE_MS
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Somebody removed it by hand; the work goes on.
  }
}

function holder(path) {
  try {
    const [, process, host] = /^(\d+) (.+)$/.exec(readFileSync(path, 'utf8')) ?? []
    return process === undefined ? undefined : { process: Number(process), host }
  } catch {
    return undefined
  }
}

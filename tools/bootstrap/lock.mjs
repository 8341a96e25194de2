// One set-up at a time: a file that names who works, so that what a killed one left behind holds nobody up.
import { hostname } from 'node:os'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

const LONGEST_MS = 600_000
const QUIET_MS = 3_000
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
  try {
    return await work()
  } finally {
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
      if (abandoned(path)) {
        rmSync(path, { force: true })
        continue
      }
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

/** Its process is gone, or, where that cannot be told, it is older than any set-up. */
function abandoned(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return false
  const by = holder(path)
  if (by === undefined || by.host !== hostname()) return Date.now() - stat.mtimeMs > LONGEST_MS
  try {
    process.kill(by.process, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
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

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Long enough for whatever waits for the start to be done first. */
const AFTER_MS = 4_000

type Collect = (options: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void

/**
 * Gives back what only the start needed, about a sixth of the agent's memory, in one pause of some thirty milliseconds.
 * V8 does so by itself only under pressure, and an idle agent never makes any.
 * Returns how to call it off.
 */
export function settleMemory(): () => void {
  const timer = setTimeout(() => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as Collect | undefined
    collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, AFTER_MS)
  timer.unref()
  return () => clearTimeout(timer)
}

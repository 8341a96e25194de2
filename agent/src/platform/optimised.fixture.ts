/** Whether V8 optimises what runs very often, asked of V8 itself. */
import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'

/** Bits of V8's answer to how a function is compiled. */
const [OPTIMISED, BY_TURBOFAN] = [1 << 4, 1 << 6]

/** Runs a new function very often, for at most some hundred milliseconds more than it takes. */
export async function isOptimised(): Promise<boolean> {
  setFlagsFromString('--allow-natives-syntax')
  try {
    return await optimisedInTime()
  } finally {
    setFlagsFromString('--no-allow-natives-syntax')
  }
}

async function optimisedInTime(): Promise<boolean> {
  const status = runInThisContext('(what) => %GetOptimizationStatus(what)') as (what: () => number) => number
  const often = runInThisContext('(() => { let at = 0; return () => { at = (at * 31 + 7) | 0; return at } })()') as () => number
  for (let round = 0; round < 50; round += 1) {
    for (let call = 0; call < 100_000; call += 1) often()
    if ((status(often) & (OPTIMISED | BY_TURBOFAN)) !== 0) return true
    // Optimising goes on beside.
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  return false
}

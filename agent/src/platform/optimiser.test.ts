import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { doNotOptimise, optimise } from './optimiser.ts'

/** Bits of V8's answer to how a function is compiled. */
const [OPTIMISED, BY_TURBOFAN] = [1 << 4, 1 << 6]
let status: (what: () => number) => number

beforeAll(() => {
  setFlagsFromString('--allow-natives-syntax')
  status = runInThisContext('(what) => %GetOptimizationStatus(what)') as typeof status
})
afterAll(() => {
  optimise()
  setFlagsFromString('--no-allow-natives-syntax')
})

/** Whether a function that runs very often is optimised in the end. */
async function isOptimised(): Promise<boolean> {
  const often = runInThisContext('(() => { let at = 0; return () => { at = (at * 31 + 7) | 0; return at } })()') as () => number
  for (let round = 0; round < 50; round += 1) {
    for (let call = 0; call < 100_000; call += 1) often()
    if ((status(often) & (OPTIMISED | BY_TURBOFAN)) !== 0) return true
    // Optimising goes on beside.
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  return false
}

it('leaves code as it is compiled at first, and afterwards not', async () => {
  doNotOptimise()
  expect(await isOptimised()).toBe(false)
  optimise()
  expect(await isOptimised()).toBe(true)
})

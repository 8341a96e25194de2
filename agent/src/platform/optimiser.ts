import { setFlagsFromString } from 'node:v8'

/**
 * Leaves all code as it is compiled at first, until `optimise`. What runs once at a start gains nothing by being optimised, and the
 * optimiser leaves ten megabytes behind: its own code, and what it worked with. An engine that does not know the setting leaves it.
 */
export function doNotOptimise(): void {
  setFlagsFromString('--max-optimized-bytecode-size=0')
}

/** From now on, what runs often is optimised, as it is when nobody says anything. */
export function optimise(): void {
  setFlagsFromString('--max-optimized-bytecode-size=61440')
}

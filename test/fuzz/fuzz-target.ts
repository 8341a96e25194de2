import { hostileText, numbers } from './hostile-text.ts'
import type { Target } from './targets.ts'

/** Longest a reader may work on one text, in milliseconds of one processor: what the rest of the machine does counts for nothing. */
export const TIME_LIMIT = 1000

export interface Fault {
  readonly target: string
  readonly seed: number
  readonly what: string
  readonly text: string
}

/** Tries one text: it must be read without failing, in time, and the same way again. */
export function tryText(target: Target, seed: number): { readonly fault?: Fault; readonly took: number } {
  return tryThis(target, hostileText(target.pieces, numbers(seed)), seed)
}

export function tryThis(target: Target, text: string, seed: number): { readonly fault?: Fault; readonly took: number } {
  const fault = (what: string): Fault => ({ target: target.name, seed, what, text })
  const started = process.cpuUsage()
  const worked = (): number => process.cpuUsage(started).user / 1000
  try {
    const first = JSON.stringify(target.read(text))
    const took = worked()
    if (JSON.stringify(target.read(text)) !== first) return { fault: fault('is read another way the second time'), took }
    return took > TIME_LIMIT ? { fault: fault(`takes ${Math.round(took)} ms`), took } : { took }
  } catch (error) {
    return { fault: fault(`fails: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`), took: worked() }
  }
}

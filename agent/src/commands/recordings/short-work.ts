import { setFlagsFromString } from 'node:v8'

/**
 * Tells the engine that what follows takes seconds, in threads that each begin anew. It spends a third of them on optimising, in
 * every thread the same functions: so it does only with what is called often, and copies less of other functions into each. To be
 * called before the threads are started; an engine that does not know a setting leaves it.
 */
export function expectShortWork(): void {
  for (const setting of SETTINGS) setFlagsFromString(setting)
}

/** Calls before a function is optimised (3,000 otherwise), and how much bytecode may be copied into one (920 otherwise). */
const SETTINGS = ['--invocation-count-for-turbofan=5000', '--max-inlined-bytecode-size-cumulative=300']

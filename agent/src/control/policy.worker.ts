import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { type CedarEngine, loadPolicyBundle } from '@assize/kernel'
import type { PolicyWork, Transcript } from './load-policy.ts'

/**
 * Start-up file of a process that lives for one policy: loads it with the real engine and sends back what the engine said,
 * word for word. The engine's memory, tens of megabytes that are never given back otherwise, goes with the process.
 */
const said: [string, unknown][] = []
const engine = new Proxy(cedar as unknown as Record<string, (...args: unknown[]) => unknown>, {
  get:
    (module, name: string) =>
    (...args: unknown[]) => {
      const answer = module[name]?.(...args)
      said.push([name, answer])
      return answer
    },
}) as unknown as CedarEngine

process.once('message', (work: PolicyWork) => {
  loadPolicyBundle(new Map(work.files), engine)
  process.send?.(said satisfies Transcript, () => process.disconnect())
})

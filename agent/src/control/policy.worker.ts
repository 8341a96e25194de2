import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { loadPolicyBundle } from '@assize/kernel'
import { transcribed } from './engine-transcript.ts'
import type { PolicyWork } from './load-policy.ts'

/**
 * Start-up file of a process that lives for one policy: loads it with the real engine and sends back what the engine said,
 * word for word. The engine's memory, tens of megabytes that are never given back otherwise, goes with the process.
 */
const { engine, transcript } = transcribed(cedar)

process.once('message', (work: PolicyWork) => {
  loadPolicyBundle(new Map(work.files), engine)
  process.send?.(transcript, () => process.disconnect())
})

import { parentPort, workerData } from 'node:worker_threads'
import { tryText } from './fuzz-target.ts'
import { TARGETS } from './targets.ts'

const { names, until, from, beat } = workerData as {
  readonly names: readonly string[]
  readonly until: number
  readonly from: number
  /** Which target and seed are being tried, and how much this process had worked by then, in microseconds: all that is left to see of one that hangs. */
  readonly beat: Float64Array
}
const targets = TARGETS.filter(({ name }) => names.includes(name))
let [count, slowest, faults] = [0, 0, 0]
for (let seed = from; Date.now() < until && faults < 20; seed += 1)
  for (const [index, target] of targets.entries()) {
    beat.set([index, seed, process.cpuUsage().user])
    const { fault, took } = tryText(target, seed)
    count += 1
    slowest = Math.max(slowest, took)
    if (fault === undefined) continue
    faults += 1
    parentPort?.postMessage({ fault })
  }
parentPort?.postMessage({ count, slowest })

/**
 * The long form: `node test/fuzz/fuzz.ts --minutes 60 [--target shell,python] [--seed 1]`. Exits 1 on a failure, on a text that
 * takes longer than a second, and on one that is read two ways.
 */
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Fault } from './fuzz-target.ts'
import { TARGETS } from './targets.ts'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, target: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const names = values.target?.split(',') ?? TARGETS.map(({ name }) => name)
const unknown = names.filter((name) => !TARGETS.some((target) => target.name === name))
if (unknown.length > 0) {
  process.stderr.write(`No target ${unknown.join(', ')}. There are: ${TARGETS.map(({ name }) => name).join(', ')}.\n`)
  process.exit(2)
}

/** What has worked for so long is not coming back. Microseconds of processor time, since a busy machine makes anything slow. */
const GIVEN_UP = 20_000_000
const beat = new Float64Array(new SharedArrayBuffer(24))
const worker = new Worker(new URL('./fuzz.worker.ts', import.meta.url), {
  workerData: { names, until: Date.now() + Number(values.minutes) * 60_000, from: Number(values.seed), beat },
})
let failed = false
worker.on('message', (message: { readonly fault?: Fault; readonly count?: number; readonly slowest?: number }) => {
  if (message.fault !== undefined) {
    failed = true
    const { target, seed, what, text } = message.fault
    process.stdout.write(`${target} seed ${seed} ${what}\n  ${JSON.stringify(text.slice(0, 400))} (${text.length} characters)\n`)
  } else process.stdout.write(`${message.count} texts for ${names.join(', ')}; the slowest took ${(message.slowest ?? 0).toFixed(0)} ms\n`)
})
worker.on('error', (error) => {
  failed = true
  process.stdout.write(`The worker failed: ${error.message}\n`)
})
const watch = setInterval(() => {
  const [target = 0, seed = 0, since = 0] = beat
  if (since === 0 || process.cpuUsage().user - since < GIVEN_UP) return
  process.stdout.write(`${names[target]} seed ${seed} hangs\n`)
  process.exit(1)
}, 500)
worker.on('exit', () => {
  clearInterval(watch)
  process.exitCode = failed ? 1 : 0
})

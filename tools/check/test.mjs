// `npm test`: the repository's checks, the unit tests, then what needs the built product. Ends with one line of totals.
// `-- --only checks|unit|integration` runs one part; further arguments filter test files.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'
import { runChecks } from './check.mjs'

const args = process.argv.slice(2)
const at = args.indexOf('--only')
const only = at >= 0 ? args.splice(at, 2)[1].split(',') : ['checks', 'unit', 'integration']
/** Files of `test/` that hold a time limit. */
const TIMED = ['e2e/start', 'e2e/policy-push', 'link/agent-hub']
/** Files whose time is told: whoever looks for what makes a run long begins there. */
const MOST_SLOW = 10
const totals = { passed: 0, failed: 0, skipped: 0 }
/** Every test file that ran, with the milliseconds it took. */
const took = []
const started = performance.now()

if (only.includes('checks')) {
  heading('Checks')
  add(await runChecks())
}
if (only.includes('unit')) {
  heading('Unit tests')
  add(await vitest(['--config', 'vitest.config.ts']))
}
if (only.includes('integration')) {
  heading('Integration tests (real processes, real servers, real clients)')
  // What holds a time limit runs alone: beside other tests and browsers the limit would say nothing.
  add(await vitest(args.length > 0 ? ['--root', 'test'] : ['--root', 'test', '--maxWorkers', '1', ...TIMED]))
  if (args.length === 0) add(await vitest(['--root', 'test', ...TIMED.flatMap((file) => ['--exclude', `${file}.test.ts`])]))
}
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
if (took.length > MOST_SLOW) {
  heading(`The slowest of ${took.length} test files; all that ran took ${seconds(performance.now() - started)}`)
  const slowest = took.toSorted((left, right) => right.ms - left.ms).slice(0, MOST_SLOW)
  for (const { file, ms } of slowest) process.stdout.write(`${seconds(ms).padStart(6)}  ${file}\n`)
}
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`)
process.exitCode = totals.failed === 0 ? 0 : 1

function heading(text) {
  process.stdout.write(`\n== ${text}\n`)
}

function seconds(ms) {
  return `${Math.round(ms / 1000)} s`
}

function add(part) {
  for (const key of Object.keys(totals)) totals[key] += part[key] ?? 0
}

async function vitest(options) {
  const folder = await mkdtemp(join(tmpdir(), 'assize-test-'))
  const report = join(folder, 'report.json')
  const command = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...options,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]
  try {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
      child.on('error', reject)
      child.on('close', resolve)
    })
    return count(
      await readFile(report, 'utf8')
        .then(JSON.parse)
        .catch(() => undefined),
      code,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A run that broke before it could report, or a file that did not load, counts as a failure of its own. */
function count(report, code) {
  if (!report) return { failed: 1 }
  for (const { name, startTime, endTime } of report.testResults) took.push({ file: relative(root, name), ms: endTime - startTime })
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const broken = failed + unloaded === 0 && code !== 0 ? 1 : 0
  return { passed, failed: failed + unloaded + broken, skipped: numPendingTests + numTodoTests }
}

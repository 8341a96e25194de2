// The repository's checks on itself, one line each. `-- --only NAME[,NAME]` runs some of them.
import { pathToFileURL } from 'node:url'
import { apiTypesCheck } from './checks/api-types.mjs'
import { boundaries } from './checks/boundaries.mjs'
import { deadCode } from './checks/dead-code.mjs'
import { folderSentences } from './checks/folder-sentences.mjs'
import { forbiddenText } from './checks/forbidden-text.mjs'
import { formatting } from './checks/formatting.mjs'
import { lint } from './checks/lint.mjs'
import { lockfile } from './checks/lockfile.mjs'
import { nativeClient } from './checks/native-client.mjs'
import { plantedViolations } from './checks/planted-violations.mjs'
import { proto } from './checks/proto.mjs'
import { purity } from './checks/purity.mjs'
import { runtime } from './checks/runtime.mjs'
import { types } from './checks/types.mjs'

const CHECKS = [
  apiTypesCheck,
  boundaries,
  deadCode,
  folderSentences,
  forbiddenText,
  formatting,
  lint,
  lockfile,
  nativeClient,
  plantedViolations,
  proto,
  purity,
  runtime,
  types,
]
const AT_ONCE = 2
const DETAIL_LINES = 60

/** Runs the checks two at a time; says how many passed and failed. */
export async function runChecks(only) {
  const waiting = CHECKS.filter((check) => !only || only.includes(check.name))
  if (waiting.length === 0) throw new Error(`no check is named ${only}; known: ${CHECKS.map((check) => check.name).join(', ')}`)
  const totals = { passed: 0, failed: 0 }
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const problems = await report(check)
      if (problems === 0) totals.passed += 1
      else totals.failed += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return totals
}

async function report(check) {
  const started = performance.now()
  const { note, problems } = await check
    .run()
    .catch((error) => ({ note: '', problems: [`the check itself broke: ${error.stack ?? error}`] }))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${check.name.padEnd(20)} ${seconds.padStart(5)} s  ${note ?? ''}\n`)
  const lines = problems.flatMap((problem) => problem.trimEnd().split('\n'))
  for (const line of lines.slice(0, DETAIL_LINES)) process.stdout.write(`       ${line}\n`)
  if (lines.length > DETAIL_LINES) process.stdout.write(`       ... and ${lines.length - DETAIL_LINES} lines more\n`)
  return problems.length
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--only')
  const { passed, failed } = await runChecks(at > 0 ? process.argv[at + 1].split(',') : undefined)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

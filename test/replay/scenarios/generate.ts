/** Writes scenarios as session lines: `node test/replay/scenarios/generate.ts --out FILE [--half scored|second|third|reserve]`. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { reserve } from './reserve/index.ts'
import { second } from './second/index.ts'
import { sessionsOf } from './sessions.ts'
import { suites } from './suites/index.ts'
import { third } from './third/index.ts'

const { values } = parseArgs({
  options: { out: { type: 'string' }, half: { type: 'string', default: 'scored' }, suite: { type: 'string', multiple: true } },
})
const half = new Map([
  ['scored', suites],
  ['second', second],
  ['third', third],
  ['reserve', reserve],
]).get(values.half)
if (values.out === undefined || half === undefined) {
  console.error('usage: node test/replay/scenarios/generate.ts --out FILE [--half scored|second|third|reserve] [--suite NAME]...')
  process.exit(2)
}
const chosen = values.suite === undefined ? half : half.filter((suite) => values.suite?.includes(suite.name))
if (chosen.length === 0) {
  console.error(`no such suite; there are ${half.map((suite) => suite.name).join(', ')}`)
  process.exit(2)
}
const sessions = sessionsOf(chosen)
writeFileSync(values.out, sessions.map((session) => `${JSON.stringify(session)}\n`).join(''))
console.error(`${sessions.length} sessions of ${chosen.length} domains`)

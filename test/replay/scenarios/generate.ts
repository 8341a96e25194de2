/** Writes the scenarios as session lines: `node test/replay/scenarios/generate.ts --out FILE`. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sessionsOf } from './sessions.ts'
import { suites } from './suites/index.ts'

const { values } = parseArgs({ options: { out: { type: 'string' }, suite: { type: 'string', multiple: true } } })
if (values.out === undefined) {
  console.error('usage: node test/replay/scenarios/generate.ts --out FILE [--suite NAME]...')
  process.exit(2)
}
const chosen = values.suite === undefined ? suites : suites.filter((suite) => values.suite?.includes(suite.name))
if (chosen.length === 0) {
  console.error(`no such suite; there are ${suites.map((suite) => suite.name).join(', ')}`)
  process.exit(2)
}
const sessions = sessionsOf(chosen)
writeFileSync(values.out, sessions.map((session) => `${JSON.stringify(session)}\n`).join(''))
console.error(`${sessions.length} sessions of ${chosen.length} domains`)

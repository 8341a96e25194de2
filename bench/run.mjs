// `npm run bench`: every figure beside its baseline in the same run. `-- --only NAME[,NAME]`, `-- --json FILE`.
import { cpus } from 'node:os'
import { writeFileSync } from 'node:fs'
import { detection } from './detection.bench.ts'
import { classify } from './classify.bench.ts'
import { durable } from './durable.bench.ts'
import { holds, line } from './figures.ts'
import { growth } from './growth.bench.ts'
import { hookStart } from './hook-start.bench.ts'
import { hubIngest } from './hub-ingest.bench.ts'
import { idle } from './idle.bench.ts'
import { kernel } from './kernel.bench.ts'
import { mcpHttp } from './mcp-http.bench.ts'
import { mcpStdio } from './mcp-stdio.bench.ts'
import { modelGateway } from './model-gateway.bench.ts'
import { policyStep } from './policy.bench.ts'
import { secretScan } from './secrets.bench.ts'
import { startTime } from './start-time.bench.ts'

const BENCHES = [
  mcpStdio,
  mcpHttp,
  modelGateway,
  hookStart,
  durable,
  hubIngest,
  idle,
  startTime,
  kernel,
  policyStep,
  growth,
  secretScan,
  detection,
  classify,
]
const args = process.argv.slice(2)
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const only = option('--only')?.split(',')
const chosen = BENCHES.filter((bench) => !only || only.includes(bench.name))
if (chosen.length === 0) {
  process.stderr.write(`No benchmark is named ${only}; known: ${BENCHES.map((bench) => bench.name).join(', ')}.\n`)
  process.exit(2)
}

const report = { node: process.versions.node, cpus: `${cpus().length} x ${cpus()[0]?.model}`, at: new Date().toISOString(), benches: [] }
let failed = 0
for (const bench of chosen) {
  process.stdout.write(`\n== ${bench.name}\n`)
  const figures = await bench.run()
  for (const figure of figures) process.stdout.write(`${line(figure)}\n`)
  failed += figures.filter((figure) => holds(figure) === false).length
  report.benches.push({ name: bench.name, figures: figures.map((figure) => ({ ...figure, holds: holds(figure) })) })
}
const file = option('--json')
if (file) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
process.stdout.write(failed === 0 ? '\nEvery limit holds.\n' : `\n${failed} limits do not hold.\n`)
process.exit(failed === 0 ? 0 : 1)

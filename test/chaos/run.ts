/** The long form: `node test/chaos/run.ts --kills 100 [--victim agent|hub]`. Prints the ledger; exits 1 when anything was lost. */
import { killRepeatedly, type Ledger } from './kills.ts'

const args = process.argv.slice(2)
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const kills = Number(option('--kills') ?? 100)
const only = option('--victim')
let failed = false
for (const victim of ['agent', 'hub'] as const) {
  if (only !== undefined && only !== victim) continue
  const started = Date.now()
  const ledger = await killRepeatedly({ victim, kills, progress: (done) => process.stderr.write(`\r${victim}: ${done}/${kills} kills`) })
  process.stdout.write(`\n${JSON.stringify({ victim, seconds: Math.round((Date.now() - started) / 1000), ...ledger })}\n`)
  failed ||= !clean(ledger)
}
process.exit(failed ? 1 : 0)

function clean(ledger: Ledger): boolean {
  return (
    ledger.released > 0 &&
    ledger.releasedWithoutRecord + ledger.missingAtHub + ledger.duplicatesAtHub === 0 &&
    ledger.agentChain === 'verifies' &&
    ledger.hubChain === 'verifies'
  )
}

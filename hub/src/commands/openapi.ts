import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { loadConfig } from '../config/config.ts'
import { openHub } from '../hub.ts'
import { openLog } from '../platform/log.ts'
import { systemClock } from '../platform/platform.ts'

export function addOpenapi(program: Command): void {
  program.command('openapi').description('print the OpenAPI description of the REST API').action(printOpenapi)
}

/** Asks a hub in a throw-away folder, so that what is printed is what is served. */
async function printOpenapi(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'assize-hub-'))
  try {
    const hub = await openHub({
      state,
      config: loadConfig(undefined, { consolePort: 0, grpcPort: 0 }),
      clock: systemClock,
      log: openLog('silent'),
      onFailure: () => undefined,
    })
    const answer = await fetch(`${hub.consoleUrl}/api/v1/openapi.json`)
    process.stdout.write(`${JSON.stringify(await answer.json(), undefined, 2)}\n`)
    await hub.close()
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
}

import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRONT_ENDS, gated } from '../harness/gate.ts'
import { startBridge } from '../harness/http-bridge.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { conformance, conformanceSuite } from '../harness/servers.ts'

/** The official suite gives the same result for every scenario with and without the gate. */
describe('the MCP conformance suite', () => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await openSandbox()
    await sandbox.startAgent()
  })
  afterAll(() => sandbox?.close())

  it.each([
    ['2025-11-25', 80],
    ['2026-07-28', 120],
  ] as const)('%s', async (revision, leastPassed) => {
    const direct = await results(conformance(), revision)
    const passed = Object.values(direct).reduce((sum, scenario) => sum + scenario.passed, 0)
    expect(passed).toBeGreaterThanOrEqual(leastPassed)
    for (const which of FRONT_ENDS) expect(await results(gated(sandbox.agentState, conformance(), which), revision), which).toEqual(direct)
  })

  async function results(server: readonly string[], revision: string): Promise<Record<string, { passed: number; failed: number }>> {
    const bridge = await startBridge(server)
    const folder = join(sandbox.folder, `results-${revision}`)
    await mkdir(folder, { recursive: true })
    try {
      const summary = await suite(['server', '--url', bridge.url, '--requirements', revision, '-o', folder])
      const lines = [...summary.matchAll(/^\S (\S+): (\d+) passed, (\d+) failed/gm)]
      return Object.fromEntries(lines.map(([, name = '', passed, failed]) => [name, { passed: Number(passed), failed: Number(failed) }]))
    } finally {
      await bridge.close()
    }
  }
})

function suite(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [conformanceSuite(), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks).toString()))
  })
}

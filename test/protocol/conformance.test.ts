import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRONT_ENDS, gated } from '../harness/gate.ts'
import { suiteResults } from '../harness/conformance.ts'
import { startBridge } from '../harness/http-bridge.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { conformance } from '../harness/servers.ts'

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
  ] as const)(
    '%s',
    async (revision, leastPassed) => {
      const direct = await results(conformance(), revision)
      const passed = Object.values(direct).reduce((sum, counts) => sum + Number.parseInt(counts, 10), 0)
      expect(passed).toBeGreaterThanOrEqual(leastPassed)
      for (const which of FRONT_ENDS)
        expect(await results(gated(sandbox.agentState, conformance(), which), revision), which).toEqual(direct)
    },
    400_000,
  )

  async function results(server: readonly string[], revision: string): Promise<Readonly<Record<string, string>>> {
    const bridge = await startBridge(server)
    try {
      return await suiteResults(bridge.url, revision, join(sandbox.folder, `results-${revision}`))
    } finally {
      await bridge.close()
    }
  }
})

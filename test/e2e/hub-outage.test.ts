import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize } from '../../tools/start/stack.ts'
import { openGatedFiles } from '../harness/gate.ts'
import { type RawClient, stopped } from '../harness/raw-client.ts'
import { eventually, openStack } from '../harness/sandbox.ts'

const OUTAGE_MS = Number(process.env['ASSIZE_OUTAGE_MS'] ?? 5000)

/** With the hub gone decisions go on unchanged; afterwards everything arrives. ASSIZE_OUTAGE_MS=60000 for the long form. */
describe('a hub that is gone for a while', () => {
  let stack: Awaited<ReturnType<typeof openStack>>
  let client: RawClient
  let workspace: string

  beforeAll(async () => {
    stack = await openStack()
    workspace = join(stack.folder, 'workspace')
    client = await openGatedFiles(stack.agentState, workspace)
  })
  afterAll(async () => {
    await client?.close()
    await stack?.close()
  })

  it('changes no decision, and gets every record when it is back', async () => {
    await stack.hubService.stop()
    const until = Date.now() + OUTAGE_MS
    let calls = 0
    while (Date.now() < until) {
      calls += 1
      expect(stopped(await client.call('write_file', { path: join(workspace, `f${calls}.txt`), content: 'x' }))).toBe(false)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await stack.startHub()
    const { stdout } = await assize(['decisions', '--json', '--limit', '1000', '--state', stack.agentState])
    const made = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id)
    expect(made.length).toBeGreaterThanOrEqual(Math.min(calls, 1000))
    const rest = await stack.rest('viewer')
    await eventually(
      'every decision at the hub',
      async () => {
        const answers = await Promise.all(made.map((id) => rest(`decisions/${id}`)))
        return answers.every(({ status }) => status === 200)
      },
      60_000,
    )
  })
})

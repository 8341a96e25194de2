import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize, assizeHub } from '../../tools/start/stack.ts'
import { openGatedFiles } from '../harness/gate.ts'
import { forbidWriting, policyFolder } from '../harness/policy-folder.ts'
import { type RawClient, stopped, textOf } from '../harness/raw-client.ts'
import { eventually, openStack } from '../harness/sandbox.ts'
import { signedBundle } from '../harness/signed-bundle.ts'
import { holdsWithin } from '../harness/slowness.ts'

type Stack = Awaited<ReturnType<typeof openStack>>
interface PolicyView {
  readonly items: readonly {
    readonly version: number
    readonly agents: { readonly active: number; readonly refused: number }
    readonly refusals: readonly { readonly code: string; readonly detail: string }[]
  }[]
}

/** Published policy reaches connected agents at once; what should not be accepted changes nothing and says why. */
describe('pushing policy', () => {
  let stack: Stack
  let workspace: string
  let client: RawClient

  beforeAll(async () => {
    stack = await openStack()
    workspace = join(stack.folder, 'workspace')
    client = await openGatedFiles(stack.agentState, workspace)
  })
  afterAll(async () => {
    await client?.close()
    await stack?.close()
  })

  const write = (name: string) => client.call('write_file', { path: join(workspace, name), content: 'x' })
  const publish = (folder: string, more: readonly string[] = []) =>
    assizeHub(['policy', 'publish', folder, '--state', stack.hub.state, ...more])

  it('a published forbid holds for the next call within two seconds', async () => {
    expect(stopped(await write('held.txt'))).toBe(false)
    const folder = await policyFolder(join(stack.folder, 'p1'), forbidWriting('held.txt'))
    const published = await publish(folder)
    expect(published.code, published.stderr).toBe(0)
    const before = Date.now()
    const answer = await eventually('the forbid', async () => {
      const tried = await write('held.txt')
      return stopped(tried) && tried
    })
    const took = Date.now() - before
    expect(holdsWithin('a published forbid', took, 2000)).toBe(true)
    expect(textOf(answer)).toContain('held.txt is not written')
    expect(stopped(await write('free.txt'))).toBe(false)
  })

  it('the hub shows the version as active only because the agent said so', async () => {
    const rest = await stack.rest('viewer')
    await eventually('the report', async () => {
      const { body } = await rest<PolicyView>('policies')
      return body.items[0]?.agents.active === 1
    })
  })

  it('an invalid bundle is refused with the place of the fault, and the last good one stays', async () => {
    const folder = await policyFolder(
      join(stack.folder, 'p2'),
      '@id("broken") forbid (principal, action, resource) when { context.noSuchThing };',
    )
    const published = await publish(folder)
    expect(published.code).not.toBe(0)
    expect(`${published.stdout}${published.stderr}`).toMatch(/extra\.cedar|noSuchThing|title/)
    expect(stopped(await write('held.txt'))).toBe(true)
  })

  it.each([
    ['unsigned', { version: 50, unsigned: true }, /not signed/],
    ['signed over something else', { version: 50, signedOver: 'another manifest' }, /signature/],
    ['older than what is published', { version: 1 }, /not newer/],
    ['expired', { version: 50, created: '2019-01-01T00:00:00.000Z', expires: '2020-01-01T00:00:00.000Z' }, /expired/],
    ['changed after it was signed', { version: 50, spoil: 'extra.cedar' }, /extra\.cedar/],
  ] as const)('a bundle that is %s is refused by the hub with the reason, and changes nothing', async (what, wish, reason) => {
    const folder = await policyFolder(join(stack.folder, `bad-${what.slice(0, 8)}`), forbidWriting('free.txt'))
    const rest = await stack.rest('policy-admin')
    const { status, body } = await rest<{ detail: string }>('policies', {
      method: 'POST',
      body: await signedBundle(stack.hub.state, folder, wish),
    })
    expect([400, 409, 422], JSON.stringify(body)).toContain(status)
    expect(body.detail).toMatch(reason)
    expect(stopped(await write('free.txt'))).toBe(false)
    expect(stopped(await write('held.txt'))).toBe(true)
    const auditor = await stack.rest('admin')
    expect(JSON.stringify((await auditor('audit')).body)).toMatch(/refus|polic/i)
  })

  it('a bundle that only the agent can refuse leaves the last good one in force there, and hub and agent say why', async () => {
    const folder = await policyFolder(join(stack.folder, 'newer-agent'), forbidWriting('free.txt'))
    const bundle = join(folder, 'bundle.yaml')
    await writeFile(bundle, (await readFile(bundle, 'utf8')).replace('minAgentVersion: 0.1.0', 'minAgentVersion: 99.0.0'))
    expect((await publish(folder)).code).toBe(0)
    const rest = await stack.rest('viewer')
    const refusal = await eventually('the refusal at the hub', async () => (await rest<PolicyView>('policies')).body.items[0]?.refusals[0])
    expect(refusal).toMatchObject({ code: 'agent-too-old', detail: expect.stringContaining('99.0.0') })
    const { stdout } = await assize(['status', '--state', stack.agentState])
    expect(stdout).toContain('99.0.0')
    expect(stopped(await write('free.txt'))).toBe(false)
    expect(stopped(await write('held.txt'))).toBe(true)
  })

  it('a later version replaces the earlier one, and agents say which is in force', async () => {
    const folder = await policyFolder(join(stack.folder, 'p4'), forbidWriting('other.txt'))
    expect((await publish(folder)).code).toBe(0)
    await eventually('the second version', async () => stopped(await write('other.txt')))
    expect(stopped(await write('held.txt'))).toBe(false)
    const { stdout } = await assize(['status', '--json', '--state', stack.agentState])
    expect(stdout).toMatch(/"version":\s*[2-9]/)
  })

  it('what is in force stays in force without the hub, also after a restart of the agent', async () => {
    await stack.hubService.stop()
    expect(stopped(await write('other.txt'))).toBe(true)
    await client.close()
    await stack.agentService.stop()
    await stack.startAgent()
    client = await openGatedFiles(stack.agentState, workspace)
    expect(stopped(await write('other.txt'))).toBe(true)
    expect(stopped(await write('held.txt'))).toBe(false)
  })
})

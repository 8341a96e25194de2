import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Service } from '../../tools/start/stack.ts'
import { FRONT_ENDS, gated } from '../harness/gate.ts'
import { RawClient, stopped } from '../harness/raw-client.ts'
import { eventually, openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { filesystem } from '../harness/servers.ts'

/** Hostile bytes at the MCP gate: a clear error, nothing let through, nobody crashes, and the next honest call works. */
describe.each(FRONT_ENDS)('bad input at the MCP gate, %s front-end', (which) => {
  let sandbox: Sandbox
  let agent: Service
  let workspace: string
  let client: RawClient

  beforeAll(async () => {
    sandbox = await openSandbox()
    agent = await sandbox.startAgent()
    workspace = join(sandbox.folder, 'workspace')
    await mkdir(workspace)
    client = new RawClient(gated(sandbox.agentState, filesystem(workspace), which), { cwd: workspace })
    await client.open()
  })
  afterAll(async () => {
    await client?.close()
    await sandbox?.close()
  })
  afterEach(() => expectStillServing())

  async function expectStillServing(): Promise<void> {
    expect(agent.running).toBe(true)
    const honest = await client.call('list_directory', { path: workspace }, 60_000)
    expect(stopped(honest)).toBe(false)
  }

  const target = (name: string) => join(workspace, name)
  const call = (id: unknown, args: string) =>
    `{"jsonrpc":"2.0","id":${typeof id === 'string' ? id : JSON.stringify(id)},"method":"tools/call","params":{"name":"write_file","arguments":${args}}}\n`

  it('a line that is no JSON', async () => {
    await client.send('{"jsonrpc":"2.0","id":1,"method":\n')
    await client.send('\u0000\u0001 not json at all\n\n\n')
    await expectStillServing()
  })

  it('a line of 100 MB', async () => {
    const chunk = 'a'.repeat(1024 * 1024)
    await client.send(
      `{"jsonrpc":"2.0","id":"huge","method":"tools/call","params":{"name":"write_file","arguments":{"path":${JSON.stringify(target('huge.txt'))},"content":"`,
    )
    for (let sent = 0; sent < 100; sent += 1) await client.send(chunk)
    await client.send('"}}}\n')
    await client.call('list_directory', { path: workspace }, 60_000)
    expect(existsSync(target('huge.txt'))).toBe(false)
  })

  it('arguments nested a hundred thousand deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    await client.send(call('"deep"', `{"path":${JSON.stringify(target('deep.txt'))},"content":"x","extra":${deep}}`))
    expect(stopped(await client.answerTo('deep'))).toBe(true)
    expect(existsSync(target('deep.txt'))).toBe(false)
  })

  it('duplicate keys, on which parsers disagree', async () => {
    await client.send(
      `{"jsonrpc":"2.0","id":"twice","method":"tools/call","params":{"name":"list_directory","name":"write_file","arguments":{"path":${JSON.stringify(target('twice.txt'))},"content":"x"}}}\n`,
    )
    expect(stopped(await client.answerTo('twice'))).toBe(true)
    await client.send(
      call('"twice2"', `{"path":${JSON.stringify(target('a.txt'))},"path":${JSON.stringify(target('b.txt'))},"content":"x"}`),
    )
    expect(stopped(await client.answerTo('twice2'))).toBe(true)
    await client.send(
      `{"jsonrpc":"2.0","id":"twice3","method":"ping","method":"tools/call","params":{"name":"write_file","arguments":{"path":${JSON.stringify(target('c.txt'))},"content":"x"}}}\n`,
    )
    await client.call('list_directory', { path: workspace })
    for (const name of ['twice.txt', 'a.txt', 'b.txt', 'c.txt']) expect(existsSync(target(name)), name).toBe(false)
  })

  it.each([
    ['a number too large for a number', `1${'0'.repeat(400)}`],
    ['a string of a megabyte', JSON.stringify('i'.repeat(1024 * 1024))],
    ['an object', '{"a":1}'],
    ['null', 'null'],
  ])('an id that is %s', async (_what, id) => {
    await client.send(
      `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"list_directory","arguments":{"path":${JSON.stringify(workspace)}}}}\n`,
    )
    await expectStillServing()
  })

  it('keys named __proto__, constructor and prototype', async () => {
    await client.send(
      call(
        '"proto"',
        `{"__proto__":{"path":"/etc/passwd","polluted":true},"constructor":{"prototype":{"polluted":true}},"path":${JSON.stringify(target('proto.txt'))},"content":"x"}`,
      ),
    )
    await client.answerTo('proto')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('bytes that are no UTF-8', async () => {
    const [before = '', after = ''] = call('"utf8"', `{"path":${JSON.stringify(target('utf8.txt'))},"content":"CUT"}`).split('CUT')
    await client.send(Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(after)]))
    const refusal = await eventually('the refusal', async () => client.lines.find((line) => line.includes('UTF-8')))
    expect(JSON.parse(refusal)).toMatchObject({ error: { message: expect.stringContaining('nothing ran') } })
    expect(existsSync(target('utf8.txt'))).toBe(false)
  })

  it('a batch with a tool call inside', async () => {
    const line = call('"batched"', `{"path":${JSON.stringify(target('batched.txt'))},"content":"x"}`).trim()
    await client.send(`[${line},{"jsonrpc":"2.0","id":"also","method":"ping"}]\n`)
    await client.call('list_directory', { path: workspace })
    expect(existsSync(target('batched.txt'))).toBe(false)
  })

  it('a tool call without a name, without params, with params of another kind', async () => {
    await client.send(
      '{"jsonrpc":"2.0","id":"p1","method":"tools/call"}\n{"jsonrpc":"2.0","id":"p2","method":"tools/call","params":[]}\n{"jsonrpc":"2.0","id":"p3","method":"tools/call","params":{"name":7}}\n',
    )
    for (const id of ['p1', 'p2', 'p3']) expect(stopped(await client.answerTo(id)), id).toBe(true)
  })
})

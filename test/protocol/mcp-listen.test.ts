import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { CreateMessageRequestSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize, NODE_CLIENT, type Service } from '../../tools/start/stack.ts'
import { suiteResults } from '../harness/conformance.ts'
import { startBridge } from '../harness/http-bridge.ts'
import { forbidWriting, policyFolder } from '../harness/policy-folder.ts'
import { eventually, openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { conformance, everything, filesystem, modern } from '../harness/servers.ts'

const SUITE_MS = 400_000
const SESSION = /"session":"([^"]+)"/
/** Another application that calls a tool. */
const OTHER = `
const [, , url, path] = process.argv
const post = async (message, session) => {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...(session ? { 'mcp-session-id': session } : {}) }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) })
  return [response.headers.get('mcp-session-id'), await response.text()]
}
const clientInfo = { name: 'other', version: '1' }
const [session] = await post({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } })
const [, text] = await post({ id: 2, method: 'tools/call', params: { name: 'read_text_file', arguments: { path } } }, session)
process.exit(text.includes('hello') ? 0 : 1)
`
const COUNTS = /(\d+) passed, (\d+) failed/

/** Clients over HTTP before servers over stdio, started by `assize mcp --listen`. */
describe('an MCP server over stdio behind `assize mcp --listen`', () => {
  let sandbox: Sandbox
  let agent: Service
  let workspace: string
  const started: ChildProcess[] = []

  beforeAll(async () => {
    sandbox = await openSandbox()
    workspace = join(sandbox.folder, 'workspace')
    await mkdir(workspace)
    await writeFile(join(workspace, 'notes.txt'), 'hello')
    agent = await sandbox.startAgent({ ASSIZE_PACK: await policyFolder(join(sandbox.folder, 'policy'), forbidWriting('secret.md')) })
  })
  afterAll(async () => {
    for (const child of started) child.kill()
    await sandbox?.close()
  })

  /** Its address, and the process. */
  async function listening(server: readonly string[], ...more: readonly string[]) {
    const [program = '', ...args] = [...NODE_CLIENT, '--state', sandbox.agentState, 'mcp', '--listen', '0', ...more, ...server]
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    started.push(child)
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const url = new URL(/http:\S+\/mcp/.exec(line.toString())?.[0] ?? '')
    return { url, child }
  }

  it('works for the client of sessions: calls, progress, questions, refusals, an agent that is gone', async () => {
    const { url } = await listening(['--', ...everything()])
    const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: { sampling: {}, elicitation: {} } })
    const asked: string[] = []
    client.setRequestHandler(CreateMessageRequestSchema, () => {
      asked.push('sampling')
      return { model: 'm', role: 'assistant', content: { type: 'text', text: 'sampled' } }
    })
    client.setRequestHandler(ElicitRequestSchema, () => {
      asked.push('elicitation')
      return { action: 'decline' }
    })
    const transport = new StreamableHTTPClientTransport(url)
    await client.connect(transport)
    expect(transport.sessionId).toMatch(/^[\da-f-]{36}$/)
    const steps: number[] = []
    const long = { name: 'trigger-long-running-operation', arguments: { duration: 1, steps: 3 } }
    const [echo] = await Promise.all([
      client.callTool({ name: 'echo', arguments: { message: 'Grüße \u{1F680}' } }),
      client.callTool(long, undefined, { onprogress: ({ progress }) => steps.push(progress) }),
    ])
    expect(JSON.stringify(echo.content)).toContain('Grüße \u{1F680}')
    expect(steps).toEqual([1, 2, 3])
    await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'p', maxTokens: 10 } })
    await client.callTool({ name: 'trigger-elicitation-request', arguments: {} })
    expect(asked).toEqual(['sampling', 'elicitation'])
    await transport.terminateSession()
    const gone = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'mcp-session-id': transport.sessionId ?? 'x' },
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    })
    expect(gone.status).toBe(404)
    await client.close()
  })

  it('judges what is called, for the process that calls', async () => {
    const { url } = await listening(['--server', 'files', '--', ...filesystem(workspace)])
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(new StreamableHTTPClientTransport(url))
    const read = await client.callTool({ name: 'read_text_file', arguments: { path: join(workspace, 'notes.txt') } })
    expect(JSON.stringify(read.content)).toContain('hello')
    const path = join(workspace, 'secret.md')
    const refused = await client.callTool({ name: 'write_file', arguments: { path, content: 'x' } })
    expect([refused.isError, JSON.stringify(refused.content)]).toEqual([true, expect.stringMatching(/Blocked/)])
    const other = join(workspace, 'other.mjs')
    await writeFile(other, OTHER)
    const child = spawn(process.execPath, [other, url.href, join(workspace, 'notes.txt')], { stdio: 'inherit' })
    expect(await once(child, 'exit')).toEqual([0, null])
    const [own, others] = await eventually('both decisions', async () => {
      const { stdout } = await assize(['decisions', '--json', '--state', sandbox.agentState])
      const lines = stdout.split('\n').filter((line) => line.includes('"files"'))
      const found = [lines.find((line) => line.includes('secret.md')), lines.find((line) => line.includes('"name":"other"'))]
      return found.every((line) => line !== undefined) && found.map((line) => SESSION.exec(line ?? '')?.[1])
    })
    // Each process is a session of its own, although one listener stands before both.
    expect(own).not.toBe(others)
    await client.close()
  })

  it('works for the client without sessions, and for two that number their requests alike', async () => {
    const { url } = await listening(['--', ...modern()])
    const clients = [1, 2, 3].map(
      () => new ModernClient({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    )
    await Promise.all(clients.map((client) => client.connect(new ModernTransport(url))))
    const zones = await Promise.all(
      clients.flatMap((client) => [1, 2, 3, 4].map(() => client.callTool({ name: 'get_time_zone', arguments: {} }))),
    )
    expect(zones.map(({ structuredContent }) => structuredContent)).toEqual(
      zones.map(() => ({ zone: 'Europe/Berlin', offsets: [1, 2.5, 1e21, -0.1] })),
    )
    await Promise.all(clients.map((client) => client.close()))
  })

  it('is for programs of this machine, under its own name', async () => {
    const { url, child } = await listening(['--', ...everything()])
    const ask = (headers: Readonly<Record<string, string>>, path = '/mcp') =>
      fetch(new URL(path, url), { method: 'POST', headers, body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' }).then(({ status }) => status)
    expect(await ask({ origin: 'https://evil.example' })).toBe(403)
    expect(await ask({}, '/else')).toBe(404)
    expect(await ask({})).toBe(400)
    expect(await ask({ 'mcp-session-id': 'guess' })).toBe(404)
    const usage = (...args: readonly string[]) => assize(['--state', sandbox.agentState, 'mcp', ...args])
    expect(await usage('--listen', '0.0.0.0:7400', '--', 'x')).toMatchObject({ code: 2, stderr: expect.stringMatching(/other machines/) })
    expect(await usage('--listen', '0', '--', 'no-such-program')).toMatchObject({ code: 2, stderr: expect.stringMatching(/no program/) })
    expect(await usage('--listen', url.port, '--', 'node')).toMatchObject({ code: 2, stderr: expect.stringMatching(/Nothing can listen/) })
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
  })

  it.each(['2025-11-25', '2026-07-28'] as const)(
    'gives the conformance suite of %s what the server gives, or better',
    async (revision) => {
      const folder = join(sandbox.folder, `results-${revision}`)
      const bare = await startBridge(conformance())
      try {
        const direct = await suiteResults(bare.url, revision, folder)
        const { url } = await listening(['--', ...conformance()])
        const through = await suiteResults(url.href, revision, folder)
        expect(worse(direct, through)).toEqual([])
        // The whole way: HTTP, the gate, and HTTP again.
        const { url: chained } = await listening(['--url', bare.url])
        expect(worse(direct, await suiteResults(chained.href, revision, folder))).toEqual([])
      } finally {
        await bare.close()
      }
    },
    SUITE_MS,
  )

  it('lets nothing run while the agent is gone', async () => {
    const { url } = await listening(['--server', 'files', '--', ...filesystem(workspace)])
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(new StreamableHTTPClientTransport(url))
    await agent.stop()
    const path = join(workspace, 'later.md')
    const refused = await client.callTool({ name: 'write_file', arguments: { path, content: 'x' } })
    expect([refused.isError, JSON.stringify(refused.content)]).toEqual([true, expect.stringMatching(/does not answer/)])
    await client.close()
  })
})

/** Scenarios that fail more often, or pass less often, than without. */
function worse(direct: Readonly<Record<string, string>>, through: Readonly<Record<string, string>>): readonly string[] {
  const counts = (text = '') => (COUNTS.exec(text) ?? []).slice(1).map(Number)
  return Object.entries(direct).flatMap(([name, was]) => {
    const [[passed = 0, failed = 0], [nowPassed = 0, nowFailed = 0]] = [counts(was), counts(through[name])]
    // An answer that comes alone needs no stream; the suite then counts one check less.
    const fewer = nowPassed < passed - (name === 'server-sse-multiple-streams' ? 1 : 0)
    return fewer || nowFailed > failed ? [`${name}: ${was} → ${through[name] ?? 'not run'}`] : []
  })
}

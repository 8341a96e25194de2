import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize, type Service } from '../../tools/start/stack.ts'
import { suiteResults } from '../harness/conformance.ts'
import { behindGate, type HttpServer, startEverything, startModernHttp } from '../harness/http-servers.ts'
import { startBridge } from '../harness/http-bridge.ts'
import { forbidWriting, policyFolder } from '../harness/policy-folder.ts'
import { eventually, openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { conformance, filesystem } from '../harness/servers.ts'

/** Servers reached by address, with real clients in front of the gate that listens. */
describe('MCP over HTTP through the gate', () => {
  let sandbox: Sandbox
  let agent: Service
  let workspace: string
  const servers: Record<string, HttpServer> = {}
  let gate: Readonly<Record<string, string>>

  beforeAll(async () => {
    sandbox = await openSandbox()
    workspace = join(sandbox.folder, 'workspace')
    await mkdir(workspace)
    agent = await sandbox.startAgent({ ASSIZE_PACK: await policyFolder(join(sandbox.folder, 'policy'), forbidWriting('secret.md')) })
    servers['everything'] = await startEverything('streamableHttp')
    servers['sse'] = await startEverything('sse')
    servers['modern'] = await startModernHttp()
    servers['fixture'] = await startBridge(conformance())
    servers['files'] = await startBridge(filesystem('/'))
    gate = await behindGate(sandbox.agentState, Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url])))
  })
  afterAll(async () => {
    await Promise.all(Object.values(servers).map((server) => server.close()))
    await sandbox?.close()
  })

  const at = (name: string) => new URL(gate[name] ?? '')

  /** What a client's user sees of `server-everything`, whatever lies between. */
  async function played(client: Client): Promise<unknown> {
    const seen: unknown[] = []
    client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => {
      seen.push(['sampling', params.messages])
      return { model: 'm', role: 'assistant', content: { type: 'text', text: 'sampled' } }
    })
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      seen.push(['elicitation', params.message])
      return { action: 'decline' }
    })
    const updates = { logging: 0, resources: 0 }
    client.setNotificationHandler(LoggingMessageNotificationSchema, () => void (updates.logging += 1))
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => void (updates.resources += 1))
    seen.push(client.getServerVersion(), client.getServerCapabilities(), client.getInstructions()?.length)
    seen.push((await client.listTools()).tools)
    seen.push(await client.callTool({ name: 'echo', arguments: { message: 'Grüße \u{1F680}' } }))
    seen.push(await client.callTool({ name: 'get-sum', arguments: { a: 1, b: 0.1 } }))
    const progress: number[] = []
    const long = { name: 'trigger-long-running-operation', arguments: { duration: 1, steps: 4 } }
    seen.push(await client.callTool(long, undefined, { onprogress: (step) => progress.push(step.progress) }), progress)
    seen.push(await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'p', maxTokens: 10 } }))
    seen.push(await client.callTool({ name: 'trigger-elicitation-request', arguments: {} }))
    const { resources } = await client.listResources()
    for (const { uri } of resources.slice(0, 2)) seen.push(await client.readResource({ uri }))
    seen.push(await client.getPrompt({ name: 'simple-prompt' }), (await client.listPrompts()).prompts)
    seen.push(await client.callTool({ name: 'no-such-tool', arguments: {} }).catch((error: unknown) => String(error)))
    await client.close()
    return JSON.parse(JSON.stringify(seen).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d{1,2}:\d\d:\d\d [AP]M/g, 'then'))
  }

  async function legacy(transport: StreamableHTTPClientTransport | SSEClientTransport): Promise<Client> {
    const client = new Client({ name: 'user', version: '1.0.0' }, { capabilities: { sampling: {}, elicitation: {} } })
    await client.connect(transport as Parameters<Client['connect']>[0])
    return client
  }

  it('shows the SDK client of 2025 the same server-everything, over streamable HTTP', async () => {
    const direct = await played(await legacy(new StreamableHTTPClientTransport(new URL(servers['everything']?.url ?? ''))))
    expect(await played(await legacy(new StreamableHTTPClientTransport(at('everything'))))).toEqual(direct)
    expect(JSON.stringify(direct)).toMatch(/Grüße.*sampling.*elicitation/s)
  })

  it('shows it the same over the two streams of the oldest form', async () => {
    const direct = await played(await legacy(new SSEClientTransport(new URL(servers['sse']?.url ?? ''))))
    expect(await played(await legacy(new SSEClientTransport(at('sse'))))).toEqual(direct)
  })

  it('shows the SDK client of 2026 the same server, with its headers', async () => {
    const seen = async (url: URL): Promise<unknown> => {
      const client = new ModernClient({ name: 'user', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
      await client.connect(new ModernTransport(url))
      const all = [
        await client.listTools(),
        await client.callTool({ name: 'get_time_zone', arguments: {} }),
        await client.callTool({ name: 'find_note', arguments: { key: 'Köln', text: 'naïve' } }),
        await client.readResource({ uri: 'fixture://about' }),
        await client.getPrompt({ name: 'greet' }),
      ]
      await client.close()
      return all
    }
    const direct = await seen(new URL(servers['modern']?.url ?? ''))
    expect(await seen(at('modern'))).toEqual(direct)
    expect(JSON.stringify(direct)).toContain('Köln: naïve')
  })

  it.each(['2025-11-25', '2026-07-28'] as const)(
    'gives the conformance suite of %s what the server itself gives',
    async (revision) => {
      const folder = (name: string) => join(sandbox.folder, `results-${name}-${revision}`)
      const direct = await suiteResults(servers['fixture']?.url ?? '', revision, folder('direct'))
      expect(Object.keys(direct).length).toBeGreaterThan(20)
      expect(await suiteResults(gate['fixture'] ?? '', revision, folder('gate'))).toEqual(direct)
    },
    400_000,
  )

  it('decides: a call that a policy denies runs nowhere, the client can read why, and the journal knows it', async () => {
    const client = await legacy(new StreamableHTTPClientTransport(at('files')))
    await client.listTools()
    const fine = await client.callTool({ name: 'write_file', arguments: { path: join(workspace, 'a.md'), content: 'a' } })
    expect(fine.isError ?? false, JSON.stringify(fine)).toBe(false)
    const secret = join(workspace, 'secret.md')
    const denied = await client.callTool({ name: 'write_file', arguments: { path: secret, content: 'x' } })
    expect(denied).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('The file secret.md is not written') as string }],
    })
    expect(existsSync(secret)).toBe(false)
    await client.close()
    const { stdout } = await assize(['decisions', '--json', '--state', sandbox.agentState])
    expect(stdout).toContain('"gate":"mcp-http"')
    expect(stdout).toMatch(/"server":"files"/)
  })

  it('is put in front of a server by `protect` and taken away by `unprotect`, while the agent runs', async () => {
    const home = join(sandbox.folder, 'home')
    const file = join(home, '.cursor', 'mcp.json')
    await mkdir(join(home, '.cursor'), { recursive: true })
    const written = `// mine\n{ "mcpServers": { "every": { "url": "${servers['everything']?.url}" } } }\n`
    await writeFile(file, written)
    const run = (...words: readonly string[]) => assize([...words, '--state', sandbox.agentState], { env: { HOME: home } })
    expect((await run('protect', 'cursor')).stdout).toMatch(/behind the gate: every/)
    const [, address = ''] = /"url": "([^"]+)"/.exec(await readFile(file, 'utf8')) ?? []
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/every\/mcp$/)
    await eventually('the agent to know the server', async () => (await fetch(address, { method: 'DELETE' })).status !== 404)
    const client = await legacy(new StreamableHTTPClientTransport(new URL(address)))
    expect(JSON.stringify(await client.callTool({ name: 'echo', arguments: { message: 'protected' } }))).toContain('protected')
    await client.close()
    await run('unprotect', 'cursor')
    expect(await readFile(file, 'utf8')).toBe(written)
  })

  it('runs nothing while the agent is stopped, and goes on after its next start', async () => {
    await agent.stop()
    await expect(legacy(new StreamableHTTPClientTransport(at('everything')))).rejects.toThrow()
    agent = await sandbox.startAgent()
    const client = await legacy(new StreamableHTTPClientTransport(at('everything')))
    expect(JSON.stringify(await client.callTool({ name: 'echo', arguments: { message: 'back' } }))).toContain('back')
    await client.close()
  })
})

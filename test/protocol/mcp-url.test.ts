import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize } from '../../tools/start/stack.ts'
import { FRONT_ENDS, type FrontEnd, frontEnd } from '../harness/gate.ts'
import { suiteResults } from '../harness/conformance.ts'
import { startBridge } from '../harness/http-bridge.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { conformance, everything } from '../harness/servers.ts'

/** The suite waits a lot; on a busy machine several times as long. */
const SUITE_MS = 400_000

describe('an MCP server over streamable HTTP behind `assize mcp --url`', () => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await openSandbox()
    await sandbox.startAgent()
  })
  afterAll(() => sandbox?.close())

  /** The launcher hands over to the native front-end by itself; the other one is asked for. */
  const gated = (which: FrontEnd, url: string, ...more: readonly string[]): string[] => [
    ...(which === 'native' ? ['env', 'ASSIZE_CLIENT=native', ...frontEnd('node').slice(2)] : frontEnd('node')),
    '--state',
    sandbox.agentState,
    'mcp',
    '--url',
    url,
    ...more,
  ]

  async function connected(command: readonly string[]) {
    const [program = '', ...args] = command
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(new StdioClientTransport({ command: program, args, stderr: 'ignore' }))
    return client
  }

  it.each(FRONT_ENDS)('works for a real client and is decided about (%s)', async (which) => {
    const bridge = await startBridge(everything())
    const client = await connected(gated(which, bridge.url))
    try {
      const { tools } = await client.listTools()
      expect(tools.map((tool) => tool.name)).toContain('echo')
      const answer = await client.callTool({ name: 'echo', arguments: { message: 'Grüße' } })
      expect(JSON.stringify(answer.content)).toContain('Grüße')
      const { stdout } = await assize(['decisions', '--json', '--state', sandbox.agentState])
      expect(stdout).toContain(`"server":"${new URL(bridge.url).host}"`)
    } finally {
      await client.close()
      await bridge.close()
    }
  })

  it.each(['2025-11-25', '2026-07-28'] as const)(
    'gives the conformance suite of %s what the server itself gives',
    async (revision) => {
      const server = await startBridge(conformance())
      const through = await startBridge(gated(FRONT_ENDS.at(-1) ?? 'node', server.url))
      try {
        const direct = await results(server.url, revision)
        expect(Object.keys(direct).length).toBeGreaterThan(20)
        expect(await results(through.url, revision)).toEqual(direct)
      } finally {
        await through.close()
        await server.close()
      }
    },
    SUITE_MS,
  )

  /** One scenario asks without a version in the message, which a host that speaks stdio cannot; with HTTP on both sides it is tried too. */
  async function results(url: string, revision: string): Promise<Readonly<Record<string, string>>> {
    const { 'server-stateless': _left, ...rest } = await suiteResults(url, revision, join(sandbox.folder, `results-${Math.random()}`))
    return rest
  }

  it('sends the headers it was given and mirrors what goes out, says what went wrong, and keeps no answer back', async () => {
    const seen: IncomingMessage['headers'][] = []
    const server = await startRaw((request, response, body) => {
      seen.push(request.headers)
      const { id, method } = body as { id?: number; method: string }
      if (method === 'tools/list') {
        const inputSchema = { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } }
        return json(response, { jsonrpc: '2.0', id, result: { tools: [{ name: 'look', inputSchema }], resultType: 'complete' } })
      }
      if (id === 3) return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
      if (id === 4) return void response.writeHead(307, { location: 'https://elsewhere.example/mcp' }).end()
      if (id === 5)
        return void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{\n  "jsonrpc": "2.0",\n  "id": 5,\n  "result": {}\n}\n')
      json(response, { jsonrpc: '2.0', id, result: { content: [], resultType: 'complete' } })
    })
    const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }
    const lines = [
      { id: 1, method: 'tools/list', params: { _meta: meta } },
      { id: 2, method: 'tools/call', params: { name: 'look', arguments: { region: 'Köln' }, _meta: meta } },
      { id: 3, method: 'ping', params: {} },
      { id: 4, method: 'ping', params: {} },
      { id: 5, method: 'ping', params: {} },
    ]
    try {
      const answers = await spoken(gated('node', server.url, '--header', 'X-Team: blue', '--header-env', 'Authorization=MCP_TOKEN'), lines)
      expect(answers.map((answer) => answer['id'])).toEqual([1, 2, 3, 4, 5])
      expect(JSON.stringify(answers[2])).toMatch(/sign-in/)
      expect(JSON.stringify(answers[3])).toMatch(/elsewhere\.example/)
      expect(seen[1]).toMatchObject({
        'x-team': 'blue',
        authorization: 'Bearer t',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'look',
        'mcp-param-region': `=?base64?${Buffer.from('Köln').toString('base64')}?=`,
      })
      expect(seen[2]?.['mcp-method']).toBeUndefined()
    } finally {
      await server.close()
    }
  })

  it('says so when the server is not there', async () => {
    const [answer] = await spoken(gated('node', 'http://127.0.0.1:9/mcp'), [{ id: 1, method: 'ping', params: {} }])
    expect(JSON.stringify(answer)).toMatch(/cannot be reached/)
    const usage = await assize(['mcp', '--url', 'ftp://x', '--state', sandbox.agentState])
    expect([usage.code, usage.stderr]).toEqual([2, expect.stringMatching(/no address of an MCP server/)])
    const inOneWord = await assize(['mcp', '--server=s', '--url=ftp://x?a=b'])
    expect([inOneWord.code, inOneWord.stderr]).toEqual([2, expect.stringMatching(/`ftp:\/\/x\?a=b` is no address of an MCP server/)])
  })
})

/** Asks one after the other; gives the answers in order. */
function spoken(command: readonly string[], requests: readonly object[]): Promise<Record<string, unknown>[]> {
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, MCP_TOKEN: 'Bearer t' } })
    const answers: Record<string, unknown>[] = []
    const rest = [...requests]
    let text = ''
    const next = (): void => {
      const request = rest.shift()
      if (request === undefined) child.stdin.end()
      else child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...request })}\n`)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        answers.push(JSON.parse(text.slice(0, end)) as Record<string, unknown>)
        text = text.slice(end + 1)
        next()
      }
    })
    child.on('error', reject)
    child.on('close', () => resolve(answers))
    next()
  })
}

async function startRaw(handle: (request: IncomingMessage, response: ServerResponse, body: unknown) => void) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => handle(request, response, JSON.parse(Buffer.concat(chunks).toString() || '{}')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

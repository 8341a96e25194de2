import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, taken } from '../../tools/start/stack.ts'
import { chromiumPath } from '../harness/browser.ts'
import { gated } from '../harness/gate.ts'
import { behindGate } from '../harness/http-servers.ts'
import { eventually, openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { playwright } from '../harness/servers.ts'

const PAGE = `<title>Shop</title><h1>Two pears</h1><button onclick="document.querySelector('h1').textContent = 'Three pears'">One more</button>`

/** A server that drives a real browser does the same whatever lies between. */
describe.skipIf(chromiumPath === undefined)('the Playwright server', () => {
  let sandbox: Sandbox
  const page = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE))
  const command = () =>
    playwright('--headless', '--isolated', '--no-sandbox', '--executable-path', chromiumPath ?? '', '--output-dir', sandbox.folder)

  beforeAll(async () => {
    sandbox = await openSandbox()
    await sandbox.startAgent()
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    page.closeAllConnections()
    page.close()
    await sandbox?.close()
  })

  async function played(transport: StdioClientTransport | StreamableHTTPClientTransport): Promise<string> {
    const client = new Client({ name: 'user', version: '1.0.0' })
    await client.connect(transport as Parameters<Client['connect']>[0])
    const call = async (name: string, args: Record<string, unknown> = {}) =>
      JSON.stringify(await client.callTool({ name, arguments: args }, undefined, { timeout: 100_000 }))
    const { tools } = await client.listTools()
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`
    const seen = [JSON.stringify(tools), await call('browser_navigate', { url }), await call('browser_snapshot')]
    const target = /button \\"One more\\" \[ref=(\w+)\]/.exec(seen.join(''))?.[1] ?? ''
    seen.push(await call('browser_click', { element: 'One more', ref: target, target }), await call('browser_snapshot'))
    await call('browser_close')
    await client.close()
    // Names of files hold the time.
    return seen.join('\n').replaceAll(/\d{4}-\d\d-\d\dT[\w-]+/g, 'then')
  }

  it('behaves the same behind both gates', async () => {
    const [program = '', ...args] = command()
    const direct = await played(new StdioClientTransport({ command: program, args, stderr: 'ignore' }))
    expect(direct).toContain('Three pears')
    const [gate = '', ...gateArgs] = gated(sandbox.agentState, command())
    expect(await played(new StdioClientTransport({ command: gate, args: gateArgs, stderr: 'ignore' }))).toBe(direct)

    const port = await freePort()
    const server = spawn(program, [...args, '--port', String(port)], { stdio: 'ignore' })
    await eventually(`the Playwright server to listen on ${port}`, () => taken(port))
    try {
      const { browser = '' } = await behindGate(sandbox.agentState, { browser: `http://localhost:${port}/mcp` })
      expect(await played(new StreamableHTTPClientTransport(new URL(browser)))).toBe(direct)
    } finally {
      server.kill('SIGKILL')
      await once(server, 'exit')
    }
  }, 400_000)
})

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CreateMessageRequestSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize, type Service } from '../../tools/start/stack.ts'
import { FRONT_ENDS, gated } from '../harness/gate.ts'
import { behindGate, type HttpServer, startEverything } from '../harness/http-servers.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { everything } from '../harness/servers.ts'

const KEY = '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'

/** What a real server is told when it asks the person or the model something: the server itself repeats it in its result. */
describe('answers to the questions of a real server', () => {
  let sandbox: Sandbox
  let agent: Service
  let server: HttpServer
  let address: URL

  beforeAll(async () => {
    sandbox = await openSandbox()
    await mkdir(join(sandbox.folder, 'workspace'))
    agent = await sandbox.startAgent({ ASSIZE_PACK: 'balanced' })
    server = await startEverything('streamableHttp')
    address = new URL((await behindGate(sandbox.agentState, { everything: server.url }))['everything'] ?? '')
  })
  afterAll(async () => {
    await agent?.stop()
    await server?.close()
    await sandbox?.close()
  })

  function stdio(which: (typeof FRONT_ENDS)[number]): Transport {
    const [command = '', ...args] = gated(sandbox.agentState, everything(), which)
    return new StdioClientTransport({ command, args, cwd: join(sandbox.folder, 'workspace'), stderr: 'ignore' })
  }

  async function played(transport: Transport, said: string) {
    const client = new Client({ name: 'user', version: '1.0.0' }, { capabilities: { sampling: {}, elicitation: {} } })
    client.setRequestHandler(CreateMessageRequestSchema, () => ({ model: 'm', role: 'assistant', content: { type: 'text', text: said } }))
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: said, check: true, integer: 7 } }))
    await client.connect(transport)
    try {
      await client.listTools()
      const form = await client.callTool({ name: 'trigger-elicitation-request', arguments: {} })
      const written = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'p', maxTokens: 10 } })
      return { form: JSON.stringify(form), written: JSON.stringify(written) }
    } finally {
      await client.close()
    }
  }

  const ways = [
    ...FRONT_ENDS.map((which) => [`over stdio, ${which} front-end`, () => stdio(which)] as const),
    ['over HTTP', () => new StreamableHTTPClientTransport(address) as Transport] as const,
  ]

  it.each(ways)('reach it as they are where nothing in them is a secret, %s', async (_, transport) => {
    const { form, written } = await played(transport(), 'Ann of the green house')
    expect(form).toContain('Ann of the green house')
    expect(form).toContain('7')
    expect(written).toContain('Ann of the green house')
  })

  it.each(ways)('reach it without the secrets in them, %s', async (_, transport) => {
    const { form, written } = await played(transport(), `Ann, ${KEY}`)
    for (const repeated of [form, written]) {
      expect(repeated).toContain('Ann, ')
      expect(repeated).not.toContain(KEY)
      expect(repeated).toMatch(/github-token removed/)
    }
  })

  it('are told in the journal, without the secret', async () => {
    const { stdout } = await assize(['decisions', '--state', sandbox.agentState, '--json'])
    expect(stdout).toContain('elicitation/create')
    expect(stdout).toContain('sampling/createMessage')
    expect(stdout).toContain('exfiltration.secret-in-message')
    expect(stdout).not.toContain(KEY)
  })
})

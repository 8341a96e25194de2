import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client as ModernClient } from '@modelcontextprotocol/client'
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRONT_ENDS, tapped } from '../harness/gate.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { conformance, everything, filesystem, memory, modern } from '../harness/servers.ts'

/** What passes a gate that changes nothing is the same on both sides, byte for byte, in both directions and both protocol eras. */
describe.each(FRONT_ENDS)('a recorded session through the %s gate', (which) => {
  let sandbox: Sandbox
  let workspace: string

  beforeAll(async () => {
    sandbox = await openSandbox()
    workspace = join(sandbox.folder, 'workspace')
    await mkdir(workspace)
    await writeFile(join(workspace, 'notes.md'), '# Notes\n\nSunny — with \u2028 odd \u00e4\u00f6\u00fc characters \u{1F680}.\n')
    await sandbox.startAgent()
  })
  afterAll(() => sandbox?.close())

  function command(name: string, server: readonly string[]) {
    const files = { outside: join(sandbox.folder, `${name}-outside`), inside: join(sandbox.folder, `${name}-inside`) }
    const [program = '', ...args] = tapped(sandbox.agentState, server, files, which)
    return { files, parameters: { command: program, args, cwd: workspace, env: process.env as Record<string, string> } }
  }

  async function expectIdentical(files: { outside: string; inside: string }, least: number): Promise<void> {
    for (const direction of ['sent', 'received']) {
      const outside = await readFile(`${files.outside}.${direction}`)
      const inside = await readFile(`${files.inside}.${direction}`)
      expect(inside.toString().split('\n')).toEqual(outside.toString().split('\n'))
      expect(inside.equals(outside)).toBe(true)
      expect(outside.length).toBeGreaterThan(least)
    }
  }

  it.each([
    [
      'filesystem',
      () => filesystem(workspace),
      [
        ['list_directory', { path: '.' }],
        ['read_text_file', { path: 'notes.md' }],
        ['write_file', { path: 'made.md', content: 'naïve \u{1F680}\n' }],
        ['search_files', { path: '.', pattern: '*.md' }],
      ],
    ],
    [
      'everything',
      everything,
      [
        ['echo', { message: 'hé\u0000llo' }],
        ['get-sum', { a: 1, b: 0.1 }],
        ['get-tiny-image', {}],
      ],
    ],
    [
      'memory',
      memory,
      [
        ['create_entities', { entities: [{ name: 'Ada', entityType: 'person', observations: ['likes engines'] }] }],
        ['read_graph', {}],
      ],
    ],
  ] as const)('2025-11-25: %s', async (name, server, calls) => {
    const { files, parameters } = command(name, server())
    const client = new Client({ name: 'recorder', version: '1.0.0' })
    await client.connect(new StdioClientTransport(parameters))
    await client.listTools()
    for (const [tool, args] of calls) {
      const result = await client.callTool({ name: tool, arguments: args })
      expect(result.isError ?? false, JSON.stringify(result)).toBe(false)
    }
    if (name === 'everything') {
      for (const resource of (await client.listResources()).resources.slice(0, 3)) await client.readResource({ uri: resource.uri })
      await client.getPrompt({ name: 'simple-prompt' })
      await client.ping()
    }
    await client.close()
    await expectIdentical(files, 500)
  })

  it.each([
    ['modern', modern, 'get_time_zone', 'fixture://about', 'greet'],
    ['conformance', conformance, 'test_simple_text', 'test://static-text', 'test_simple_prompt'],
  ] as const)('2026-07-28: %s', async (name, server, tool, uri, prompt) => {
    const { files, parameters } = command(name, server())
    const client = new ModernClient({ name: 'recorder', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
    await client.connect(new ModernStdio(parameters))
    await client.listTools()
    const result = await client.callTool({ name: tool, arguments: {} })
    expect(result.isError ?? false, JSON.stringify(result)).toBe(false)
    await client.readResource({ uri })
    await client.getPrompt({ name: prompt })
    await client.close()
    await expectIdentical(files, 300)
  })
})

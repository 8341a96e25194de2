import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '@assize/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetMcpServers, readMcpServers, writeMcpServers } from '../../platform/mcp-servers.ts'
import { changed } from './edit/change.ts'
import { RemoteServers } from './remote-servers.ts'
import { unwrapServers, wrapServers } from './wrap-servers.ts'

let state: string
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'assize-remote-'))
})
afterEach(() => rmSync(state, { recursive: true, force: true }))

const CONFIG = {
  mcpServers: {
    linear: { type: 'http', url: 'https://mcp.linear.example/mcp?team=a#b', headers: { Authorization: 'Bearer ${TOKEN}' } },
    bare: { serverUrl: 'https://bare.example' },
    old: { httpUrl: 'http://127.0.0.1:3000/sse' },
    'odd name': { url: 'https://odd.example/a/' },
    local: { command: 'npx', args: ['x'] },
    filled: { url: 'https://${HOST}/mcp' },
    secret: { url: 'https://me:word@x.example/mcp' },
    broken: { url: 'nowhere' },
  },
}
const wrapping = (remote: RemoteServers) => ({ servers: [['mcpServers']], command: 'command', gate: ['assize'], remote })
const applied = (config: Json, changes: Parameters<typeof changed>[1][]) => changes.reduce(changed, config)

describe('servers reached by address', () => {
  it('are called behind the gate, and where they are is kept for the agent', () => {
    const remote = new RemoteServers(state, 7311)
    const { changes, behind, remote: left } = wrapServers(CONFIG, wrapping(remote))
    expect(behind.toSorted()).toEqual(['bare', 'linear', 'local', 'odd name', 'old'])
    expect(left).toEqual(['filled', 'secret', 'broken'])
    expect(applied(CONFIG, [...changes])).toMatchObject({
      mcpServers: {
        linear: { type: 'http', url: 'http://127.0.0.1:7311/linear/mcp?team=a#b', headers: { Authorization: 'Bearer ${TOKEN}' } },
        bare: { serverUrl: 'http://127.0.0.1:7311/bare/' },
        old: { httpUrl: 'http://127.0.0.1:7311/old/sse' },
        'odd name': { url: 'http://127.0.0.1:7311/odd-name/a/' },
      },
    })
    expect(readMcpServers(state).servers).toEqual({})
    remote.keep()
    expect(readMcpServers(state)).toEqual({
      port: 7311,
      servers: {
        linear: 'https://mcp.linear.example/mcp',
        bare: 'https://bare.example',
        old: 'http://127.0.0.1:3000/sse',
        'odd-name': 'https://odd.example/a/',
      },
    })
  })

  it('come back as they were written, and are wrapped once only, also when the port changes', () => {
    const first = new RemoteServers(state, undefined)
    const once = applied(CONFIG, [...wrapServers(CONFIG, wrapping(first)).changes])
    first.keep()
    expect(wrapServers(once, wrapping(new RemoteServers(state, undefined))).changes).toEqual([])
    const moved = new RemoteServers(state, 9999)
    const again = applied(once, [...wrapServers(once, wrapping(moved)).changes])
    expect(JSON.stringify(again)).toContain('http://127.0.0.1:9999/linear/mcp?team=a#b')
    expect(applied(again, [...unwrapServers(again, wrapping(moved))])).toEqual(CONFIG)
    expect(applied(once, [...unwrapServers(once, wrapping(moved))])).toEqual(CONFIG)
  })

  it('are told apart when two have one name, and only what the gate stands for is taken for its own', () => {
    const remote = new RemoteServers(state, 7311)
    expect(remote.place('a', 'https://one.example/mcp')).toBe('http://127.0.0.1:7311/a/mcp')
    expect(remote.place('a', 'https://two.example/mcp')).toBe('http://127.0.0.1:7311/a-2/mcp')
    expect(remote.place('a', 'https://one.example/mcp?x')).toBe('http://127.0.0.1:7311/a/mcp?x')
    expect(remote.original('http://127.0.0.1:7311/a-2/mcp?x')).toBe('https://two.example/mcp?x')
    expect(
      ['http://127.0.0.1:7311/b/mcp', 'http://127.0.0.1:7311/a/other', 'https://127.0.0.1/a/mcp'].map((at) => remote.original(at)),
    ).toEqual([undefined, undefined, undefined])
  })

  it('need their list: one that cannot be read stops the change, and one that is gone is empty', () => {
    writeMcpServers(state, { port: 1, servers: { a: 'https://a.example/' } })
    rmSync(join(state, 'mcp-servers', 'servers.json'))
    expect(new RemoteServers(state, undefined).original('http://127.0.0.1:1/a/')).toBeUndefined()
    forgetMcpServers(state)
    writeMcpServers(state, {
      port: 1,
      servers: JSON.parse('{"a":1,"__proto__":"https://p.example","..":"https://d.example","f":"file:///x"}'),
    })
    expect(readMcpServers(state).servers).toEqual({})
  })
})

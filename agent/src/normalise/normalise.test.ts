import { createSession } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import type { ProcessInfo } from '../platform/process-table.ts'
import { appOf, hostProcess } from './app.ts'
import { createIdentifier } from './identifier.ts'
import { SeenApps } from './seen-apps.ts'
import { MOST_SESSIONS, Sessions } from './sessions.ts'

const info = (pid: number, name: string, args: readonly string[] = [name]): ProcessInfo => ({
  pid,
  parent: pid - 1,
  started: `t${pid}`,
  name,
  arguments: args,
})

function sessions(): { sessions: Sessions; at: (milliseconds: number) => void } {
  let clock = 0
  let next = 0
  return {
    sessions: new Sessions({ newId: () => `s${(next += 1)}`, fresh: createSession, clock: () => clock }),
    at: (milliseconds) => (clock = milliseconds),
  }
}

describe('the host of a front-end', () => {
  it('is the nearest ancestor that does more than start others', () => {
    const tree = [
      info(9, 'node', ['node', '/x/agent/dist/main.mjs', 'mcp']),
      info(8, 'node', ['node', '/x/npx-cli.js', '-y']),
      info(7, 'bash'),
      info(6, 'sudo'),
      info(5, 'claude'),
      info(4, 'bash'),
    ]
    expect(hostProcess(tree)?.pid).toBe(5)
    expect(hostProcess([info(9, 'node'), info(1, 'systemd')])).toBeUndefined()
    expect(hostProcess([])).toBeUndefined()
  })

  it('has the name that people know', () => {
    expect(appOf('mcp-stdio', info(5, 'claude')).name).toBe('claude-code')
    expect(appOf('mcp-stdio', info(5, 'node', ['node', '--x', '/usr/lib/node_modules/@google/gemini-cli/dist/index.js'])).name).toBe(
      '@google/gemini-cli',
    )
    expect(appOf('mcp-stdio', info(5, 'node', ['node', './client.mjs'])).name).toBe('client')
    expect(appOf('claude-code', undefined).name).toBe('claude-code')
    expect(appOf('mcp-stdio', undefined).name).toBe('unknown')
  })
})

describe('sessions', () => {
  it('join the gates of one process, whichever comes first', () => {
    const { sessions: all } = sessions()
    const wrapped = all.resolve('process 5', undefined)
    expect(all.resolve('process 5', 'h1')).toBe(wrapped)
    expect(all.resolve('process 5', undefined)).toBe(wrapped)
    expect(all.resolve('process 6', undefined)).not.toBe(wrapped)
  })

  it('keep conversations of one process apart, and let what came in without an id reach them all', () => {
    const { sessions: all, at } = sessions()
    const first = all.resolve('process 5', 'h1')
    at(10)
    const second = all.resolve('process 5', 'h2')
    expect(second).not.toBe(first)
    at(20)
    all.resolve('process 5', 'h1')
    expect(all.resolve('process 5', undefined)).toBe(first)
    expect(new Set(all.reached('process 5', undefined))).toEqual(new Set([first, second]))
    expect(all.reached('process 5', 'h2')).toEqual([second])
  })

  it('outlive their gates and the process that named them, and end when the host says so', () => {
    const { sessions: all } = sessions()
    const session = all.resolve('process 5', 'h1')
    expect(all.resolve('process 77', 'h1')).toBe(session)
    all.end('h1')
    expect(all.get(session.id)).toBeUndefined()
    expect(all.resolve('process 5', 'h1')).not.toBe(session)
  })

  it('are bounded and forgotten when idle, least recently used first', () => {
    const { sessions: all, at } = sessions()
    const kept = all.resolve('kept', undefined)
    for (let index = 0; index < MOST_SESSIONS + 50; index += 1) {
      all.resolve(`place ${index}`, undefined)
      if (index % 100 === 0) all.resolve('kept', undefined)
    }
    expect(all.size).toBeLessThanOrEqual(MOST_SESSIONS)
    expect(all.get(kept.id)).toBe(kept)
    at(25 * 3_600_000)
    all.resolve('new', undefined)
    expect(all.size).toBe(1)
  })
})

describe('the identifier', () => {
  it('tells who calls, and gives the call what its paths mean', () => {
    const identify = createIdentifier({
      tenant: () => 't',
      hostname: 'box',
      os: 'win32',
      newId: () => 'S',
      fresh: createSession,
      clock: () => 0,
    })
    const caller = { gate: 'mcp-stdio', ancestry: [info(9, 'node'), info(5, 'claude')], cwd: '/w', user: 'ann', home: '/h', claims: {} }
    const { principal, call } = identify.call({ gate: 'mcp-stdio', caller }, { type: 'tool.call', callId: '1', tool: 't', args: {} }, [
      'Explore',
    ])
    expect(principal).toEqual({ tenant: 't', host: 'box', user: 'ann', app: { name: 'claude-code' }, session: 'S', chain: ['Explore'] })
    expect(call).toMatchObject({ home: '/h', platform: 'windows' })
  })

  it('keeps the ids of different hosts apart', () => {
    let next = 0
    const identify = createIdentifier({
      tenant: () => 't',
      hostname: 'box',
      os: 'linux',
      newId: () => `S${(next += 1)}`,
      fresh: createSession,
      clock: () => 0,
    })
    const caller = (cwd: string) => ({ gate: 'g', ancestry: [], cwd, user: 'ann', home: '/h', claims: {} })
    const call = { type: 'tool.call', callId: '1', tool: 't', args: {} } as const
    const one = identify.call({ gate: 'a', caller: caller('/1'), hostSession: 'x' }, call, [])
    const two = identify.call({ gate: 'b', caller: caller('/2'), hostSession: 'x' }, call, [])
    expect(one.session).not.toBe(two.session)
  })
})

describe('coverage', () => {
  it('claims no more than was seen', () => {
    const seen = new SeenApps()
    seen.saw('claude-code', 'mcp-stdio', 1)
    expect(seen.coverage(['codex', 'ollama'])).toMatchObject([
      { app: 'claude-code', state: 'partial' },
      { app: 'codex', state: 'unprotected' },
    ])
    seen.saw('claude-code', 'claude-code', 2)
    seen.saw('claude-code', 'mcp-stdio', 3)
    expect(seen.coverage([])).toMatchObject([{ app: 'claude-code', state: 'protected', lastDecisionAt: 2 }])
  })

  it('claims of each gate only what it sees', () => {
    const seen = new SeenApps()
    const reasonAt = (gate: string) => {
      seen.saw(gate, gate, 1)
      return seen.coverage([]).find(({ app }) => app === gate)
    }
    expect(reasonAt('mcp-stdio')).toMatchObject({ state: 'partial', reason: expect.stringContaining('MCP servers') })
    expect(reasonAt('acs')).toMatchObject({ state: 'partial', reason: expect.stringContaining('asks about') })
    expect(reasonAt('model-api')).toMatchObject({ state: 'partial', reason: expect.stringContaining('gateway') })
    expect(reasonAt('egress')).toMatchObject({ state: 'partial', reason: expect.stringContaining('Connections') })
  })
})

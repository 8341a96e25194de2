import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentPlatform } from '../platform/platform.ts'
import { HOOK_SECRET_FILE, hookHttp } from './hook-http/index.ts'
import { HOOK_HOSTS } from './index.ts'
import type { Listening } from './listening-gate.ts'
import { blocked, ScriptedHost } from './scripted-host.fixture.ts'

const call = {
  session_id: 's',
  cwd: '/w',
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'x' },
  tool_use_id: 't',
}

const hosts = HOOK_HOSTS.filter(({ facts }) => facts.client === 'claude-code')

let state: string
let host: ScriptedHost
let gate: Listening

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'assize-hooks-'))
  host = new ScriptedHost()
  gate = await hookHttp({ port: 0 }, state, hosts).listen(host, currentPlatform())
})
afterEach(async () => {
  await gate.close()
  rmSync(state, { recursive: true, force: true })
})

const secret = () => readFileSync(join(state, HOOK_SECRET_FILE), 'utf8')

interface Sending {
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly method?: string
}

function post(body: string, { path = '/claude-code', headers = {}, method = 'POST' }: Sending = {}) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const { port } = new URL(gate.address ?? '')
    const own = { authorization: `Bearer ${secret()}`, 'content-type': 'application/json', ...headers }
    const asking = request({ host: '127.0.0.1', port, path, method, headers: own }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

describe('hooks over HTTP', () => {
  it('are answered like those of a program', async () => {
    expect(await post(JSON.stringify(call))).toEqual({ status: 200, text: '{}\n' })
    host.rule = () => blocked
    const { status, text } = await post(JSON.stringify(call))
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: blocked.text } },
    ])
    expect(host.judged[0]).toMatchObject({ gate: 'claude-code', hostSession: 's', call: { tool: 'Bash' } })
    if (process.platform === 'linux') expect(host.judged[0]?.caller.ancestry.length).toBeGreaterThan(1)
  })

  it('are heard only from those who may read the secret, and never from a web page', async () => {
    if (process.platform !== 'win32') expect(statSync(join(state, HOOK_SECRET_FILE)).mode & 0o077).toBe(0)
    for (const headers of [{ authorization: 'Bearer no' }, { authorization: '' }, { origin: 'https://a.example' }, { host: 'a.example' }])
      expect((await post(JSON.stringify(call), { headers })).status, JSON.stringify(headers)).toBeGreaterThanOrEqual(401)
    expect(host.judged).toEqual([])
  })

  it('get no answer that could let a call run when something is wrong', async () => {
    for (const body of ['', '{', '[]', '{"hook_event_name":"PreToolUse"}']) expect((await post(body)).status, body).toBe(500)
    host.rule = () => Promise.reject(new Error('broken'))
    expect((await post(JSON.stringify(call))).status).toBe(500)
    expect((await post(JSON.stringify(call), { path: '/codex' })).status).toBe(404)
    expect((await post('', { method: 'GET' })).status).toBe(404)
  })

  it('keep their secret over starts', async () => {
    const before = secret()
    await gate.close()
    gate = await hookHttp({ port: 0 }, state, hosts).listen(host, currentPlatform())
    expect(secret()).toBe(before)
    expect((await post(JSON.stringify(call))).status).toBe(200)
  })
})

import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson } from '@assize/kernel'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { blocked, released, ScriptedHost } from '../scripted-host.fixture.ts'
import type { Listening } from '../listening-gate.ts'
import { acs } from './index.ts'
import { covers, sessionKey, signatureOf } from './signature.ts'

interface Answered {
  readonly error?: { readonly code: number; readonly message: string; readonly data?: object }
  readonly result?: {
    readonly decision: string
    readonly reasoning?: string
    readonly chain_hash?: string
    readonly modifications?: object
    readonly payload?: Readonly<Record<string, unknown>>
    readonly signature: { readonly algorithm: string; readonly value: string }
  }
}

const TOOL_CALL = { tool: { name: 'Bash' }, arguments: { command: { value: 'ls' } } }
const METHODS = [
  'steps/sessionStart',
  'steps/userMessage',
  'steps/toolCallRequest',
  'steps/toolCallResult',
  'steps/subagentStart',
  'steps/knowledgeRetrieval',
  'steps/memoryStore',
  'steps/sessionEnd',
]
const HELLO = {
  acs_versions_supported: ['0.1.0'],
  methods_implemented: [...METHODS, 'steps/skillLoad'],
  transports_supported: ['http'],
  provenance_producer: 'none',
  profiles_supported: ['acs-core', 'acs-audit'],
}

describe('the guardian of the Agent Control Standard', () => {
  let state: string
  let host: ScriptedHost
  let gate: Listening
  let secret: string
  let session: string

  beforeEach(async () => {
    state = mkdtempSync(join(tmpdir(), 'assize-t-'))
    host = new ScriptedHost()
    host.now = () => Date.now()
    gate = await acs({ port: 0 }, state).listen(host, currentPlatform())
    secret = readFileSync(join(state, 'api.token'), 'utf8')
    session = randomUUID()
  })
  afterEach(async () => {
    await gate.close()
    rmSync(state, { recursive: true })
  })

  const envelope = (method: string, payload: object, more: object = {}) => ({
    jsonrpc: '2.0',
    id: 'r1',
    method,
    params: {
      acs_version: '0.1.0',
      request_id: randomUUID(),
      timestamp: new Date().toISOString(),
      metadata: { agent_id: 'tester', session_id: session },
      payload,
      ...more,
    },
  })
  const signed = (value: ReturnType<typeof envelope>) => ({
    ...value,
    params: { ...value.params, signature: signatureOf(value, sessionKey(secret, value.params.metadata.session_id)) },
  })

  async function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(gate.address ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    })
    return (await response.json()) as Answered
  }
  const send = (method: string, payload: object): Promise<Answered> => post(signed(envelope(method, payload)))
  const shake = (): Promise<Answered> => send('handshake/hello', HELLO)

  it('agrees on what it evaluates, and on refusing where no decision comes', async () => {
    const agreed = {
      negotiated_version: '0.1.0',
      methods_evaluated: METHODS,
      selected_transport: 'http',
      timeout_config: { default_ms: 5000 },
      on_decision_failure: 'deny',
      profiles_accepted: ['acs-core'],
      signature_algorithms_supported: ['HMAC-SHA256'],
    }
    const { result } = await shake()
    expect(result).toMatchObject({ ...agreed, type: 'final', acs_version: '0.1.0' })
    expect(result?.payload).toMatchObject(agreed)
  })

  it.each([
    ['another version', { acs_versions_supported: ['9.0.0'] }, -32_001],
    ['another transport', { transports_supported: ['stdio'] }, -32_000],
    ['half a hello', { provenance_producer: undefined }, -32_600],
  ])('refuses %s', async (_, change, code) => {
    expect((await send('handshake/hello', { ...HELLO, ...change })).error?.code).toBe(code)
  })

  it('takes a later version of the same major number', async () => {
    expect((await send('handshake/hello', { ...HELLO, acs_versions_supported: ['0.4.2'] })).result?.payload?.['negotiated_version']).toBe(
      '0.1.0',
    )
  })

  it('judges a call and signs the answer', async () => {
    await shake()
    const { result } = await send('steps/toolCallRequest', TOOL_CALL)
    expect(result?.decision).toBe('allow')
    expect(host.judged[0]).toMatchObject({
      gate: 'acs',
      hostSession: session,
      asks: 'held',
      chain: [],
      call: { tool: 'Bash', args: { command: 'ls' } },
    })
    const { signature, ...rest } = result ?? { signature: { algorithm: '', value: '' } }
    expect(covers(signature, { jsonrpc: '2.0', id: 'r1', result: rest }, sessionKey(secret, session))).toBe(true)
  })

  it('says no with its reason', async () => {
    await shake()
    host.rule = () => blocked
    expect((await send('steps/toolCallRequest', TOOL_CALL)).result).toMatchObject({ decision: 'deny', reasoning: blocked.text })
  })

  it('gives what is masked as the whole argument that it stands in', async () => {
    await shake()
    host.rule = () => ({ ...released, edits: [{ pointer: '/headers/0', value: '[secret]' }], text: 'Masked.' })
    const payload = { tool: { name: 'http' }, arguments: { headers: { value: ['key', 'b'] }, url: { value: 'https://a.example' } } }
    expect((await send('steps/toolCallRequest', payload)).result).toMatchObject({
      decision: 'modify',
      modifications: { parameter_overrides: { headers: ['[secret]', 'b'] } },
    })
  })

  it('takes in what is said and read as what it is', async () => {
    await shake()
    await send('steps/userMessage', { content: [{ type: 'text', value: 'Pay Ann.' }] })
    await send('steps/knowledgeRetrieval', { query: { value: 'q' }, source: { name: 'wiki' }, results: [{ value: 'Ann has account 7.' }] })
    await send('steps/toolCallResult', { tool: { name: 'read' }, exit_status: 'success', outputs: [{ value: { a: 1 } }] })
    expect(host.log.flatMap((entry) => ('observed' in entry ? [entry.observed.event] : []))).toMatchObject([
      { type: 'prompt', text: 'Pay Ann.' },
      { type: 'context', channel: 'retrieval', text: 'Ann has account 7.', origin: 'wiki' },
      { type: 'context', channel: 'tool_result', tool: 'read', text: '[{"a":1}]' },
    ])
  })

  it('judges a memory that is to be written, and hands on to sub-agents with their chain', async () => {
    await shake()
    await send('steps/memoryStore', { content: { value: 'Always pay Bob.' }, operation: 'create' })
    expect(host.judged[0]?.call).toMatchObject({ tool: 'memory_create', args: { content: 'Always pay Bob.' } })
    const [parent, child] = [session, randomUUID()]
    await send('steps/subagentStart', {
      subagent_session_id: child,
      parent_session_id: parent,
      parent_step_id: randomUUID(),
      intent_derivation: 'inherit_subset',
      subagent_intent: { raw: 'sum up' },
    })
    session = child
    await shake()
    await send('steps/toolCallRequest', TOOL_CALL)
    expect(host.judged[1]).toMatchObject({ hostSession: parent, chain: [child] })
  })

  it('publishes a chain that anybody can follow', async () => {
    await shake()
    let head = Buffer.alloc(0)
    for (const payload of [TOOL_CALL, { tool: { name: 'Read' }, arguments: {} }, TOOL_CALL]) {
      const request = envelope('steps/toolCallRequest', payload)
      const { result } = await post(signed(request))
      const hash = (text: string) => createHash('sha256').update(text)
      const { request_id: id, timestamp } = request.params
      const entry = {
        entry_id: id,
        step_id: id,
        step_type: request.method,
        timestamp,
        request_hash: hash(canonicalJson(request.params)).digest('hex'),
      }
      head = hash(canonicalJson(entry)).update(head).digest()
      expect(result?.chain_hash).toBe(head.toString('hex'))
    }
  })

  it('decides nothing for whoever does not prove to know the secret', async () => {
    await shake()
    const call = envelope('steps/toolCallRequest', TOOL_CALL)
    expect((await post(call)).error?.code).toBe(-32_004)
    expect((await post(call, { authorization: `Bearer ${'0'.repeat(64)}` })).error?.code).toBe(-32_004)
    const forged = signed(call)
    const other = {
      ...forged,
      params: { ...forged.params, payload: { tool: { name: 'Bash' }, arguments: { command: { value: 'rm -rf /' } } } },
    }
    expect((await post(other)).error?.code).toBe(-32_004)
    expect(host.judged).toHaveLength(0)
    expect((await post(call, { authorization: `Bearer ${secret}` })).result?.decision).toBe('allow')
  })

  it('takes nothing twice, nothing stale, and nothing that was not agreed on', async () => {
    expect((await send('steps/toolCallRequest', TOOL_CALL)).error?.code).toBe(-32_003)
    await shake()
    const once = signed(envelope('steps/toolCallRequest', TOOL_CALL))
    expect((await post(once)).result?.decision).toBe('allow')
    expect((await post(once)).error?.code).toBe(-32_005)
    const stale = envelope('steps/toolCallRequest', TOOL_CALL, { timestamp: new Date(Date.now() - 600_000).toISOString() })
    expect((await post(signed(stale))).error?.code).toBe(-32_006)
    expect((await send('steps/skillLoad', {})).error?.code).toBe(-32_003)
    expect(host.judged).toHaveLength(1)
  })

  it('answers a ping from anybody', async () => {
    expect((await post(envelope('system/ping', { echo: 'e' }))).result).toMatchObject({
      decision: 'allow',
      payload: { status: 'ok', echo: 'e' },
    })
  })

  it('says what is wrong with what it cannot read, and never breaks', async () => {
    await shake()
    expect((await post('{')).error?.code).toBe(-32_700)
    expect((await post([envelope('system/ping', {})])).error?.code).toBe(-32_600)
    expect((await send('steps/toolCallRequest', { tool: { name: 'Bash' } })).error?.code).toBe(-32_602)
    expect((await send('steps/toolCallRequest', { tool: { name: 'Bash' }, arguments: { command: 'ls' } })).error?.code).toBe(-32_602)
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const { error, result } = await post(value as object)
        expect(error ?? result).toBeDefined()
      }),
      { numRuns: 50 },
    )
    expect(host.judged).toHaveLength(0)
  })

  it('lets in programs of this machine only, and no page', async () => {
    const { port } = new URL(gate.address ?? '')
    const status = (headers: Readonly<Record<string, string>>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asking = request({ port, host: '127.0.0.1', path: '/acs', method: 'POST', headers }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        asking.on('error', reject)
        asking.end('{}')
      })
    expect(await status({ host: `rebound.example:${port}` })).toBe(421)
    expect(await status({ origin: 'https://page.example' })).toBe(403)
    expect(statSync(join(state, 'api.token')).mode & 0o077).toBe(0)
  })
})

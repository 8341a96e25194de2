import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { cp, mkdir, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect as connectHttp2, type SecureClientSessionOptions } from 'node:http2'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize, enrolToken, runCommand } from '../../tools/start/stack.ts'
import { FRONT_ENDS, frontEnd, gated } from '../harness/gate.ts'
import { RawClient, stopped } from '../harness/raw-client.ts'
import { eventually, openSandbox, openStack, type Sandbox } from '../harness/sandbox.ts'
import { filesystem } from '../harness/servers.ts'

type Stack = Awaited<ReturnType<typeof openStack>>

/** Hostile bytes and wrong credentials at the other edges: local socket, hook, command line, hub's HTTP and gRPC, journal file. */
describe('bad input at the edges', () => {
  let stack: Stack

  beforeAll(async () => {
    stack = await openStack()
  })
  afterAll(() => stack?.close())

  const expectHealthy = async () => {
    expect((await assize(['status', '--state', stack.agentState])).code).not.toBe(3)
    expect((await fetch(`http://127.0.0.1:${stack.hub.consolePort}/readyz`)).status).toBe(200)
  }

  it('garbage on the local socket closes that connection and no other', async () => {
    const socket = readdirSync(stack.agentState).find((name) => name === 'agent.sock')
    if (socket === undefined) return
    for (const bytes of [
      randomBytes(4096),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3]),
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.alloc(1024),
    ]) {
      await new Promise<void>((resolve) => {
        const peer = connect(join(stack.agentState, socket))
        peer.on('connect', () => peer.write(bytes))
        peer.on('error', () => resolve())
        peer.on('close', () => resolve())
        setTimeout(() => peer.destroy(), 3000).unref()
      })
    }
    await expectHealthy()
  })

  it('a front-end with the wrong local token is not served', async () => {
    const other = mkdtempSync(join(stack.folder, 'other-'))
    for (const name of readdirSync(stack.agentState)) {
      const path = join(stack.agentState, name)
      if (name === 'agent.sock') await import('node:fs/promises').then(({ symlink }) => symlink(path, join(other, name)))
      else if (statSync(path).isFile() && statSync(path).size < 10_000) await cp(path, join(other, name))
    }
    // Nor may a gate's token ask what only commands may.
    for (const wrong of [randomBytes(32).toString('hex'), readFileSync(join(stack.agentState, 'agent.token'), 'utf8')]) {
      writeFileSync(join(other, 'command.token'), wrong, { mode: 0o600 })
      expect((await assize(['decisions', '--json', '--state', other])).code).toBe(3)
    }
    const call = JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'touch a' } })
    writeFileSync(join(other, 'agent.token'), randomBytes(32).toString('hex'), { mode: 0o600 })
    const { stdout } = await assize(['--state', other, 'hook', 'claude-code'], { input: call })
    expect(stdout).toContain('"permissionDecision":"deny"')
  })

  it.each(FRONT_ENDS)('the %s hook answers broken input with a refusal, not with silence', async (which) => {
    for (const input of [
      '',
      '{',
      '[]',
      '{"hook_event_name":"PreToolUse"}',
      '{"hook_event_name":"PreToolUse","tool_name":{"a":1},"tool_input":[]}',
      `{"a":${'['.repeat(50_000)}`,
    ]) {
      const { code, stdout, stderr } = await runCommand([...frontEnd(which), '--state', stack.agentState, 'hook', 'claude-code'], { input })
      expect(code === 2 || stdout.includes('"permissionDecision":"deny"'), `${input.slice(0, 60)}: ${code} ${stdout}`).toBe(true)
      expect(stderr.trim()).not.toBe('')
    }
    await expectHealthy()
  })

  it('assize decide says which line is bad and goes on', async () => {
    const good = JSON.stringify({ id: 'g', tool: 'Read', args: { file_path: '/tmp/x' } })
    const { code, stdout } = await assize(['decide'], { input: `not json\n${good}\n{"id":"h","tool":5}\n${good}\n` })
    expect([1, 2]).toContain(code)
    expect(stdout.split('\n').filter((line) => line.includes('"id":"g"'))).toHaveLength(2)
  })

  it.each([
    ['no command', ['nonsense'], 2],
    ['an unknown option', ['status', '--nope'], 2],
    ['an agent that is not there', ['status', '--state', '/nonexistent/assize-state'], 3],
    ['a broken enrolment token', ['enroll', '--hub', '127.0.0.1:1', '--token', 'assize1.!!!!'], 2],
  ])('the command line: %s', async (_what, args, expected) => {
    const { code, stderr } = await assize(args, { env: { ASSIZE_STATE: join(stack.folder, 'nowhere') } })
    expect(code, stderr).toBe(expected)
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(6)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('the hub refuses a wrong bearer token, a foreign host, a foreign origin, broken and huge bodies', async () => {
    const base = `http://127.0.0.1:${stack.hub.consolePort}`
    expect((await fetch(`${base}/api/v1/agents`)).status).toBe(401)
    expect((await fetch(`${base}/api/v1/agents`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
    const foreign = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest(
        { host: '127.0.0.1', port: stack.hub.consolePort, path: '/api/v1/agents', headers: { host: 'evil.example' } },
        (response) => resolve(response.statusCode),
      )
        .on('error', reject)
        .end()
    })
    expect([400, 403, 421]).toContain(foreign)
    const post = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${base}/api/v1/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    expect((await post('{', { origin: base })).status).toBe(400)
    expect((await post('{"name":"a","password":"b"}', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post('{"__proto__":{"role":"admin"},"name":"a","password":"b"}', { origin: base })).status).toBeGreaterThanOrEqual(400)
    expect((await post(`"${'x'.repeat(20 * 1024 * 1024)}"`, { origin: base }).catch(() => ({ status: 413 }))).status).toBe(413)
    await expectHealthy()
  })

  it('gRPC without a certificate, and with one of another hub, gets no stream', async () => {
    const other = await openSandbox()
    try {
      await other.startHub()
      await other.enrol()
      const ca = readFileSync(join(stack.agentState, 'identity', 'ca.pem'))
      const identity = join(other.agentState, 'identity')
      const foreign = { key: readFileSync(join(identity, 'key.pem')), cert: readFileSync(join(identity, 'cert.pem')) }
      for (const method of ['TelemetryService/Stream', 'ControlService/Stream', 'ControlService/FetchBundle', 'EnrolmentService/Rotate']) {
        expect(await grpcStatus(stack.hub.grpcPort, method, { ca }), method).toMatch(/^(16|tls)$/)
        expect(await grpcStatus(stack.hub.grpcPort, method, { ca, ...foreign }), method).toMatch(/^(16|tls)$/)
      }
    } finally {
      await other.close()
    }
    await expectHealthy()
  })

  it('an enrolment token works once, and one of another hub not at all', async () => {
    const token = await enrolToken(stack.hub)
    const enroll = (state: string, given: string) =>
      assize(['enroll', '--hub', `127.0.0.1:${stack.hub.grpcPort}`, '--token', '-', '--state', join(stack.folder, state)], { input: given })
    const second = await enroll('second', token)
    expect(second.code, second.stderr).toBe(0)
    const again = await enroll('third', token)
    expect(again.code).not.toBe(0)
    expect(again.stderr).toMatch(/token/i)
    const parts = JSON.parse(Buffer.from(token.slice('assize1.'.length), 'base64url').toString()) as Record<string, unknown>
    const forged = `assize1.${Buffer.from(JSON.stringify({ ...parts, f: '00'.repeat(32) })).toString('base64url')}`
    expect((await enroll('fourth', forged)).code).not.toBe(0)
    expect(existsSync(join(stack.folder, 'fourth', 'identity', 'cert.pem'))).toBe(false)
  })
})

describe('a journal page that was damaged', () => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await openSandbox()
  })
  afterAll(() => sandbox?.close())

  it('is noticed, set aside and said, and decisions go on', async () => {
    const workspace = join(sandbox.folder, 'workspace')
    await mkdir(workspace)
    const first = await sandbox.startAgent()
    const client = new RawClient(gated(sandbox.agentState, filesystem(workspace)), { cwd: workspace })
    await client.open()
    for (let index = 0; index < 200; index += 1) await client.call('write_file', { path: join(workspace, 'a.txt'), content: String(index) })
    await client.close()
    await first.stop()
    const path = join(sandbox.agentState, 'journal.db')
    const file = openSync(path, 'r+')
    const { size } = statSync(path)
    for (let page = 1; page < size / 4096; page += 1) writeSync(file, randomBytes(512), 0, 512, page * 4096)
    closeSync(file)
    await rm(`${path}-wal`, { force: true })
    await rm(`${path}-shm`, { force: true })
    await sandbox.startAgent()
    await eventually(
      'the sentence about the damaged journal',
      async () => (await assize(['status', '--state', sandbox.agentState])).stdout.match(/journal/i) !== null,
    )
    expect(readdirSync(sandbox.agentState).some((name) => name.includes('corrupt'))).toBe(true)
    const again = new RawClient(gated(sandbox.agentState, filesystem(workspace)), { cwd: workspace })
    await again.open()
    expect(stopped(await again.call('write_file', { path: join(workspace, 'b.txt'), content: 'x' }))).toBe(false)
    await again.close()
    expect((await assize(['verify', '--state', sandbox.agentState])).code).toBe(0)
  })
})

/** The gRPC status of a method called with nothing, `tls` when the handshake itself was refused. */
function grpcStatus(port: number, method: string, options: SecureClientSessionOptions): Promise<string> {
  return new Promise((resolve) => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { ...options, servername: 'localhost' })
    session.on('error', () => resolve('tls'))
    const stream = session.request({
      ':method': 'POST',
      ':path': `/assize.v1.${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    const seen = (headers: Record<string, unknown>) => {
      if (headers['grpc-status'] !== undefined) resolve(String(headers['grpc-status']))
    }
    stream.on('response', seen)
    stream.on('trailers', seen)
    stream.on('error', () => resolve('tls'))
    stream.on('close', () => session.close())
    stream.setTimeout(10_000, () => {
      resolve('open')
      session.destroy()
    })
    stream.end(Buffer.from('00000000040a023030', 'hex'))
    stream.resume()
  })
}

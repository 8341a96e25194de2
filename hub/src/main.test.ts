import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enrol, type Enrolled, readToken, Telemetry } from './sample-agent.contract.ts'
import { SampleChain } from './store/sample-chain.contract.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const PACK = fileURLToPath(new URL('../../kernel/packs/balanced', import.meta.url))
/** The chaos run sets more. */
const KILLS = Number(process.env['ASSIZE_TEST_KILLS'] ?? 4)

let state: string
const hubs = new Set<ChildProcess>()
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'assize-hub-'))
})
afterEach(async () => {
  for (const hub of hubs) await stop(hub, 'SIGKILL')
  rmSync(state, { recursive: true, force: true })
})

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Record<string, string> } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, '--state', state, ...args], { stdio: 'pipe', env: { ...process.env, ...options.env } })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdin.end(options.input ?? '')
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

interface Started {
  readonly child: ChildProcess
  readonly console: string
  readonly agents: string
}

async function start(grpcPort = 0): Promise<Started> {
  const child = spawn(
    process.execPath,
    [MAIN, '--state', state, '--json', 'serve', '--console-port', '0', '--grpc-port', String(grpcPort)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  hubs.add(child)
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return { child, ...(JSON.parse(line.toString()) as { console: string; agents: string }) }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  hubs.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit') as Promise<[number | null]>
  child.kill(signal)
  return (await exit)[0]
}

async function joinAs(hub: Started, chain: SampleChain): Promise<Enrolled> {
  const token = readToken((await run(['enroll-token', 'create'])).out.trim())
  const { default: tls } = await import('node:tls')
  const port = Number(hub.agents.split(':')[1])
  const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['h2'] })
  await once(socket, 'secureConnect')
  const ca = socket.getPeerCertificate(true).issuerCertificate.raw
  socket.destroy()
  expect(token.h).toBe(hub.agents)
  return enrol(hub.agents, { secret: token.s, ca, chain })
}

describe('assize-hub', { timeout: 120_000 }, () => {
  it('ends with the reason when a port is taken, instead of lingering half open', async () => {
    const { console: taken } = await start()
    const port = new URL(taken).port
    const other = mkdtempSync(join(tmpdir(), 'assize-hub-'))
    try {
      const { code, err } = await run(['--state', other, 'serve', '--console-port', port, '--grpc-port', '0'])
      expect({ code, err }).toEqual({ code: 4, err: expect.stringMatching(/cannot listen on 127\.0\.0\.1:\d+.*--console-port/s) })
    } finally {
      rmSync(other, { recursive: true, force: true })
    }
  })

  it('explains itself, and names what it does not know', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/enroll-token/) })
    expect(await run(['fly'])).toMatchObject({ code: 2, err: expect.stringMatching(/fly/) })
    expect(await run(['token', 'create', '--role', 'king'])).toMatchObject({ code: 2, err: expect.stringMatching(/not a role/) })
    expect(await run(['enroll-token', 'create', '--expires', 'soon'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not a duration/),
    })
    expect(await run(['serve', '--console-port', '99999'])).toMatchObject({ code: 2 })
    expect(await run(['export', '--format', 'xml'])).toMatchObject({ code: 2 })
  })

  it('refuses a configuration with keys it does not know', async () => {
    const file = join(state, 'hub.yaml')
    writeFileSync(file, 'consoleport: 1\n')
    expect(await run(['--config', file, 'serve'])).toMatchObject({ code: 2, err: expect.stringMatching(/consoleport/) })
    expect(await run(['--config', join(state, 'none.yaml'), 'serve'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no configuration file/),
    })
  })

  it('keeps its folder to itself', async () => {
    await run(['admin', 'create', '--no-password'])
    expect(statSync(state).mode & 0o777).toBe(0o700)
    for (const name of ['hub.db']) expect(statSync(join(state, name)).mode & 0o777).toBe(0o600)
    await run(['enroll-token', 'create'])
    expect(statSync(join(state, 'ca', 'key.pem')).mode & 0o777).toBe(0o600)
  })

  it('makes people and tokens beside a running hub, and publishes through it', async () => {
    const hub = await start()
    expect(await run(['serve', '--console-port', '0', '--grpc-port', '0'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/already runs/),
    })
    const weak = await run(['admin', 'create', 'eve'], { input: 'short\n' })
    expect(weak).toMatchObject({ code: 1, err: expect.stringMatching(/fewer than/) })
    const made = await run(['--json', 'admin', 'create', 'ada'], { input: 'correct horse battery\n' })
    const link = (JSON.parse(made.out) as { link: string }).link
    expect(link.startsWith(`${hub.console}/sign-in#link=`)).toBe(true)
    const signIn = await fetch(`${hub.console}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link: link.split('#link=')[1] }),
    })
    expect(await signIn.json()).toMatchObject({ name: 'ada', role: 'admin' })
    const token = (await run(['token', 'create', '--role', 'viewer'])).out.trim()
    expect((await fetch(`${hub.console}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    expect(await run(['policy', 'publish', PACK])).toMatchObject({ code: 0, out: expect.stringMatching(/version 1 .*offered it now/) })
    const bad = join(state, 'bad')
    mkdirSync(bad)
    writeFileSync(join(bad, 'base.cedar'), 'permit (')
    expect(await run(['policy', 'publish', bad])).toMatchObject({ code: 1, err: expect.stringMatching(/stays in force/) })
    expect(await run(['policy', 'publish', join(state, 'nowhere')])).toMatchObject({ code: 2 })
    expect(await run(['policy', 'publish', PACK], { env: { ASSIZE_HUB: hub.console, ASSIZE_TOKEN: token } })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/policy-admin/),
    })
    expect(await run(['policy', 'publish', PACK], { env: { ASSIZE_HUB: 'http://127.0.0.1:1', ASSIZE_TOKEN: token } })).toMatchObject({
      code: 3,
      err: expect.stringMatching(/cannot be reached/),
    })
    expect(await stop(hub.child, 'SIGTERM')).toBe(0)
    expect(await run(['policy', 'publish', PACK])).toMatchObject({ code: 0, out: expect.stringMatching(/version 2 .*not running/) })
  })

  it('loses nothing acknowledged and keeps nothing twice when it is killed', { timeout: 60_000 + KILLS * 20_000 }, async () => {
    const chain = new SampleChain()
    let hub = await start()
    const enrolled = await joinAs(hub, chain)
    const port = Number(hub.agents.split(':')[1])
    let acked = 0
    for (let kill = 0; kill < KILLS; kill++) {
      acked = await sendUntilKilled({ hub, enrolled, chain, acked, afterMs: 100 + Math.floor(Math.random() * 300) })
      hub = await start(port)
    }
    const stream = new Telemetry(hub.agents, enrolled.credentials).hello()
    const held = await stream.welcome()
    expect(held).toBeGreaterThanOrEqual(acked)
    const end = chain.entries.length
    if (held < end) for (let from = held + 1; from <= end; from += 1000) stream.send(chain.batch(from, Math.min(from + 999, end)))
    if (held < end) await stream.acked(end)
    stream.close()
    expect(acked).toBeGreaterThan(0)
    expect(await stop(hub.child, 'SIGTERM')).toBe(0)
    expect(await run(['--json', 'verify'])).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`"entries":${end},`)) })
    const lines = (await run(['export'])).out.trim().split('\n')
    expect(lines).toHaveLength(end)
    expect(new Set(lines.map((line) => (JSON.parse(line) as { entry: { id: string } }).entry.id)).size).toBe(end)
  })

  it('notices every change to what it stored', async () => {
    const chain = new SampleChain()
    const hub = await start()
    const enrolled = await joinAs(hub, chain)
    for (let count = 0; count < 5; count++) chain.decide()
    const stream = new Telemetry(hub.agents, enrolled.credentials).hello()
    await stream.welcome()
    await stream.send(chain.batch()).acked(5)
    stream.close()
    await stop(hub.child, 'SIGTERM')
    expect(await run(['verify'])).toMatchObject({ code: 0, out: expect.stringMatching(/1 chains with 5 entries hold/) })
    const spoil = async (sql: string, undo: string) => {
      const db = new Database(join(state, 'hub.db'))
      db.exec(sql)
      db.close()
      const result = await run(['verify'])
      const again = new Database(join(state, 'hub.db'))
      again.exec(undo)
      again.close()
      return result
    }
    const body = 'SELECT body FROM entries WHERE seq = 3'
    expect(
      await spoil(
        `CREATE TABLE kept AS ${body}; UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'allow', 'deny_') AS BLOB) WHERE seq = 3`,
        'UPDATE entries SET body = (SELECT body FROM kept) WHERE seq = 3; DROP TABLE kept',
      ),
    ).toMatchObject({ code: 1, out: expect.stringMatching(/entry 3 was changed/) })
    expect(
      await spoil(
        'CREATE TABLE kept AS SELECT * FROM entries WHERE seq = 2; DELETE FROM entries WHERE seq = 2',
        'INSERT INTO entries SELECT * FROM kept; DROP TABLE kept',
      ),
    ).toMatchObject({ code: 1, out: expect.stringMatching(/entry 2 is missing/) })
    expect(
      await spoil(
        'CREATE TABLE kept AS SELECT * FROM entries WHERE seq = 5; DELETE FROM entries WHERE seq = 5',
        'INSERT INTO entries SELECT * FROM kept; DROP TABLE kept',
      ),
    ).toMatchObject({ code: 1, out: expect.stringMatching(/ends at 4/) })
    expect(await run(['verify'])).toMatchObject({ code: 0 })
  })
})

interface Killing {
  readonly hub: Started
  readonly enrolled: Enrolled
  readonly chain: SampleChain
  readonly acked: number
  readonly afterMs: number
}

/** Sends batches without waiting, kills the hub in the middle, and returns the highest seq it ever acknowledged. */
async function sendUntilKilled({ hub, enrolled, chain, acked, afterMs }: Killing): Promise<number> {
  const stream = new Telemetry(hub.agents, enrolled.credentials).hello()
  let next = (await stream.welcome()) + 1
  expect(next - 1).toBeGreaterThanOrEqual(acked)
  const timer = setTimeout(() => void stop(hub.child, 'SIGKILL'), afterMs)
  let over = false
  void stream.ended.then(() => {
    over = true
  })
  while (!over) {
    while (chain.entries.length < next + 19) chain.decide()
    stream.send(chain.batch(next, next + 19))
    next += 20
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  clearTimeout(timer)
  const acks = stream.received.flatMap((message) => (message.case === 'ack' ? [Number(message.value.ackedSeq)] : []))
  return Math.max(acked, ...acks)
}

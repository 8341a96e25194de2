import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../tools/bootstrap/runtime.mjs'
import { assize, freePort } from '../../tools/start/stack.ts'
import { eventually } from '../harness/sandbox.ts'
import { holdsWithin } from '../harness/slowness.ts'

interface Started {
  readonly child: ChildProcess
  readonly text: string
  readonly seconds: number
}

/** What a person does first: one command, a console to sign in to, Ctrl-C; and again. */
describe('npm start', () => {
  let folder: string
  let port: number

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assize-start-'))
    port = await freePort()
  })
  const children: ChildProcess[] = []
  afterAll(async () => {
    for (const child of children) if (child.exitCode === null) await stop({ child })
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  function start(more: readonly string[] = []): Promise<Started> {
    const before = Date.now()
    const child = spawn(
      process.execPath,
      [join(root, 'tools', 'start', 'start.mjs'), '--state', join(folder, 'state'), '--console-port', String(port), '--no-open', ...more],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    children.push(child)
    return new Promise((resolve, reject) => {
      let text = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString()
          if (text.includes('Ctrl-C stops everything')) resolve({ child, text, seconds: (Date.now() - before) / 1000 })
        })
      child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${text}`)))
    })
  }

  async function stop({ child }: Pick<Started, 'child'>): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
    child.kill('SIGINT')
    return exit
  }

  it('says how to use it', async () => {
    const child = spawn(process.execPath, [join(root, 'tools', 'start', 'start.mjs'), '--help'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0)
    for (const option of ['--state', '--console-port', '--no-open']) expect(text).toContain(option)
  })

  it('says what is wrong with its options and ports, and starts nothing', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve))
    await expect(start()).rejects.toThrow(new RegExp(`Port ${port} is in use, so nothing was started`))
    await new Promise((resolve) => blocker.close(resolve))
    await expect(start(['--grpc-port', 'abc'])).rejects.toThrow(/no port for --grpc-port; nothing was started/)
    await expect(start(['--nope'])).rejects.toThrow(/--nope/)
    await expect(start(['--state', import.meta.filename])).rejects.toThrow(/cannot keep the state .*nothing was started/)
  })

  it('starts hub and agent, enrolled and connected, prints a link that signs in once, and stops cleanly', async () => {
    const started = await start()
    const link = /sign in\s+(http\S+)/.exec(started.text)?.[1] ?? ''
    expect(link).toContain(`127.0.0.1:${port}`)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    const secret = new URL(link).searchParams.get('link') ?? new URL(link).hash.split('=').at(-1) ?? ''
    const signIn = () =>
      fetch(`http://127.0.0.1:${port}/api/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
        body: JSON.stringify({ link: secret }),
      })
    const first = await signIn()
    expect(first.ok).toBe(true)
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await signIn()).ok).toBe(false)
    await eventually('a connected agent', async () => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/agents`, { headers: { cookie } })
      const { items } = (await response.json()) as { items: readonly { link: string }[] }
      return items[0]?.link === 'connected'
    })
    expect((await stat(join(folder, 'state', 'hub'))).mode & 0o077).toBe(0)
    expect((await stat(join(folder, 'state', 'agent'))).mode & 0o077).toBe(0)
    expect(await stop(started)).toBe(0)
    expect((await assize(['status', '--state', join(folder, 'state', 'agent')])).code).toBe(3)
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
  })

  it('is there again within five seconds, with the same agent and a fresh link', async () => {
    const started = await start()
    expect(holdsWithin('the second start', started.seconds * 1000, 5000)).toBe(true)
    expect(started.text).toMatch(/sign in\s+http/)
    expect(await stop(started)).toBe(0)
  })

  it('stops as a whole, without an alarm, when its agent is told to stop', async () => {
    const { child } = await start()
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const exit = new Promise((resolve) => child.on('exit', resolve))
    expect((await assize(['stop', '--state', join(folder, 'state', 'agent')])).code).toBe(0)
    expect(await exit).toBe(0)
    expect(said).toMatch(/was stopped, so the rest stops too/)
  })
})

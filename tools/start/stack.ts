/** Starts a real hub and real agents from the built product: for `npm start`, the demo, the tests and the benchmarks. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../bootstrap/runtime.mjs'

const DIST = process.env['ASSIZE_DIST'] ?? 'dist'
export const AGENT_MAIN = join(root, 'agent', DIST, 'main.mjs')
export const HUB_MAIN = join(root, 'hub', DIST, 'main.mjs')
/** Starts the Node front-end even where it would hand over to the native one. */
export const NODE_CLIENT: readonly string[] = [
  ...(process.platform === 'win32' ? [] : ['env', 'ASSIZE_CLIENT=node']),
  process.execPath,
  AGENT_MAIN,
]
/** The native front-end, where it was built. */
export const NATIVE_CLIENT = join(root, 'agent', DIST, process.platform === 'win32' ? 'assize-client.exe' : 'assize-client')
const READY_MS = 60_000
const COMMAND_MS = 180_000
const STOP_MS = 10_000
const ASK_EVERY_MS = 3000

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string | Buffer
  readonly timeoutMs?: number
}

/** Runs a command of the product to its end. */
export function runMain(main: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return runCommand([process.execPath, main, ...args], options)
}

export function runCommand([program = '', ...args]: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: 'pipe',
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? COMMAND_MS)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() })
    })
  })
}

export const assize = (args: readonly string[], options?: RunOptions): Promise<Finished> => runMain(AGENT_MAIN, args, options)
export const assizeHub = (args: readonly string[], options?: RunOptions): Promise<Finished> => runMain(HUB_MAIN, args, options)

/** A command that must succeed; its standard output. */
export async function mustRun(main: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const { code, signal, stdout, stderr } = await runMain(main, args, options)
  if (code !== 0) throw new Error(`\`${[main, ...args].join(' ')}\` ended with ${code ?? signal}:\n${stderr || stdout}`)
  return stdout
}

/** Every service that was started and has not ended, also one that is not ready yet. */
const running = new Set<Service>()

/** Stops whatever still runs; agents before hubs, so that their last entries arrive. */
export async function stopAll(): Promise<void> {
  const agentsFirst = [...running].sort((left, right) => left.name.localeCompare(right.name))
  for (const service of agentsFirst) await service.stop()
}

/** A long-running process of the product. */
export class Service {
  readonly name: string
  readonly #child: ChildProcess
  readonly #log: string[] = []
  #exit: Promise<Finished>

  constructor(name: string, main: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.name = name
    this.#child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk: Buffer) => this.#keep(chunk.toString()))
    running.add(this)
    this.#exit = new Promise((resolve) =>
      this.#child.on('close', (code, signal) => {
        running.delete(this)
        resolve({ code, signal, stdout: this.log, stderr: '' })
      }),
    )
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** What it printed, newest 200 pieces. */
  get log(): string {
    return this.#log.join('')
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  exited(): Promise<Finished> {
    return this.#exit
  }

  /** Asks it to stop; insists after ten seconds. */
  async stop(): Promise<Finished> {
    if (this.running) this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS)
    const finished = await this.#exit
    clearTimeout(timer)
    return finished
  }

  async readyWhen(condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + READY_MS
    while (!(await condition().catch(() => false))) {
      if (!this.running) throw new Error(`${this.name} ended before it was ready:\n${this.log}`)
      if (Date.now() > deadline) {
        this.kill('SIGKILL')
        throw new Error(`${this.name} was not ready after ${READY_MS / 1000} s:\n${this.log}`)
      }
      await pause(50)
    }
  }

  #keep(text: string): void {
    this.#log.push(text)
    if (this.#log.length > 200) this.#log.shift()
  }
}

export interface HubAddress {
  readonly state: string
  readonly consolePort: number
  readonly grpcPort: number
}

/** A serving hub: its console answers and its gRPC port listens. */
export async function startHub({ state, consolePort, grpcPort }: HubAddress, more: readonly string[] = []): Promise<Service> {
  const hub = new Service('the hub', HUB_MAIN, [
    'serve',
    '--state',
    state,
    '--console-port',
    String(consolePort),
    '--grpc-port',
    String(grpcPort),
    ...more,
  ])
  await hub.readyWhen(async () => (await fetch(`http://127.0.0.1:${consolePort}/readyz`)).ok)
  return hub
}

/** A one-time enrolment token of this hub. */
export async function enrolToken(hub: HubAddress, more: readonly string[] = []): Promise<string> {
  const output = await mustRun(HUB_MAIN, ['enroll-token', 'create', '--state', hub.state, '--json', ...more])
  return (JSON.parse(output) as { token: string }).token
}

/** A bearer token for the hub's REST interface. */
export async function accessToken(hub: HubAddress, role: string): Promise<string> {
  const output = await mustRun(HUB_MAIN, ['token', 'create', '--role', role, '--state', hub.state, '--json'])
  return (JSON.parse(output) as { token: string }).token
}

export function enrolled(agentState: string): boolean {
  return existsSync(join(agentState, 'identity', 'cert.pem'))
}

/** Enrols an agent that has no identity yet. The token goes by standard input, so that no process list shows it. */
export async function enrolAgent(agentState: string, hub: HubAddress): Promise<void> {
  const token = await enrolToken(hub)
  await mustRun(AGENT_MAIN, ['enroll', '--hub', `127.0.0.1:${hub.grpcPort}`, '--token', '-', '--state', agentState], { input: token })
}

/** A resident agent that answers on its local socket. */
export async function startAgent(state: string, env: NodeJS.ProcessEnv = {}, more: readonly string[] = []): Promise<Service> {
  const agent = new Service('the agent', AGENT_MAIN, ['agent', '--state', state, ...more], env)
  // Its own word is the quickest sign; asking takes a process each time, and is for an agent that was told to log nothing.
  let asked = Date.now()
  await agent.readyWhen(async () => {
    if (agent.log.includes('the agent decides')) return true
    if (Date.now() - asked < ASK_EVERY_MS) return false
    asked = Date.now()
    return (await assize(['status', '--json', '--state', state])).code !== 3
  })
  return agent
}

/** Whether something listens on a loopback port already. */
export function taken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(true))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)))
  })
}

// Below the range the system hands to outgoing connections, so that none of those takes the port before its listener does.
const PORTS = { from: 20_000, count: 12_000 } as const

/** A loopback port nothing listens on, chosen at random so that runs side by side do not choose alike. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = PORTS.from + randomInt(PORTS.count)
    if (!(await taken(port))) return port
  }
  throw new Error('no free port was found')
}

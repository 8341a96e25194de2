import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, NATIVE_CLIENT, NODE_CLIENT, startAgent, taken } from '../tools/start/stack.ts'
import { against, type Bench, type Figure, median } from './figures.ts'
import { HttpCaller } from './http-caller.ts'
import { McpCaller } from './mcp-caller.ts'

const here = dirname(fileURLToPath(import.meta.url))
const fixture = (name: string) => join(here, 'fixtures', name)
const program = (...path: readonly string[]) => [process.execPath, join(here, 'node_modules', ...path)]
const STDIO_SERVER = [process.execPath, fixture('echo-server.mjs')]
const ROUNDS = 12
const CALLS = 60
const WARM = 1500
const SETTLED_MS = 5000
/** Files that are read in turns. An agent that does the very same over and over is taken for stuck, and asked about. */
const FILES = 40

interface Caller {
  open(): Promise<void>
  call(method: string, params: object): Promise<string>
  close(): Promise<void>
}

interface Contestant {
  readonly name: string
  /** How the client speaks to it. */
  readonly front: 'http' | 'stdio'
  readonly caller: Caller
  readonly times: number[]
  /** Processes that work for it, with all they started. */
  readonly processes: readonly number[]
  /** Microseconds of processor time, all rounds together. */
  processor: number
}

/**
 * The whole time of a call to a server over HTTP, for clients that speak HTTP and for those that speak stdio. Ours reads, judges
 * and records every call; the peers bridge. All take turns in short rounds, so that a noisy moment falls on each of them.
 */
export const mcpHttp: Bench = {
  name: 'mcp-http',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    const workspace = join(folder, 'workspace')
    mkdirSync(workspace)
    const started: ChildProcess[] = []
    const server = await startPrinting(started, 'http-echo-server.mjs')
    const bare = await startPrinting(started, 'http-proxy.mjs', server)
    const port = await freePort()
    const config = join(folder, 'agent.yaml')
    writeFileSync(config, JSON.stringify({ sense: { mcpHttp: { port, servers: { files: `${server}/mcp` } } } }))
    const state = join(folder, 'agent')
    const agent = await startAgent(state, { ASSIZE_CONFIG: config })
    const contestants: Contestant[] = []
    const enter = async (name: string, front: Contestant['front'], caller: Caller, processes: readonly (number | undefined)[]) => {
      await caller.open()
      contestants.push({ name, front, caller, times: [], processes: processes.filter((pid) => pid !== undefined), processor: 0 })
    }
    try {
      await enter('direct', 'http', new HttpCaller(`${server}/mcp`), [])
      await enter('bare proxy', 'http', new HttpCaller(`${bare}/mcp`), [started.at(-1)?.pid])
      await enter('assize', 'http', new HttpCaller(`http://127.0.0.1:${port}/files/mcp`), [agent.pid])
      await enter('supergateway', 'http', new HttpCaller(await startPeer(started, supergateway)), [started.at(-1)?.pid])
      await enter('mcp-proxy', 'http', new HttpCaller(await startPeer(started, mcpProxy)), [started.at(-1)?.pid])
      const overStdio = (name: string, command: readonly string[], ...more: readonly number[]) => {
        const caller = new McpCaller(command, { cwd: workspace, env: { ...process.env, HOME: folder } })
        return enter(name, 'stdio', caller, [caller.pid, ...more])
      }
      const url = `${server}/mcp`
      const gate = existsSync(NATIVE_CLIENT) ? ['env', 'ASSIZE_CLIENT=native', ...NODE_CLIENT.slice(2)] : NODE_CLIENT
      await overStdio('assize', [...gate, '--state', state, 'mcp', '--server', 'files', '--url', url], agent.pid)
      await overStdio('mcp-remote', [...program('mcp-remote', 'dist', 'proxy.js'), url, '--transport', 'http-only', '--silent'])
      await overStdio('supergateway', [...program('supergateway', 'dist', 'index.js'), '--streamableHttp', url, '--logLevel', 'none'])
      await setTimeout(SETTLED_MS)
      for (const contestant of contestants) await warm(contestant, workspace)
      for (let round = 0; round < ROUNDS; round += 1)
        for (const contestant of rotated(contestants, round)) {
          const before = processorTime(contestant.processes)
          for (let index = 0; index < CALLS; index += 1) contestant.times.push(await timed(contestant.caller, workspace))
          contestant.processor += processorTime(contestant.processes) - before
        }
      return figures(contestants)
    } finally {
      await Promise.all(contestants.map(({ caller }) => caller.close()))
      await agent.stop()
      for (const child of started) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Supergateway keeps one session per client, as ours does. */
const supergateway = (port: number) => ({
  command: [
    ...program('supergateway', 'dist', 'index.js'),
    ...[
      '--stdio',
      STDIO_SERVER.join(' '),
      '--outputTransport',
      'streamableHttp',
      '--stateful',
      '--port',
      String(port),
      '--logLevel',
      'none',
    ],
  ],
  path: '/mcp',
})
const mcpProxy = (port: number) => ({
  command: [...program('mcp-proxy', 'dist', 'bin', 'mcp-proxy.mjs'), '--port', String(port), '--server', 'stream', '--', ...STDIO_SERVER],
  path: '/mcp',
})

async function startPrinting(started: ChildProcess[], name: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [fixture(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  started.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return `http://127.0.0.1:${line.toString().trim()}`
}

async function startPeer(
  started: ChildProcess[],
  how: (port: number) => { readonly command: readonly string[]; readonly path: string },
): Promise<string> {
  const port = await freePort()
  const { command, path } = how(port)
  const [file = '', ...args] = command
  started.push(spawn(file, args, { stdio: 'ignore' }))
  for (const deadline = Date.now() + 20_000; !(await taken(port)); await setTimeout(100))
    if (Date.now() > deadline) throw new Error(`${command[1] ?? file} did not start`)
  return `http://127.0.0.1:${port}${path}`
}

let made = 0

function readCall(workspace: string): object {
  made += 1
  return { name: 'read_text_file', arguments: { path: join(workspace, `notes-${made % FILES}.md`) } }
}

async function warm({ name, front, caller }: Contestant, workspace: string): Promise<void> {
  const answer = await caller.call('tools/call', readCall(workspace))
  if (!answer.includes('release went well')) throw new Error(`${name} (${front}) did not let a call through: ${answer.slice(0, 400)}`)
  for (let index = 0; index < WARM; index += 1) await caller.call('tools/call', readCall(workspace))
}

async function timed(caller: Caller, workspace: string): Promise<number> {
  const start = performance.now()
  await caller.call('tools/call', readCall(workspace))
  return (performance.now() - start) * 1000
}

/** Microseconds that these processes and all they started have had so far; the system counts in hundredths of a second. */
function processorTime(processes: readonly number[]): number {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'latin1') : '')
  return processes.reduce((sum, pid) => {
    const [, fields = ''] = /\) (.*)/s.exec(read(`/proc/${pid}/stat`)) ?? []
    const [user = '0', system = '0'] = fields.split(' ').slice(11, 13)
    const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(/\s+/)
    return sum + (Number(user) + Number(system)) * 10_000 + processorTime(children.filter((child) => child !== '').map(Number))
  }, 0)
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

const OURS = 'assize'
const FLOORS: ReadonlySet<string> = new Set([OURS, 'direct', 'bare proxy'])

function figures(contestants: readonly Contestant[]): readonly Figure[] {
  const shown = contestants.map(({ name, front, times }) => ({
    what: `${name}, client over ${front}, p50`,
    value: median(times),
    unit: 'us',
  }))
  const limits = (['http', 'stdio'] as const).map((front) => {
    const of = (wanted: (name: string) => boolean) =>
      contestants.filter((contestant) => contestant.front === front && wanted(contestant.name))
    const [best] = of((name) => !FLOORS.has(name)).toSorted((left, right) => median(left.times) - median(right.times))
    const [ours] = of((name) => name === OURS)
    if (best === undefined || ours === undefined) throw new Error(`nobody over ${front}`)
    return against(
      { what: best.name, value: median(best.times) },
      { what: `a call through the gate, client over ${front}, p50`, value: median(ours.times), unit: 'us', limit: { most: 0.4 } },
    )
  })
  const work = contestants
    .filter(({ processor }) => processor > 0)
    .map(({ name, front, times, processor }) => ({
      what: `${name}, client over ${front}, processor time a call`,
      value: processor / times.length,
      unit: 'us',
    }))
  return [...shown, ...work, ...limits]
}

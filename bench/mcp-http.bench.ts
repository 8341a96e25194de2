import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, NATIVE_CLIENT, NODE_CLIENT, startAgent, taken } from '../tools/start/stack.ts'
import { against, type Bench, type Figure, median } from './figures.ts'
import { HttpCaller } from './http-caller.ts'
import { McpCaller } from './mcp-caller.ts'
import { processorTime } from './processor-time.ts'
import { type Caller, mustAnswer, newWorkspace, readCall, rotated, timed, type Workspace } from './rounds.ts'

const here = dirname(fileURLToPath(import.meta.url))
const fixture = (name: string) => join(here, 'fixtures', name)
const program = (...path: readonly string[]) => [process.execPath, join(here, 'node_modules', ...path)]
const STDIO_SERVER = [process.execPath, fixture('echo-server.mjs')]
const ROUNDS = 12
const CALLS = 60
const WARM = 1500
const SETTLED_MS = 5000
const SESSIONS = 7
const SESSION_CALLS = 200

interface Contestant {
  readonly name: string
  /** How the client speaks to it. */
  readonly front: 'http' | 'stdio'
  /** Settled: it has answered thousands of calls. */
  readonly caller: Caller
  readonly times: number[]
  /** A client of a session of its own, with whatever a host starts for one. */
  readonly fresh: () => Caller
  readonly inSessions: number[]
  /** Processes that work for it, with all they started. */
  readonly processes: readonly number[]
  /** Microseconds of processor time, all settled rounds together. */
  processor: number
}

/**
 * The whole time of a call to a server over HTTP, for clients that speak HTTP and for those that speak stdio. Ours reads, judges
 * and records every call; the peers bridge. What stands between HTTP and HTTP runs for days and has answered thousands of calls; what
 * a host starts for a session over stdio is started anew for each, and shown settled besides. All take turns in short rounds, so that
 * a noisy moment falls on each of them.
 */
export const mcpHttp: Bench = {
  name: 'mcp-http',
  async run(): Promise<readonly Figure[]> {
    const workspace = newWorkspace()
    const { folder } = workspace
    const started: ChildProcess[] = []
    const server = await startPrinting(started, 'http-echo-server.mjs')
    const relay = await startPrinting(started, 'tcp-relay.mjs', server)
    const bare = await startPrinting(started, 'http-proxy.mjs', server)
    const port = await freePort()
    const config = join(folder, 'agent.yaml')
    writeFileSync(config, JSON.stringify({ sense: { mcpHttp: { port, servers: { files: `${server}/mcp` } } } }))
    const state = join(folder, 'agent')
    const agent = await startAgent(state, { ASSIZE_CONFIG: config })
    const contestants: Contestant[] = []
    const enter = async (name: string, front: Contestant['front'], fresh: () => Caller, ...services: readonly (number | undefined)[]) => {
      const caller = fresh()
      await caller.open()
      const own = caller instanceof McpCaller ? caller.pid : undefined
      const processes = [own, ...services].filter((pid) => pid !== undefined)
      contestants.push({ name, front, caller, times: [], fresh, inSessions: [], processes, processor: 0 })
    }
    const overHttp = (name: string, url: string, ...services: readonly (number | undefined)[]) =>
      enter(name, 'http', () => new HttpCaller(url), ...services)
    try {
      await overHttp('direct', `${server}/mcp`)
      await overHttp(RELAY, `${relay}/mcp`, started.at(-2)?.pid)
      await overHttp('bare proxy', `${bare}/mcp`, started.at(-1)?.pid)
      await overHttp('assize', `http://127.0.0.1:${port}/files/mcp`, agent.pid)
      const listens = (port: number) => ({
        command: [...NODE_CLIENT, '--state', state, 'mcp', '--server', 'files', '--listen', String(port), '--', ...STDIO_SERVER],
        path: '/mcp',
      })
      await overHttp(LISTENING, await startPeer(started, listens), started.at(-1)?.pid, agent.pid)
      await overHttp('supergateway', await startPeer(started, supergateway), started.at(-1)?.pid)
      await overHttp('mcp-proxy', await startPeer(started, mcpProxy), started.at(-1)?.pid)
      const overStdio = (name: string, command: readonly string[], ...services: readonly number[]) => {
        const env = { ...process.env, HOME: folder }
        return enter(name, 'stdio', () => new McpCaller(command, { cwd: workspace.path, env }), ...services)
      }
      const url = `${server}/mcp`
      const gate = existsSync(NATIVE_CLIENT) ? ['env', 'ASSIZE_CLIENT=native', ...NODE_CLIENT.slice(2)] : NODE_CLIENT
      await overStdio('assize', [...gate, '--state', state, 'mcp', '--server', 'files', '--url', url], agent.pid)
      await overStdio('mcp-remote', [...program('mcp-remote', 'dist', 'proxy.js'), url, '--transport', 'http-only', '--silent'])
      await overStdio('supergateway', [...program('supergateway', 'dist', 'index.js'), '--streamableHttp', url, '--logLevel', 'none'])
      await setTimeout(SETTLED_MS)
      for (const contestant of contestants) await warm(contestant, workspace)
      for (let round = 0; round < SESSIONS; round += 1)
        for (const contestant of rotated(contestants, round)) await session(contestant, workspace)
      for (let round = 0; round < ROUNDS; round += 1)
        for (const contestant of rotated(contestants, round)) {
          const before = processorTime(contestant.processes)
          for (let index = 0; index < CALLS; index += 1) contestant.times.push(await timed(contestant.caller, readCall(workspace)))
          contestant.processor += processorTime(contestant.processes) - before
        }
      return figures(contestants)
    } finally {
      await Promise.all(contestants.map(({ caller }) => caller.close()))
      await agent.stop()
      for (const child of started) child.kill('SIGKILL')
      workspace.remove()
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

async function warm({ name, front, caller }: Contestant, workspace: Workspace): Promise<void> {
  await mustAnswer(`${name} (${front})`, caller, readCall(workspace))
  for (let index = 0; index < WARM; index += 1) await caller.call('tools/call', readCall(workspace))
}

async function session({ name, fresh, inSessions }: Contestant, workspace: Workspace): Promise<void> {
  const caller = fresh()
  await caller.open()
  await mustAnswer(name, caller, readCall(workspace))
  for (let index = 1; index < SESSION_CALLS; index += 1) inSessions.push(await timed(caller, readCall(workspace)))
  await caller.close()
}

const OURS = 'assize'
/** Ours before a server over stdio, as the peers over HTTP are. */
const LISTENING = 'assize --listen'
/** Any process in the way costs as much, whatever it does. */
const RELAY = 'bytes handed on'
const FLOORS: ReadonlySet<string> = new Set([OURS, LISTENING, RELAY, 'direct', 'bare proxy'])

const CALLED: Readonly<Record<string, string>> = { [OURS]: 'the gate', [RELAY]: 'a process that hands on bytes' }

function figures(contestants: readonly Contestant[]): readonly Figure[] {
  const shown = contestants.flatMap(({ name, front, times, inSessions }) => [
    { what: `${name}, client over ${front}, in sessions of ${SESSION_CALLS}, p50`, value: median(inSessions), unit: 'us' },
    { what: `${name}, client over ${front}, settled, p50`, value: median(times), unit: 'us' },
  ])
  const work = contestants
    .filter(({ processor }) => processor > 0)
    .map(({ name, front, times, processor }) => ({
      what: `${name}, client over ${front}, settled, processor time a call`,
      value: processor / times.length,
      unit: 'us',
    }))
  const limit = { most: 0.4 }
  return [
    ...shown,
    ...work,
    { ...besideBest(contestants, 'http', 'in sessions of'), limit },
    besideBest(contestants, 'http', 'settled'),
    besideBest(contestants, 'http', 'in sessions of', RELAY),
    besideBest(contestants, 'http', 'in sessions of', LISTENING),
    besideBest(contestants, 'http', 'settled', LISTENING),
    { ...besideBest(contestants, 'stdio', 'in sessions of'), limit },
    besideBest(contestants, 'stdio', 'settled'),
  ]
}

function besideBest(
  contestants: readonly Contestant[],
  front: Contestant['front'],
  how: 'in sessions of' | 'settled',
  who: string = OURS,
): Figure {
  const timesOf = ({ times, inSessions }: Contestant) => median(how === 'settled' ? times : inSessions)
  const there = contestants.filter((contestant) => contestant.front === front)
  const [best] = there.filter(({ name }) => !FLOORS.has(name)).toSorted((left, right) => timesOf(left) - timesOf(right))
  const ours = there.find(({ name }) => name === who)
  if (best === undefined || ours === undefined) throw new Error(`nobody over ${front}`)
  const said = how === 'settled' ? how : `${how} ${SESSION_CALLS}`
  return against(
    { what: best.name, value: timesOf(best) },
    { what: `a call through ${CALLED[who] ?? who}, client over ${front}, ${said}, p50`, value: timesOf(ours), unit: 'us' },
  )
}

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NATIVE_CLIENT, NODE_CLIENT, startAgent } from '../tools/start/stack.ts'
import { against, type Bench, type Figure, median } from './figures.ts'
import { fdatasyncs } from './flush.ts'
import { McpCaller } from './mcp-caller.ts'

const fixture = (name: string) => join(dirname(fileURLToPath(import.meta.url)), 'fixtures', name)
const SERVER = [process.execPath, fixture('echo-server.mjs')]
const ROUNDS = 12
const CALLS = 120
const IN_FLIGHT = 32
const PIPELINED = 3000
/** An agent runs for days: its start, and the calls in which the engine still compiles what it sees often, are not what is asked here. */
const SETTLED_MS = 5000
const WARM = { read: 4000, write: 1000 }

interface Contestant {
  readonly name: string
  readonly caller: McpCaller
  readonly read: number[]
  readonly write: number[]
  readonly rates: { read: number[]; write: number[] }
}

/**
 * What the gate adds to a call, beside what a proxy made with the official SDK adds. All contestants stand before the same server
 * and take turns in short rounds, so that a noisy moment falls on each of them.
 */
export const mcpStdio: Bench = {
  name: 'mcp-stdio',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    const workspace = join(folder, 'workspace')
    mkdirSync(workspace)
    for (let index = 0; index < FILES; index += 1) writeFileSync(join(workspace, `notes-${index}.md`), 'notes\n')
    const state = join(folder, 'agent')
    const agent = await startAgent(state)
    const commands = {
      direct: SERVER,
      pipe: [process.execPath, fixture('pipe-proxy.mjs'), ...SERVER],
      sdk: [process.execPath, fixture('sdk-proxy.mjs'), ...SERVER],
      node: [...NODE_CLIENT, '--state', state, 'mcp', '--', ...SERVER],
      ...(existsSync(NATIVE_CLIENT) ? { native: [NATIVE_CLIENT, '--state', state, 'mcp', '--', ...SERVER] } : {}),
    }
    const contestants: Contestant[] = []
    try {
      for (const [name, command] of Object.entries(commands)) {
        const caller = new McpCaller(command, { cwd: workspace })
        await caller.open()
        contestants.push({ name, caller, read: [], write: [], rates: { read: [], write: [] } })
      }
      await setTimeout(SETTLED_MS)
      for (const contestant of contestants) await warm(contestant, workspace)
      for (let round = 0; round < ROUNDS; round += 1)
        for (const contestant of rotated(contestants, round)) await single(contestant, workspace)
      for (let round = 0; round < 3; round += 1)
        for (const contestant of rotated(contestants, round)) await pipelined(contestant, workspace)
      return figures(contestants, median(fdatasyncs(join(folder, 'flush'), 300)))
    } finally {
      await Promise.all(contestants.map(({ caller }) => caller.close()))
      await agent.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Files that are read in turns. An agent that does the very same over and over is taken for stuck, and asked about. */
const FILES = 40
let made = 0

function readCall(workspace: string): object {
  made += 1
  return { name: 'read_text_file', arguments: { path: join(workspace, `notes-${made % FILES}.md`) } }
}

function writeCall(workspace: string): object {
  made += 1
  return { name: 'write_file', arguments: { path: join(workspace, 'made.md'), content: `made by the benchmark, number ${made}\n` } }
}

async function warm({ name, caller }: Contestant, workspace: string): Promise<void> {
  for (const [make, calls] of [[readCall, WARM.read] as const, [writeCall, WARM.write] as const]) {
    const answer = await caller.call('tools/call', make(workspace))
    if (!answer.includes('release went well')) throw new Error(`${name} did not let a call through: ${answer.slice(0, 400)}`)
    for (let index = 0; index < calls; index += 1) await caller.call('tools/call', make(workspace))
    await rate(caller, () => make(workspace))
  }
}

async function single(contestant: Contestant, workspace: string): Promise<void> {
  for (let index = 0; index < CALLS; index += 1) {
    contestant.read.push(await timed(contestant.caller, readCall(workspace)))
    contestant.write.push(await timed(contestant.caller, writeCall(workspace)))
  }
}

async function timed(caller: McpCaller, params: object): Promise<number> {
  const start = performance.now()
  await caller.call('tools/call', params)
  return (performance.now() - start) * 1000
}

async function pipelined({ caller, rates }: Contestant, workspace: string): Promise<void> {
  rates.read.push(await rate(caller, () => readCall(workspace)))
  rates.write.push(await rate(caller, () => writeCall(workspace)))
}

/** Calls a second with a fixed number always in flight. */
async function rate(caller: McpCaller, make: () => object): Promise<number> {
  let left = PIPELINED
  const lane = async () => {
    while (left > 0) {
      left -= 1
      await caller.call('tools/call', make())
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return PIPELINED / ((performance.now() - start) / 1000)
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

/**
 * A read is answered while its record is on its way to the disk; a consequential call waits for the disk, which no proxy does, so it is
 * set beside what the SDK proxy and one flush of this very disk take together.
 */
function figures(contestants: readonly Contestant[], flush: number): readonly Figure[] {
  const find = (name: string): Contestant => {
    const found = contestants.find((contestant) => contestant.name === name)
    if (!found) throw new Error(`no contestant ${name}`)
    return found
  }
  const [direct, pipe, sdk] = [find('direct'), find('pipe'), find('sdk')]
  const gates = contestants.filter(({ name }) => name === 'node' || name === 'native')
  const added = (contestant: Contestant, kind: 'read' | 'write') => median(contestant[kind]) - median(direct[kind])
  const reads = gates.flatMap((gate) => [
    against(
      { what: 'SDK proxy', value: added(sdk, 'read') },
      { what: `${gate.name} gate adds to a call, p50`, value: added(gate, 'read'), unit: 'us', ...limited(gate, gates, { most: 0.6 }) },
    ),
    against(
      { what: 'SDK proxy', value: median(sdk.rates.read) },
      {
        what: `${gate.name} gate, ${IN_FLIGHT} in flight`,
        value: median(gate.rates.read),
        unit: 'calls/s',
        ...limited(gate, gates, { least: 2 }),
      },
    ),
  ])
  const writes = gates.flatMap((gate) => [
    against(
      { what: 'SDK proxy and one flush', value: added(sdk, 'write') + flush },
      { what: `${gate.name} gate adds to a call that waits for its durable record, p50`, value: added(gate, 'write'), unit: 'us' },
    ),
    against(
      { what: 'SDK proxy, nothing durable', value: median(sdk.rates.write) },
      { what: `${gate.name} gate, ${IN_FLIGHT} such calls in flight`, value: median(gate.rates.write), unit: 'calls/s' },
    ),
  ])
  const floor = [
    { what: 'direct call, p50', value: median(direct.read), unit: 'us' },
    { what: 'pipe adds, p50', value: added(pipe, 'read'), unit: 'us' },
    { what: 'one flush of the disk, p50', value: flush, unit: 'us' },
  ]
  return [...floor, ...reads, ...writes]
}

/** The limit is for the front-end that is shipped: the native one where it is there. The other is shown beside it. */
function limited(gate: Contestant, gates: readonly Contestant[], limit: NonNullable<Figure['limit']>): Pick<Figure, 'limit'> {
  return gate === gates.at(-1) ? { limit } : {}
}

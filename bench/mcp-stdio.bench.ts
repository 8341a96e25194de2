import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NATIVE_CLIENT, NODE_CLIENT, startAgent } from '../tools/start/stack.ts'
import { against, type Bench, type Figure, median } from './figures.ts'
import { fdatasyncs } from './flush.ts'
import { McpCaller } from './mcp-caller.ts'
import { ownTime, processorTime } from './processor-time.ts'
import { settledFigures, type Times } from './mcp-stdio-settled.ts'
import { mustAnswer, newWorkspace, rate, readCall, rotated, timed, type Workspace, writeCall } from './rounds.ts'

const fixture = (name: string) => join(dirname(fileURLToPath(import.meta.url)), 'fixtures', name)
const SERVER = [process.execPath, fixture('echo-server.mjs')]
const SESSIONS = 7
/** Of a session: one after the other, then with 32 in flight. */
const CALLS = { single: 200, pipelined: 1000 }
const SETTLED = { rounds: 12, single: 120, pipelined: 3000, reads: 4000, writes: 1000 }

interface Contestant extends Times {
  readonly command: readonly string[]
  /** Runs anyway and works for it, too. */
  readonly service: number | undefined
  /** Microseconds of single calls, calls a second in flight, and microseconds of processor time a call in both. */
  readonly sessions: { readonly single: number[]; readonly rates: number[]; readonly work: { single: number[]; inFlight: number[] } }
}

/** Milliseconds until a started agent is what it is from then on. */
const SETTLES = 6000

/**
 * What the gate adds to a call, beside what a proxy made with the official SDK adds. The agent is resident and warm; whatever a host
 * starts for a session is started anew for each, as it is in life. The same again with processes that have answered thousands of calls.
 * All contestants stand before the same server and take turns, so that a noisy moment falls on each of them.
 */
export const mcpStdio: Bench = {
  name: 'mcp-stdio',
  async run(): Promise<readonly Figure[]> {
    const workspace = newWorkspace()
    const state = join(workspace.folder, 'agent')
    const agent = await startAgent(state)
    try {
      // An agent leaves its code unoptimised for its first seconds; it runs for days.
      await new Promise((resolve) => setTimeout(resolve, SETTLES))
      const contestants = contestantsAt(state, agent.pid)
      const callers = await openCallers(contestants, workspace)
      for (const [contestant, caller] of callers) await warm(contestant, caller, { workspace, make: readCall, calls: SETTLED.reads })
      for (let round = 0; round < SESSIONS; round += 1)
        for (const contestant of rotated(contestants, round)) await session(contestant, workspace)
      for (const [contestant, caller] of callers) await warm(contestant, caller, { workspace, make: writeCall, calls: SETTLED.writes })
      for (let round = 0; round < SETTLED.rounds; round += 1)
        for (const [contestant, caller] of rotated(callers, round)) await settled(contestant, caller, workspace)
      for (let round = 0; round < 3; round += 1)
        for (const [contestant, caller] of rotated(callers, round)) await settledRates(contestant, caller, workspace)
      await Promise.all(callers.map(([, caller]) => caller.close()))
      return [...sessionFigures(contestants), ...settledFigures(contestants, median(fdatasyncs(join(workspace.folder, 'flush'), 300)))]
    } finally {
      await agent.stop()
      workspace.remove()
    }
  },
}

function contestantsAt(state: string, agent: number): readonly Contestant[] {
  const commands = {
    direct: SERVER,
    pipe: [process.execPath, fixture('pipe-proxy.mjs'), ...SERVER],
    sdk: [process.execPath, fixture('sdk-proxy.mjs'), ...SERVER],
    node: [...NODE_CLIENT, '--state', state, 'mcp', '--', ...SERVER],
    ...(existsSync(NATIVE_CLIENT) ? { native: [NATIVE_CLIENT, '--state', state, 'mcp', '--', ...SERVER] } : {}),
  }
  return Object.entries(commands).map(([name, command]) => ({
    name,
    command,
    service: isGate(name) ? agent : undefined,
    sessions: { single: [], rates: [], work: { single: [], inFlight: [] } },
    read: [],
    write: [],
    rates: { read: [], write: [] },
  }))
}

async function openCallers(
  contestants: readonly Contestant[],
  workspace: Workspace,
): Promise<readonly (readonly [Contestant, McpCaller])[]> {
  const callers = contestants.map((contestant) => [contestant, new McpCaller(contestant.command, { cwd: workspace.path })] as const)
  for (const [, caller] of callers) await caller.open()
  return callers
}

interface Warming {
  readonly workspace: Workspace
  readonly make: (workspace: Workspace) => object
  readonly calls: number
}

/** The agent has then answered as many calls as one that has run for a while. */
async function warm({ name }: Contestant, caller: McpCaller, { workspace, make, calls }: Warming): Promise<void> {
  await mustAnswer(name, caller, make(workspace))
  for (let index = 0; index < calls; index += 1) await caller.call('tools/call', make(workspace))
  await rate(caller, SETTLED.pipelined, () => make(workspace))
}

function isGate(name: string): boolean {
  return name === 'node' || name === 'native'
}

async function session({ name, command, service, sessions }: Contestant, workspace: Workspace): Promise<void> {
  const caller = new McpCaller(command, { cwd: workspace.path })
  await caller.open()
  await mustAnswer(name, caller, readCall(workspace))
  // Without what the agent starts beside its calls, such as the reading of the whole chain.
  const work = () => processorTime([caller.pid]) + (service === undefined ? 0 : ownTime(service))
  const before = work()
  for (let index = 1; index < CALLS.single; index += 1) sessions.single.push(await timed(caller, readCall(workspace)))
  const between = work()
  sessions.rates.push(await rate(caller, CALLS.pipelined, () => readCall(workspace)))
  sessions.work.single.push((between - before) / (CALLS.single - 1))
  sessions.work.inFlight.push((work() - between) / CALLS.pipelined)
  await caller.close()
}

async function settled({ read, write }: Contestant, caller: McpCaller, workspace: Workspace): Promise<void> {
  for (let index = 0; index < SETTLED.single; index += 1) {
    read.push(await timed(caller, readCall(workspace)))
    write.push(await timed(caller, writeCall(workspace)))
  }
}

async function settledRates({ rates }: Contestant, caller: McpCaller, workspace: Workspace): Promise<void> {
  rates.read.push(await rate(caller, SETTLED.pipelined, () => readCall(workspace)))
  rates.write.push(await rate(caller, SETTLED.pipelined, () => writeCall(workspace)))
}

function sessionFigures(contestants: readonly Contestant[]): readonly Figure[] {
  const sessionsOf = (name: string) => {
    const found = contestants.find((contestant) => contestant.name === name)
    if (!found) throw new Error(`no contestant ${name}`)
    return found.sessions
  }
  const added = (name: string) => median(sessionsOf(name).single) - median(sessionsOf('direct').single)
  const gates = contestants.filter(({ name }) => isGate(name)).map(({ name }) => name)
  const floor = [
    { what: `a session of ${CALLS.single}: direct call, p50`, value: median(sessionsOf('direct').single), unit: 'us' },
    { what: `a session of ${CALLS.single}: pipe adds, p50`, value: added('pipe'), unit: 'us' },
  ]
  // The limit is for the front-end that is shipped: the native one where it is there.
  const limit = <Limit>(gate: string, one: Limit) => (gate === gates.at(-1) ? { limit: one } : {})
  const ours = gates.flatMap((gate) => [
    against(
      { what: 'SDK proxy', value: added('sdk') },
      { what: `a session of ${CALLS.single}: ${gate} gate adds, p50`, value: added(gate), unit: 'us', ...limit(gate, { most: 0.6 }) },
    ),
    against(
      { what: 'SDK proxy', value: median(sessionsOf('sdk').rates) },
      {
        what: `the next ${CALLS.pipelined} of it: ${gate} gate, 32 in flight`,
        value: median(sessionsOf(gate).rates),
        unit: 'calls/s',
        ...limit(gate, { least: 2 }),
      },
    ),
  ])
  const work = gates.flatMap((gate) =>
    (['single', 'inFlight'] as const).map((how) =>
      against(
        { what: 'SDK proxy', value: median(sessionsOf('sdk').work[how]) },
        {
          what: `${how === 'single' ? 'one by one' : '32 in flight'}: processor time of ${gate} gate, agent and server, a call`,
          value: median(sessionsOf(gate).work[how]),
          unit: 'us',
        },
      ),
    ),
  )
  return [...floor, ...ours, ...work]
}

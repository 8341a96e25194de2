/** Kills agent or hub with SIGKILL at random moments under load, again and again, then settles the books. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { machineName } from '../../agent/src/platform/machine.ts'
import { currentPlatform } from '../../agent/src/platform/platform.ts'
import { openJournal, type StoredDecision } from '../../agent/src/record/index.ts'
import { assize, assizeHub, type Service, startAgent, startHub } from '../../tools/start/stack.ts'
import { gated } from '../harness/gate.ts'
import { RawClient, stopped } from '../harness/raw-client.ts'
import { eventually, openSandbox, type Sandbox } from '../harness/sandbox.ts'
import { fixture } from '../harness/servers.ts'

export interface Ledger {
  readonly kills: number
  /** Consequential calls that reached the server: each had a durable decision before. */
  readonly released: number
  /** Released calls without exactly one decision that allows them in the agent's journal. */
  readonly releasedWithoutRecord: number
  /** Decisions in the agent's journal. */
  readonly recorded: number
  /** Of those, how many the hub does not hold. */
  readonly missingAtHub: number
  readonly duplicatesAtHub: number
  readonly agentChain: string
  readonly hubChain: string
}

export interface KillOptions {
  readonly victim: 'agent' | 'hub'
  readonly kills: number
  readonly progress?: (done: number) => void
}

const LANES = 4
/** Load must flow again before the next kill, else nothing would be at stake. */
const RELEASED_BETWEEN = 5
const AT_MOST_AFTER_MS = 300
/** How long a busy machine may take over what a quick one does at once. */
const PATIENCE_MS = 180_000

export async function killRepeatedly({ victim, kills, progress }: KillOptions): Promise<Ledger> {
  const sandbox = await openSandbox()
  try {
    let hub = await sandbox.startHub()
    await sandbox.enrol()
    let agent = await sandbox.startAgent()
    const load = await startLoad(sandbox)
    for (let done = 0; done < kills; done += 1) {
      const before = load.released()
      await eventually('calls to get through again', async () => load.released() >= before + RELEASED_BETWEEN, PATIENCE_MS)
      await pause(Math.random() * AT_MOST_AFTER_MS)
      if (victim === 'agent') {
        await killed(agent)
        agent = await startAgent(sandbox.agentState)
      } else {
        await killed(hub)
        hub = await startHub(sandbox.hub)
      }
      progress?.(done + 1)
    }
    await load.stop()
    const ledger = await settle(sandbox, { agent, hub, kills, seen: await load.seen() })
    return ledger
  } finally {
    await sandbox.close()
  }
}

async function killed(service: Service): Promise<void> {
  service.kill('SIGKILL')
  await service.exited()
}

interface Load {
  stop(): Promise<void>
  /** Calls that were let through so far. */
  released(): number
  /** Paths of the calls that reached the server. */
  seen(): Promise<readonly string[]>
}

/** Several clients through the gate, each writing files under ever new names as fast as it is let. */
async function startLoad(sandbox: Sandbox): Promise<Load> {
  const workspace = join(sandbox.folder, 'workspace')
  await mkdir(workspace)
  let going = true
  let released = 0
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const client = new RawClient(
      gated(sandbox.agentState, [process.execPath, fixture('ledger-server.ts'), join(sandbox.folder, `ledger-${lane}`)]),
      { cwd: workspace },
    )
    await client.open()
    for (let call = 0; going; call += 1) {
      const answer = await client.call('write_file', { path: join(workspace, `lane${lane}-${call}.txt`), content: 'x' }, PATIENCE_MS)
      client.lines.length = 0
      if (stopped(answer)) await pause(20)
      else released += 1
    }
    await client.close()
  })
  return {
    released: () => released,
    async stop() {
      going = false
      await Promise.all(lanes)
    },
    async seen() {
      const files = await Promise.all(lanes.map((_, lane) => readFile(join(sandbox.folder, `ledger-${lane}`), 'utf8').catch(() => '')))
      return files.flatMap((text) => text.split('\n').filter((line) => line !== ''))
    },
  }
}

interface Books {
  readonly agent: Service
  readonly hub: Service
  readonly kills: number
  readonly seen: readonly string[]
}

async function settle(sandbox: Sandbox, { agent, hub, kills, seen }: Books): Promise<Ledger> {
  const rest = await sandbox.rest('viewer')
  const head = JSON.parse((await assize(['status', '--json', '--state', sandbox.agentState])).stdout) as object
  await eventually(
    `everything shipped (${JSON.stringify(head).slice(0, 300)})`,
    async () => {
      const { body } = await rest<{ items: readonly { unshippedEntries: number; link: string }[] }>('agents')
      return body.items.length === 1 && body.items[0]?.unshippedEntries === 0 && body.items[0].link === 'connected'
    },
    PATIENCE_MS,
  ).catch(() => undefined)
  await agent.stop()
  const recorded = await decisionsOf(sandbox)
  const held = await eventually(
    'the hub to hold every decision',
    async () => {
      const ids = await heldAtHub(rest)
      return recorded.every(({ id }) => ids.includes(id)) && ids
    },
    PATIENCE_MS,
  ).catch(() => heldAtHub(rest))
  const agentChain = (await assize(['verify', '--state', sandbox.agentState])).code === 0 ? 'verifies' : 'broken'
  await hub.stop()
  const hubChain = (await assizeHub(['verify', '--state', sandbox.hub.state])).code === 0 ? 'verifies' : 'broken'
  const heldOnce = new Set(held)
  const allowed = new Map<string, number>()
  for (const { call, decision } of recorded) {
    const path = String(call.args['path'])
    if (decision.verdict === 'allow') allowed.set(path, (allowed.get(path) ?? 0) + 1)
  }
  return {
    kills,
    released: seen.length,
    releasedWithoutRecord: seen.filter((path) => allowed.get(path) !== 1).length,
    recorded: recorded.length,
    missingAtHub: recorded.filter(({ id }) => !heldOnce.has(id)).length,
    duplicatesAtHub: held.length - heldOnce.size,
    agentChain,
    hubChain,
  }
}

async function decisionsOf(sandbox: Sandbox): Promise<readonly StoredDecision[]> {
  const journal = await openJournal({ path: join(sandbox.agentState, 'journal.db'), device: machineName(currentPlatform()), now: Date.now })
  try {
    const all: StoredDecision[] = []
    for (;;) {
      const page = journal.decisions({ afterSeq: all.at(-1)?.seq ?? 0, limit: 1000 })
      if (page.length === 0) return all
      all.push(...page)
    }
  } finally {
    await journal.close()
  }
}

async function heldAtHub(rest: Awaited<ReturnType<Sandbox['rest']>>): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor = ''
  for (;;) {
    const { body } = await rest<{ items: readonly { id: string }[]; next?: string }>(`decisions?limit=500${cursor}`)
    ids.push(...body.items.map(({ id }) => id))
    if (body.next === undefined) return ids
    cursor = `&cursor=${encodeURIComponent(body.next)}`
  }
}

/** A real hub and the parts of a real agent that speak to it, in one process, over mutual TLS on loopback. */
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EntryBody } from '@assize/kernel'
import { builtInPack, ControlLink, IdentityKeeper, PolicyHolder, readPolicyFolder } from '../../agent/src/control/index.ts'
import type { ApprovalAnswer, BundleReport } from '../../agent/src/control/index.ts'
import { enrol } from '../../agent/src/control/enrolment/enrol.ts'
import { currentPlatform } from '../../agent/src/platform/platform.ts'
import type { Health } from '../../agent/src/platform/health.ts'
import { type Journal, openJournal } from '../../agent/src/record/index.ts'
import { Uplink } from '../../agent/src/ship/index.ts'
import { loadConfig } from '../../hub/src/config/config.ts'
import { createEnrolToken } from '../../hub/src/distribute/index.ts'
import { DEFAULT_TENANT, type Hub, openHub } from '../../hub/src/hub.ts'
import { openLog } from '../../hub/src/platform/log.ts'
import { systemClock } from '../../hub/src/platform/platform.ts'

export interface World {
  readonly folder: string
  hub: Hub
  startHub(): Promise<Hub>
  stopHub(): Promise<void>
  token(of?: { readonly uses?: number; readonly expires?: number; readonly address?: string }): Promise<string>
  readonly identity: string
  close(): Promise<void>
}

export async function openWorld(config: { readonly certificateLifetime?: string } = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'assize-link-'))
  let port = 0
  const open = () =>
    openHub({
      state: join(folder, 'hub'),
      config: loadConfig(undefined, { consolePort: 0, grpcPort: port, logLevel: 'fatal', ...config }),
      clock: systemClock,
      log: openLog('fatal'),
      onFailure: (error) => process.stderr.write(`${error.message}\n`),
    })
  const world: World = {
    folder,
    hub: await open(),
    async startHub() {
      world.hub = await open()
      return world.hub
    },
    stopHub: () => world.hub.close(),
    async token({ uses = 1, expires = Date.now() + 60_000, address = world.hub.agentAddress } = {}) {
      const fingerprint = fingerprintOf(world.hub)
      return (
        await createEnrolToken(world.hub.store, {
          tenant: DEFAULT_TENANT,
          group: 'default',
          uses,
          expires,
          createdBy: 'test',
          now: Date.now(),
          address,
          fingerprint,
        })
      ).token
    },
    identity: join(folder, 'identity'),
    async close() {
      await world.hub.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  port = Number(world.hub.agentAddress.split(':').at(-1))
  return world
}

export function fingerprintOf(hub: Hub): string {
  return new X509Certificate(hub.authority.certificate).fingerprint256.replaceAll(':', '').toLowerCase()
}

export function enrolInto(world: World, token: string, hub?: string) {
  return enrol({
    directory: world.identity,
    token,
    agentVersion: '0.1.0',
    platform: currentPlatform(),
    now: Date.now,
    ...(hub === undefined ? {} : { hub }),
  })
}

export interface Agent {
  readonly journal: Journal
  readonly identity: IdentityKeeper
  readonly policies: PolicyHolder
  readonly uplink: Uplink
  readonly control: ControlLink
  readonly reports: BundleReport[]
  readonly answers: ApprovalAnswer[]
  readonly problems: string[]
  stop(): Promise<void>
}

export async function startAgentParts(world: World, state = join(world.folder, 'agent')): Promise<Agent> {
  mkdirSync(state, { recursive: true })
  const problems: string[] = []
  const reports: BundleReport[] = []
  const answers: ApprovalAnswer[] = []
  const journal = await openJournal({ path: join(state, 'journal.db'), device: 'test', now: Date.now, limits: { ballastBytes: 0 } })
  const identity = new IdentityKeeper({ directory: world.identity, now: Date.now, onProblem: (problem) => problems.push(problem) })
  const policies = await PolicyHolder.open({
    directory: join(state, 'policy'),
    builtIn: readPolicyFolder(builtInPack('balanced')),
    agentVersion: '0.1.0',
    keys: () => identity.identity()?.enrolment.bundleKeys ?? [],
    now: Date.now,
    record: (body: EntryBody) => journal.append(body),
  })
  const health = (): Health => ({
    at: Date.now(),
    uptimeMs: 1,
    policy: policies.current().version,
    unshipped: journal.unshipped(),
    coverage: [],
    processes: [],
    modelFiles: [],
    problems: ['a test problem'],
    rssBytes: 1,
    safeMode: false,
  })
  const uplink = new Uplink({
    access: identity,
    journal,
    agentVersion: '0.1.0',
    health,
    config: { windowBytes: 1_048_576 },
    now: Date.now,
    random: Math.random,
    onProblem: (problem) => problems.push(problem),
  })
  const control = new ControlLink({
    access: identity,
    policies,
    models: [],
    rotate: () => identity.rotate(),
    onAnswer: (answer) => answers.push(answer),
    onBundle: (report) => reports.push(report),
    random: Math.random,
  })
  return {
    journal,
    identity,
    policies,
    uplink,
    control,
    reports,
    answers,
    problems,
    async stop() {
      await Promise.all([uplink.stop(), control.stop()])
      identity.stop()
      await journal.close()
    },
  }
}

/** A relay between agent and hub that can be cut and slowed. */
export async function openRelay(
  target: string,
  at = '127.0.0.1',
): Promise<{ readonly address: string; cut(): void; mend(): void; close(): Promise<void> }> {
  const [host = '', port = ''] = target.split(':')
  const sockets = new Set<Socket>()
  let broken = false
  const server = createServer((near) => {
    if (broken) return void near.destroy()
    const far = connect(Number(port), host)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, at, resolve))
  const address = server.address()
  return {
    address: `${at}:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    cut() {
      broken = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      broken = false
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

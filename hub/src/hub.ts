/** The hub's composition root: opens what the stages need, wires them together, and takes them down in order. */
import { hostname } from 'node:os'
import type { HubConfig } from './config/config.ts'
import { Control, enrolmentService, openBundleKeys } from './distribute/index.ts'
import { Ingest } from './ingest/index.ts'
import { type Authority, issueServerIdentity, openAuthority } from './platform/authority/authority.ts'
import { EventLog } from './platform/event-log.ts'
import type { Admission } from './platform/grpc/admission.ts'
import { openGrpcServer } from './platform/grpc/grpc.ts'
import { LiveStreams } from './platform/live-streams.ts'
import type { Logger } from './platform/log.ts'
import { HubError } from './platform/errors.ts'
import type { Clock } from './platform/platform.ts'
import { hashOfSecret, newSecret } from './platform/secrets.ts'
import { openStateDirectory, readIfThere, removeFile, type StateDirectory, writePrivateFile } from './platform/state-directory.ts'
import { type App, openServer, type ServeContext } from './serve/index.ts'
import { openSqliteStore, type SqliteStore, type Store } from './store/index.ts'

/** The one tenant of an embedded hub. Every table and question knows tenants; more come with their administration. */
export const DEFAULT_TENANT = 'default'

export interface HubOptions {
  readonly state: string
  readonly config: HubConfig
  readonly clock: Clock
  readonly log: Logger
  /** Called when the hub cannot go on, such as after losing its store. */
  readonly onFailure: (error: Error) => void
}

export interface Hub {
  /** Where people go. */
  readonly consoleUrl: string
  /** Where agents go. */
  readonly agentAddress: string
  readonly authority: Authority
  readonly store: Store
  close(): Promise<void>
}

const RECONNECT_AFTER_MS = 1000
const GRACE_MS = 3000
const RENEW_EVERY_MS = 12 * 3_600_000
const MESSAGE_BYTES = 4 * 1024 * 1024
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export async function openHub(options: HubOptions): Promise<Hub> {
  const { config, clock, log } = options
  const state = openStateDirectory(options.state)
  await refuseSecond(state)
  const authority = await openAuthority(state, clock)
  const store = await openSqliteStore(state.file('hub.db'))
  store.onFailure(options.onFailure)
  // Whatever is open when a later step fails is closed again: a hub that cannot listen ends instead of lingering.
  const opened: (() => Promise<void> | void)[] = [() => store.close()]
  try {
    const parts = assemble({ ...options, state, authority, store })
    opened.push(() => parts.control.close())
    opened.push(() => parts.ingest.close())
    await parts.ingest.start(DEFAULT_TENANT)
    const grpc = await listenForAgents(parts, config)
    opened.push(() => grpc.close(GRACE_MS))
    const web = await listenForPeople(parts, { config, grpcPort: grpc.port })
    const renewal = setInterval(
      () =>
        void issueServerIdentity(authority, namesOf(config), clock).then(grpc.renew, (error: unknown) =>
          log.error({ err: error }, 'certificate not renewed'),
        ),
      RENEW_EVERY_MS,
    ).unref()
    const close = closer(parts, { grpc, web, renewal })
    const agentAddress = config.agentAddress ?? `${forUrl(config.grpcHost)}:${grpc.port}`
    writePrivateFile(state.file('runtime.json'), JSON.stringify({ pid: process.pid, console: web.url, agents: agentAddress }))
    return { consoleUrl: web.url, agentAddress, authority, store, close }
  } catch (error) {
    for (const undo of opened.reverse()) await undo()
    throw error
  }
}

/** A hub that still answers owns the state directory; what a crashed one left behind does not count. */
async function refuseSecond(state: StateDirectory): Promise<void> {
  const left = readIfThere(state.file('runtime.json'))
  if (left === undefined) return
  const { pid, console: url } = JSON.parse(left) as { pid: number; console: string }
  const answers = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  )
  if (!answers) return
  throw new HubError({
    code: 'already-running',
    status: 409,
    detail: `A hub already runs on this state directory (process ${pid}, ${url}).`,
    protection: 'It goes on as before.',
    remedy: 'Stop it first, or choose another folder with --state.',
  })
}

interface Parts {
  readonly state: StateDirectory
  readonly authority: Authority
  readonly store: SqliteStore
  readonly clock: Clock
  readonly log: Logger
  readonly events: EventLog
  readonly streams: LiveStreams
  readonly keys: ReturnType<typeof openBundleKeys>
  readonly ingest: Ingest
  readonly control: Control
  readonly enrolment: ReturnType<typeof enrolmentService>
  readonly running: { ready: boolean }
}

function assemble(given: Omit<HubOptions, 'state'> & Pick<Parts, 'state' | 'authority' | 'store'>): Parts {
  const { state, authority, store, clock, log } = given
  const events = new EventLog()
  const streams = new LiveStreams()
  const keys = openBundleKeys(state)
  const admission: Admission = {
    authority,
    clock,
    standing: async (tenant, agent) => {
      const row = await store.read.agent(tenant, agent)
      return row === undefined ? undefined : { revoked: row.revokedAt !== undefined }
    },
  }
  const shared = { store, admission, streams, events, log }
  const ingest = new Ingest({ ...shared, append: store.append })
  const control = new Control(shared)
  const enrolment = enrolmentService({
    ...shared,
    authority,
    bundleKeys: keys.all,
    certificateLifetimeMs: given.config.certificateLifetime,
  })
  return { state, authority, store, clock, log, events, streams, keys, ingest, control, enrolment, running: { ready: true } }
}

async function listenForAgents({ authority, clock, ingest, control, enrolment }: Parts, config: HubConfig) {
  return openGrpcServer({
    host: config.grpcHost,
    port: config.grpcPort,
    roots: Buffer.from(authority.trusted.map((root) => root.toString()).join('\n')),
    identity: await issueServerIdentity(authority, namesOf(config), clock),
    services: [enrolment, ingest.service, control.service],
    messageBytes: MESSAGE_BYTES,
  })
}

interface Web {
  readonly url: string
  readonly app: App
}

async function listenForPeople(
  parts: Parts,
  { config, grpcPort }: { readonly config: HubConfig; readonly grpcPort: number },
): Promise<Web> {
  const { state, store, clock, events, streams, control, keys, authority, log, ingest, running } = parts
  const localToken = newSecret()
  const hosts = new Set<string>()
  const context: ServeContext = {
    store,
    clock,
    events,
    streams,
    control,
    keys,
    authority,
    log,
    tenant: DEFAULT_TENANT,
    localToken: hashOfSecret(localToken),
    agentAddress: () => config.agentAddress ?? `${forUrl(config.grpcHost)}:${grpcPort}`,
    hosts: () => hosts,
    ready: () => running.ready,
    figures: () => ({
      connectedAgents: streams.size,
      batches: ingest.figures.batches,
      entries: ingest.figures.entries,
      duplicates: ingest.figures.duplicates,
      refusedBatches: ingest.figures.refused,
      bytesInHand: ingest.load.bytes,
    }),
  }
  const loopback = LOOPBACK.has(config.host)
  const identity = loopback ? undefined : await issueServerIdentity(authority, namesOf(config), clock)
  const app = await openServer(context, {
    console: config.console,
    tls: identity === undefined ? undefined : { cert: identity.certificate, key: identity.privateKey },
  })
  const port = await listen(app, config)
  for (const name of namesOf(config)) hosts.add(`${forUrl(name).toLowerCase()}:${port}`)
  writePrivateFile(state.file('local.token'), localToken)
  const shown = config.host === '0.0.0.0' || config.host === '::' ? hostname() : config.host
  return { app, url: `${loopback ? 'http' : 'https'}://${forUrl(shown)}:${port}` }
}

async function listen(app: App, { host, consolePort }: HubConfig): Promise<number> {
  try {
    await app.listen({ host, port: consolePort })
    const address = app.server.address()
    return typeof address === 'object' ? (address?.port ?? consolePort) : consolePort
  } catch (cause) {
    throw new HubError(
      {
        code: 'port-taken',
        status: 500,
        detail: `The hub cannot listen on ${forUrl(host)}:${consolePort}.`,
        protection: 'Agents keep deciding and keep their records until a hub answers.',
        remedy: 'Stop whatever holds the port, or choose another with --console-port.',
      },
      cause,
    )
  }
}

interface Listening {
  readonly grpc: Awaited<ReturnType<typeof openGrpcServer>>
  readonly web: Web
  readonly renewal: NodeJS.Timeout
}

/** Agents are told to come back, what they sent becomes durable and acknowledged, then the doors close, then the store. */
function closer({ state, store, ingest, control, running }: Parts, { grpc, web, renewal }: Listening): () => Promise<void> {
  let closing: Promise<void> | undefined
  const close = async () => {
    running.ready = false
    clearInterval(renewal)
    control.drain(RECONNECT_AFTER_MS)
    await ingest.drain(RECONNECT_AFTER_MS)
    ingest.close()
    control.close()
    await grpc.close(GRACE_MS)
    await web.app.close()
    await store.close()
    removeFile(state.file('runtime.json'))
    removeFile(state.file('local.token'))
  }
  return () => (closing ??= close())
}

/** Everything the hub answers to; stands in its certificate. */
function namesOf(config: HubConfig): readonly string[] {
  const own = [config.host, config.grpcHost].filter((name) => name !== '0.0.0.0' && name !== '::')
  return [...new Set(['localhost', '127.0.0.1', '::1', hostname(), ...own, ...config.names])]
}

function forUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

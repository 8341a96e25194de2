/** Where the agent's parts are made and joined. Nothing else sees more than one stage. */
import { join, resolve } from 'node:path'
import { createSession, type EntryBody, type Grant, newestSource, observe, type Session } from '@assize/kernel'
import { ApprovalDesk, createActor, openGrants } from './act/index.ts'
import type { AgentFace } from './commands/local/methods.ts'
import type { AgentConfig } from './config/index.ts'
import { builtInPack, ControlLink, IdentityKeeper, keptOf, PolicyHolder, readPolicyFolder } from './control/index.ts'
import { type AgentModels, agentModels } from './agent-models.ts'
import { Adviser, Counsel, createJudge, createResultJudge, createReach, type ModelsConfig, warmUp } from './decide/index.ts'
import { rememberingDefinitions } from './definition-memory.ts'
import { door, type Doors, openDoors } from './doors.ts'
import { assembleHealth, CrashLoop, settleMemory } from './guard/index.ts'
import { gateHost } from './gate-host.ts'
import { journalRecorder } from './journal-recorder.ts'
import { createIdentifier, SeenApps, SessionStore, Standings } from './normalise/index.ts'
import { createOffers } from './offers.ts'
import { createPermissions, type Permissions } from './permissions.ts'
import { type Advice, createPipeline, type Recorder } from './pipeline.ts'
import type { Health } from './platform/health.ts'
import { KnownDefinitions } from './platform/known-definitions.ts'
import { LocalServer, refuseSecond } from './platform/local-api/server.ts'
import { machineName } from './platform/machine.ts'
import type { Platform } from './platform/platform.ts'
import { privateDirectory } from './platform/private-file.ts'
import { listenAddress, type StatePaths, statePaths } from './platform/state-directory.ts'
import { ulidSource } from './platform/ulid.ts'
import { forgetUnjudged, readUnjudged } from './platform/unjudged.ts'
import { Inventory } from './posture/index.ts'
import { type Journal, keepRoomToStart, openJournal } from './record/index.ts'
import { type GateHost, watchers } from './sense/index.ts'
import { sessionMemory } from './session-memory.ts'
import { Uplink } from './ship/index.ts'

export interface AgentOptions {
  readonly state: string
  readonly platform: Platform
  readonly config: AgentConfig
  readonly version: string
  readonly log: (text: string) => void
}

export interface RunningAgent {
  readonly address: string
  /** Where gates listen over loopback HTTP. */
  readonly gateways: readonly string[]
  readonly health: () => Health
  /** Settles when the agent has stopped, whoever asked for it. */
  readonly stopped: Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts everything and resolves once the agent decides. Throws an `AgentError` when it cannot protect. */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const paths = statePaths(privateDirectory(options.state, options.platform), options.platform)
  // Before anything here is touched: it all belongs to that one.
  await refuseSecond(listenAddress(paths.directory, options.platform))
  const giveRoomBack = keepRoomToStart(paths.journal)
  try {
    return await startIn(paths, options, giveRoomBack)
  } finally {
    giveRoomBack()
  }
}

async function startIn(paths: StatePaths, options: AgentOptions, giveRoomBack: () => void): Promise<RunningAgent> {
  const { platform, version, log } = options
  const held = await openHeld(options, paths)
  const { journal, policies, identity } = held
  const seen = new SeenApps()
  const desk = new ApprovalDesk({ now: Date.now, random: Math.random })
  const deciding = decidingParts({
    options,
    journal,
    policies,
    models: held.models,
    desk,
    seen,
    tenant: () => identity.identity()?.enrolment.tenant ?? 'local',
    grantsPath: paths.grants,
    standingsPath: paths.standings,
    sessionsPath: paths.sessions,
  })
  const doors = await openDoors(options, deciding.host)
  const hub = hubParts({ options, held, desk, deciding, seen, doors })
  const end = Promise.withResolvers<void>()
  const face: AgentFace = {
    journal,
    desk,
    version,
    health: hub.health,
    link: hub.link,
    enrolment: () => enrolmentOf(identity),
    sessions: deciding.sessions,
    gateways: () => doors.addresses,
    permissions: deciding.permissions,
    stop: () => void stop(),
  }
  const address = listenAddress(paths.directory, platform)
  const server = new LocalServer({
    address,
    tokenFiles: { gate: paths.token, command: paths.commandToken },
    pipe: platform.os === 'win32',
    accept: door({ face, host: deciding.host, platform, log }),
    log,
  })
  giveRoomBack()
  await server.listen()
  const detail = { version, platform: platform.os, policy: policies.current().version.name }
  journal.append({ kind: 'state', change: 'agent-started', detail })
  journalUnjudged(journal, paths.unjudged)
  // After the door is open: whoever waits for the start does not wait for this.
  setImmediate(() => warmUp(policies.current(), { now: Date.now(), log }))
  settleMemory()

  let stopping = false
  function stop(): Promise<void> {
    if (stopping) return end.promise
    stopping = true
    shutDown({ held, desk, server, deciding, hub, doors, version }).then(end.resolve, end.reject)
    return end.promise
  }
  return { address, gateways: doors.addresses.map(({ address }) => address), health: hub.health, stopped: end.promise, stop }
}

/** What is held on disk: the journal, who this machine is, and the policy in force. */
interface Held {
  readonly crash: CrashLoop
  readonly journal: Journal
  readonly identity: IdentityKeeper
  readonly policies: PolicyHolder
  readonly models: AgentModels
}

async function openHeld({ platform, config, version, log }: AgentOptions, paths: StatePaths): Promise<Held> {
  const now = Date.now
  const crash = CrashLoop.begin(join(paths.directory, 'starts.json'), now())
  const journal = await openJournal({ path: paths.journal, device: machineName(platform), now, onFailure: (error) => log(error.message) })
  const identity = new IdentityKeeper({ directory: paths.identity, now, onProblem: log })
  const { pack, ownFolder } = packOrFolder(config.pack)
  const builtIn = readPolicyFolder(pack)
  const policies = await PolicyHolder.open({
    directory: paths.policy,
    builtIn,
    ownFolder,
    kept: keptOf(pack, builtIn),
    compileCache: paths.compileCache,
    agentVersion: version,
    keys: () => identity.identity()?.enrolment.bundleKeys ?? [],
    now,
    record: (body) => journal.append(body),
  })
  if (crash.blames(policies.activatedAt())) await policies.rollBack('The agent crashed again and again after it came into force')
  const keys = () => identity.identity()?.enrolment.bundleKeys ?? []
  const record = (body: EntryBody) => void journal.append(body)
  const models = agentModels(config.models, { directory: paths.models, agentVersion: version, keys, now, record, log })
  for (const model of [models.texts, models.calls])
    if (crash.blames(model.activatedAt())) model.rollBack('The agent crashed again and again after it came into use')
  return { crash, journal, identity, policies, models }
}

interface HubSetting {
  readonly options: AgentOptions
  readonly held: Held
  readonly desk: ApprovalDesk
  readonly deciding: Deciding
  readonly seen: SeenApps
  readonly doors: Doors
}

interface HubParts {
  readonly health: () => Health
  readonly link: AgentFace['link']
  readonly stopWatching: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** What the hub hears of and what it may ask for: health, the uplink, the control stream. Nothing here is on a call's way. */
function hubParts({ options, held, desk, deciding, seen, doors }: HubSetting): HubParts {
  const { config, version, log } = options
  const { crash, journal, identity, policies } = held
  const machine = watchMachine(
    options,
    (body) => journal.append(body),
    () => uplink.healthChanged(),
  )
  const { inventory } = machine
  const started = performance.now()
  const health = (): Health =>
    assembleHealth({
      now: Date.now,
      uptimeMs: () => Math.round(performance.now() - started),
      rssBytes: () => process.memoryUsage.rss(),
      policy: () => policies.named(),
      unshipped: () => journal.unshipped(),
      coverage: () => seen.coverage(inventory.processes().map((process) => process.kind)),
      processes: () => inventory.processes(),
      modelFiles: () => inventory.modelFiles(),
      problems: [
        () => journal.problems(),
        () => crash.problems(),
        () => identity.problems(),
        () => policies.problems(),
        () => deciding.definitions.problems(),
        deciding.unwritten,
        () => held.models.problems(),
        () => uplink.problems(),
        machine.problems,
        doors.problems,
      ],
      safeMode: () => crash.safeMode(),
    })
  const uplink = new Uplink({
    access: identity,
    journal,
    agentVersion: version,
    health,
    config: config.ship,
    now: Date.now,
    random: Math.random,
    onProblem: log,
  })
  const control = openControl({ held, desk, deciding }, () => uplink.healthChanged())
  const link = () => {
    const { link: state, hub, problem } = uplink.state()
    return { state, hub, problem }
  }
  return { health, link, stopWatching: machine.stop, stop: async () => void (await Promise.all([uplink.stop(), control.stop()])) }
}

/** What the hub may ask for; `changed` when something of it took hold here. */
function openControl({ held, desk, deciding }: Pick<HubSetting, 'held' | 'desk' | 'deciding'>, changed: () => void): ControlLink {
  const { crash, identity, policies, models } = held
  const control = new ControlLink({
    access: identity,
    policies,
    models: [models.texts, models.calls],
    rotate: () => identity.rotate(),
    onAnswer: ({ approvalId, approved, scope, answeredBy: by }) => void deciding.permissions.answer(approvalId, { approved, scope, by }),
    random: Math.random,
  })
  for (const holder of [policies, models.texts, models.calls]) {
    holder.subscribe(() => {
      crash.leaveSafeMode()
      changed()
    })
  }
  tellHub(desk, control)
  return control
}

function enrolmentOf(identity: IdentityKeeper): ReturnType<AgentFace['enrolment']> {
  const enrolment = identity.identity()?.enrolment
  return enrolment === undefined ? undefined : { agent: enrolment.agentId, tenant: enrolment.tenant, hub: enrolment.hub }
}

interface Stopping {
  readonly held: Held
  readonly desk: ApprovalDesk
  readonly server: LocalServer
  readonly deciding: Deciding
  readonly hub: HubParts
  readonly doors: Doors
  readonly version: string
}

/** Lets nobody in any more, then writes what is left, then lets go of the disk. */
async function shutDown({ held, desk, server, deciding, hub, doors, version }: Stopping): Promise<void> {
  desk.stop()
  await Promise.all([server.close(), doors.close()])
  await hub.stopWatching()
  await deciding.flush()
  held.journal.append({ kind: 'state', change: 'agent-stopped', detail: { version } })
  await hub.stop()
  held.identity.stop()
  await held.models.close()
  await held.journal.close()
  held.crash.end()
}

interface DecidingParts {
  readonly options: AgentOptions
  readonly journal: Journal
  readonly policies: PolicyHolder
  readonly models: AgentModels
  readonly desk: ApprovalDesk
  readonly seen: SeenApps
  readonly tenant: () => string
  readonly grantsPath: string
  readonly standingsPath: string
  readonly sessionsPath: string
}

interface Deciding {
  readonly host: GateHost
  readonly permissions: Permissions
  /** Writes what still waits to be written. */
  readonly flush: () => Promise<void>
  readonly sessions: () => number
  /** What keeps sessions from being written down. */
  readonly unwritten: () => readonly string[]
  readonly definitions: KnownDefinitions
}

/** The way of a call: pipeline, sessions, grants. */
function decidingParts({
  options,
  journal,
  policies,
  models,
  desk,
  seen,
  tenant,
  grantsPath,
  standingsPath,
  sessionsPath,
}: DecidingParts): Deciding {
  const { platform, config, log } = options
  const now = Date.now
  const newId = ulidSource(now)
  const grants = openGrants(grantsPath, log)
  const fresh = () => grants.all().reduce((session, grant) => observe(session, { type: 'grant', grant }), createSession())
  const store = new SessionStore({ directory: sessionsPath, platform, now, log })
  const identify = createIdentifier({
    tenant,
    hostname: platform.hostname,
    os: platform.os,
    newId,
    fresh,
    clock: () => performance.now(),
    ended: (id) => store.ended(id),
  })
  identify.sessions.restore(store.read().map((stored) => ({ ...stored, state: withStandingGrants(stored.state, grants.all()) })))
  const record = journalRecorder(journal, seen)
  const standings = new Standings({ path: standingsPath, now, log })
  const memory = sessionMemory({ keep: (grant) => grants.add([grant]), standings, store, log })
  const judging = { policy: () => policies.current(), newId, now, stopwatch: () => performance.now() * 1000, log }
  const stages = {
    identify,
    decide: createJudge(judging),
    decideResult: createResultJudge(judging),
    act: createActor({ desk, wait: () => config.act.askMs, newId, now }),
    record,
    memory,
  }
  const pipeline = createPipeline({ ...stages, advice: adviceOf({ config: config.models, models, record }) })
  const offers = createOffers({ ...stages, reach: createReach({ policy: () => policies.current(), log }) })
  const plain = gateHost({
    pipeline,
    offers,
    record,
    log,
    ended: (whence) => identify.ended(whence),
    heldResults: () => policies.current().results,
  })
  const definitions = new KnownDefinitions(options.state)
  const host = rememberingDefinitions(plain, definitions)
  const permissions = createPermissions({ desk, grants, sessions: identify.sessions, memory, journal, newId, now })
  const flush = async () => {
    record.flush()
    standings.flush()
    await store.flush()
  }
  return { host, permissions, flush, sessions: () => identify.sessions.size, unwritten: () => store.problems(), definitions }
}

/** Permissions that hold for ever are those that are kept now, whatever a session had before the start. */
function withStandingGrants(session: Session, grants: readonly Grant[]): Session {
  const gone = session.grants.filter(({ id, scope }) => scope === 'always' && !grants.some((grant) => grant.id === id))
  const left = gone.reduce((state, { id }) => observe(state, { type: 'revoked', grant: id }), session)
  return grants.reduce((state, grant) => observe(state, { type: 'grant', grant }), left)
}

interface AdviceParts {
  readonly config: ModelsConfig
  readonly models: AgentModels
  readonly record: Recorder
}

/** What models say of what comes in, by session. */
function adviceOf({ config, models, record }: AdviceParts): Advice {
  const adviser = new Adviser({
    mode: () => models.texts.mode(),
    waitMs: config.waitMs,
    classifier: () => models.classifier(),
    record: (detail) => record.soon(() => ({ kind: 'observation', subject: 'model.finding', detail })),
  })
  const counsel = new Counsel({
    config,
    mode: () => models.calls.mode(),
    alignment: () => models.alignment(),
    judge: () => models.judge(),
    record: (detail) => record.soon(() => ({ kind: 'observation', subject: 'model.advice', detail })),
  })
  return {
    hear: (session, event) => adviser.hear(session, event, newestSource(session.state)),
    findings: (session, call) => adviser.findings(session, call),
    pending: (session) => adviser.pending(session),
    ask: (open) => counsel.ask(open),
  }
}

function watchMachine(
  { platform, config }: AgentOptions,
  record: (body: EntryBody) => unknown,
  onChange: () => void,
): { readonly inventory: Inventory; readonly problems: () => readonly string[]; readonly stop: () => Promise<void> } {
  const inventory = new Inventory({ record: (observation) => void record(observation), onChange, now: Date.now })
  const watches = watchers({ platform, now: Date.now }, config.sense).map((watcher) => watcher.start(inventory.reporter(watcher.name)))
  return {
    inventory,
    problems: () => watches.flatMap((watch) => watch.problems()),
    stop: async () => void (await Promise.all(watches.map((watch) => watch.stop()))),
  }
}

/** People at the hub see every question, and that it was answered. */
function tellHub(desk: ApprovalDesk, control: ControlLink): void {
  desk.subscribe(({ kind, approval }) => {
    if (kind === 'asked')
      control.ask({ approvalId: approval.id, decisionId: approval.decision.id, question: approval.question, expiresAt: approval.expiresAt })
    else if (approval.state !== 'waiting')
      control.resolved({ approvalId: approval.id, resolution: approval.state, resolvedBy: approval.answeredBy ?? '' })
  })
}

/** What passed while no agent ran goes into the journal before it is forgotten. */
function journalUnjudged(journal: Journal, path: string): void {
  const { found, unreadable } = readUnjudged(path)
  if (found.length === 0 && unreadable === 0) return
  for (const one of found) journal.append({ kind: 'observation', subject: 'gate.unjudged', detail: { ...one } })
  const last = journal.append({ kind: 'observation', subject: 'gate.unjudged', detail: { calls: found.length, unreadable } })
  last.durable.then(
    () => forgetUnjudged(path),
    () => undefined,
  )
}

/** A path when it looks like one, else the name of a pack. */
function packOrFolder(pack: string): { readonly pack: string; readonly ownFolder?: string } {
  return /[/\\]/.test(pack) ? { pack, ownFolder: resolve(pack) } : { pack: builtInPack(pack) }
}

import type { AgentIdentity } from '../platform/authority/agent-certificate.ts'
import type { EventLog } from '../platform/event-log.ts'
import { admit, type Admission } from '../platform/grpc/admission.ts'
import { type AgentCall, fail, holdAgent } from '../platform/grpc/agent-call.ts'
import type { GrpcService } from '../platform/grpc/grpc.ts'
import type { LiveStreams } from '../platform/live-streams.ts'
import type { Logger } from '../platform/log.ts'
import { newId } from '../platform/secrets.ts'
import type { AppendResult, StoreAppend } from '../store/append.ts'
import type { AgentHealth, Store } from '../store/index.ts'
import { DecisionFeed } from './feed.ts'
import { Load } from './load.ts'
import { type Refusal, type StreamHost, TelemetryStream } from './telemetry-stream.ts'
import { type FromAgent, telemetryDefinition, type ToAgent } from './wire.ts'

const LOAD_BYTES = 64 * 1024 * 1024
const PRESENCE_EVERY_MS = 20_000
/** A stream heard of within this time is alive when a second one opens. */
const ALIVE_WITHIN_MS = 30_000
/** A stream is asked to come back after this, plus up to half as much again: streams cannot be moved, only renewed. */
const STREAM_AGE_MS = 20 * 60_000

export interface IngestOptions {
  readonly store: Store
  readonly append: StoreAppend
  readonly admission: Admission
  readonly streams: LiveStreams
  readonly events: EventLog
  readonly log: Logger
}

export interface IngestFigures {
  batches: number
  entries: number
  duplicates: number
  refused: number
}

/** Takes in what agents recorded. Acknowledges only what is durable; stores nothing that does not verify. */
export class Ingest implements StreamHost {
  readonly load = new Load(LOAD_BYTES)
  readonly figures: IngestFigures = { batches: 0, entries: 0, duplicates: 0, refused: 0 }
  readonly #options: IngestOptions
  readonly #feed: DecisionFeed
  readonly #open = new Map<string, TelemetryStream>()
  /** Every open stream, with what to undo when it closes. */
  readonly #all = new Map<TelemetryStream, () => void>()
  readonly #presence: NodeJS.Timeout
  readonly #pending = new Set<Promise<unknown>>()
  #draining = false

  constructor(options: IngestOptions) {
    this.#options = options
    this.#feed = new DecisionFeed(options.store, options.events)
    this.#presence = setInterval(() => this.#seen([...this.#all.keys()]), PRESENCE_EVERY_MS).unref()
  }

  get service(): GrpcService {
    return { definition: telemetryDefinition, implementation: { stream: (call: AgentCall<FromAgent, ToAgent>) => void this.#accept(call) } }
  }

  /** Live telemetry streams. */
  get size(): number {
    return this.#all.size
  }

  async start(tenant: string): Promise<void> {
    await this.#feed.start(tenant)
  }

  /** Asks every agent to come back later and waits for what is on its way to become durable. */
  async drain(reconnectAfterMs: number): Promise<void> {
    this.#draining = true
    for (const stream of this.#all.keys()) stream.drain(reconnectAfterMs, 'the hub stops')
    while (this.#pending.size > 0) await Promise.allSettled([...this.#pending])
    this.#seen([...this.#all.keys()])
  }

  close(): void {
    clearInterval(this.#presence)
    this.#feed.close()
    for (const stream of [...this.#all.keys()]) stream.end('drain')
  }

  now(): number {
    return this.#options.admission.clock.now()
  }

  async greet(stream: TelemetryStream, hello: FromAgent & { readonly type: 'hello' }): Promise<number> {
    const { tenant, agent } = stream.identity
    await this.#feed.start(tenant)
    this.#takeOver(stream)
    await this.#options.store.write.seenAgents([{ tenant, agent, at: this.now() }])
    this.#options.events.publish({ tenant, type: 'agent', data: { id: agent, change: 'connected' } })
    return this.#options.append.acked(tenant, agent, hello.epoch)
  }

  async append(identity: AgentIdentity, bytes: Uint8Array): Promise<AppendResult> {
    const { tenant, agent, publicKey } = identity
    const work = this.#options.append.append({ tenant, agent, publicKey, message: bytes, receivedAt: this.now() })
    this.#pending.add(work)
    const result = await work.finally(() => this.#pending.delete(work))
    this.figures.batches++
    if (!result.ok) return result
    this.figures.entries += result.stored
    this.figures.duplicates += result.duplicates
    if (result.decisions > 0) this.#feed.touch(tenant)
    return result
  }

  refused(identity: AgentIdentity, refusal: Refusal): void {
    this.figures.refused++
    this.#options.log.warn({ agent: identity.agent, code: refusal.code }, 'batch refused')
    // A gap heals by itself: the agent starts again from what the hub holds.
    if (refusal.code !== 'gap')
      this.#alarm(identity, {
        code: `chain-${refusal.code}`,
        text: `The hub refused records of this machine: ${refusal.detail}. They are not stored; check the machine with \`assize verify\`.`,
      })
  }

  async health(identity: AgentIdentity, report: FromAgent & { readonly type: 'health' }): Promise<void> {
    const { tenant, agent } = identity
    const at = this.now()
    const health: AgentHealth = { ...report.health, clockSkewMs: report.health.at - at }
    await this.#options.store.write.agentHealth({ tenant, agent, health: JSON.stringify(health), at })
    this.#options.events.publish({ tenant, type: 'agent', data: { id: agent, change: 'health' } })
  }

  closed(stream: TelemetryStream): void {
    const { tenant, agent } = stream.identity
    this.#all.get(stream)?.()
    this.#all.delete(stream)
    if (this.#open.get(`${tenant}/${agent}`) === stream) {
      this.#open.delete(`${tenant}/${agent}`)
      this.#options.events.publish({ tenant, type: 'agent', data: { id: agent, change: 'disconnected' } })
    }
    this.#seen([stream])
  }

  async #accept(call: AgentCall<FromAgent, ToAgent>): Promise<void> {
    // Until the stream listens, an error of the transport must not bring the hub down.
    const ignore = () => undefined
    call.on('error', ignore)
    try {
      const identity = await admit(call, this.#options.admission)
      if (call.cancelled) return
      const stream = new TelemetryStream(identity, call, this)
      const release = holdAgent({
        identity,
        streams: this.#options.streams,
        clock: this.#options.admission.clock,
        end: (reason) => stream.end(reason),
      })
      const age = setTimeout(() => stream.drain(0, 'the stream is old'), STREAM_AGE_MS * (1 + Math.random() / 2)).unref()
      this.#all.set(stream, () => {
        release()
        clearTimeout(age)
      })
      if (this.#draining) stream.end('drain')
    } catch (error) {
      fail(call, error)
    }
  }

  /** Two live streams with one identity: the newer wins, and when the older was alive somebody should know. */
  #takeOver(stream: TelemetryStream): void {
    const { tenant, agent } = stream.identity
    const older = this.#open.get(`${tenant}/${agent}`)
    this.#open.set(`${tenant}/${agent}`, stream)
    if (older === undefined || older === stream || !older.open) return
    const alive = this.now() - older.lastActivity < ALIVE_WITHIN_MS
    older.end('replaced')
    if (alive)
      this.#alarm(stream.identity, {
        code: 'identity-twice',
        text: 'Two machines used this identity at the same time; the newer connection won. If the machine was copied, enrol the copy again and revoke this agent.',
      })
  }

  #alarm(identity: AgentIdentity, alarm: { readonly code: string; readonly text: string }): void {
    const { tenant, agent } = identity
    const at = this.now()
    const { store, events, log } = this.#options
    const raised = Promise.all([
      store.write.raiseAlarm(tenant, { agent, at, ...alarm }),
      store.write.addAudit(tenant, {
        id: newId('aud'),
        at,
        actor: 'hub',
        action: `alarm.${alarm.code}`,
        subject: agent,
        detail: JSON.stringify({ text: alarm.text }),
      }),
    ])
    raised.then(
      () => events.publish({ tenant, type: 'agent', data: { id: agent, change: 'alarm' } }),
      (error: unknown) => log.error({ err: error, agent, code: alarm.code }, 'alarm not kept'),
    )
  }

  #seen(streams: readonly TelemetryStream[]): void {
    if (streams.length === 0) return
    const at = this.now()
    const agents = streams.map(({ identity }) => ({ tenant: identity.tenant, agent: identity.agent, at }))
    this.#options.store.write.seenAgents(agents).catch((error: unknown) => this.#options.log.warn({ err: error }, 'presence not kept'))
  }
}

import type { AgentIdentity } from '../platform/authority/agent-certificate.ts'
import type { EventLog } from '../platform/event-log.ts'
import { admit, type Admission } from '../platform/grpc/admission.ts'
import { type AgentCall, fail, holdAgent } from '../platform/grpc/agent-call.ts'
import type { GrpcService } from '../platform/grpc/grpc.ts'
import type { LiveStreams } from '../platform/live-streams.ts'
import type { BundleRow, Store } from '../store/index.ts'
import { type ControlHost, ControlStream } from './control-stream.ts'
import { type FetchCall, sendBundle } from './fetch-bundle.ts'
import { SharedBundles } from './shared-bundles.ts'
import { modelMoves, modelOffer } from './models/model-moves.ts'
import type { ModelMove } from './models/place-models.ts'
import type { ModelStateSaid } from './models/wire.ts'
import { controlDefinition, type FromAgent, type ToAgent } from './wire.ts'

const STREAM_AGE_MS = 20 * 60_000
/** A question may wait this long at most, whatever the agent says. */
const LONGEST_QUESTION_MS = 86_400_000

export interface ControlOptions {
  readonly store: Store
  readonly admission: Admission
  readonly streams: LiveStreams
  readonly events: EventLog
}

export interface ApprovalAnswer {
  readonly id: string
  readonly agent: string
  readonly approved: boolean
  readonly scope: 'once' | 'session' | 'always'
  readonly by: string
}

/** Offers bundles to agents, keeps what they report, and carries people's answers. It can ask; the agent decides what it accepts. */
export class Control implements ControlHost {
  readonly #options: ControlOptions
  readonly #open = new Map<string, ControlStream>()
  readonly #all = new Map<ControlStream, () => void>()
  readonly #greeted = new WeakSet<ControlStream>()
  readonly #greetedModels = new WeakMap<ControlStream, Set<string>>()
  readonly #bundles: SharedBundles
  #draining = false

  constructor(options: ControlOptions) {
    this.#options = options
    this.#bundles = new SharedBundles(options.store)
  }

  get service(): GrpcService {
    return {
      definition: controlDefinition,
      implementation: {
        stream: (call: AgentCall<FromAgent, ToAgent>) => void this.#accept(call),
        fetchBundle: (call: FetchCall) => void sendBundle(call, { ...this.#options, bundles: this.#bundles }),
      },
    }
  }

  /** Offers a release to every connected agent of the tenant, now. */
  offer(tenant: string, bundle: BundleRow): void {
    for (const stream of this.#all.keys()) if (stream.identity.tenant === tenant) stream.send(offerOf(bundle))
    this.#options.events.publish({ tenant, type: 'policy', data: { version: bundle.version, change: 'published' } })
  }

  /** Tells every connected agent of the tenant what models to run from now on. */
  moveModel(tenant: string, { offer, place, withdrawn }: ModelMove): void {
    for (const stream of this.#all.keys()) {
      if (stream.identity.tenant !== tenant) continue
      if (offer !== undefined) stream.send(modelOffer(offer, place))
      if (withdrawn !== undefined) stream.send({ type: 'withdrawal', task: withdrawn.task, manifestHash: withdrawn.hash })
    }
    this.#options.events.publish({ tenant, type: 'model', data: { task: (offer ?? withdrawn)?.task, change: 'placed' } })
  }

  /** False when the agent is not connected, so that nobody is told of an answer that went nowhere. */
  answer(tenant: string, { id, agent, approved, scope, by }: ApprovalAnswer): boolean {
    return this.#open.get(`${tenant}/${agent}`)?.send({ type: 'answer', id, approved, scope, by }) ?? false
  }

  drain(reconnectAfterMs: number): void {
    this.#draining = true
    for (const stream of this.#all.keys()) stream.send({ type: 'drain', reconnectAfterMs })
  }

  close(): void {
    for (const stream of [...this.#all.keys()]) stream.end('drain')
  }

  async receive(stream: ControlStream, message: FromAgent): Promise<void> {
    const { tenant, agent } = stream.identity
    switch (message.type) {
      case 'state': {
        const { type: _type, ...report } = message
        await this.#options.store.write.bundleReport(tenant, { ...report, agent })
        const type = report.kind === 'model' ? 'model' : 'policy'
        this.#options.events.publish({ tenant, type, data: { version: report.version, change: report.status, agent } })
        return report.kind === 'policy' ? this.#greet(stream, report.manifestHash) : undefined
      }
      case 'models': {
        const { type: _type, ...said } = message
        await this.#options.store.write.modelState(tenant, { agent, task: said.task, at: this.#now(), state: JSON.stringify(said) })
        this.#options.events.publish({ tenant, type: 'model', data: { task: said.task, change: 'state', agent } })
        return this.#greetModels(stream, said)
      }
      case 'question':
        return this.#ask(stream.identity, message)
      case 'resolved':
        await this.#options.store.write.resolveApproval(tenant, {
          id: message.id,
          agent,
          state: message.resolution,
          by: message.by,
          at: this.#now(),
        })
        return this.#options.events.publish({ tenant, type: 'approval', data: { id: message.id, state: message.resolution } })
      case 'malformed':
      case 'unknown':
        return
    }
  }

  closed(stream: ControlStream): void {
    this.#all.get(stream)?.()
    this.#all.delete(stream)
    const { tenant, agent } = stream.identity
    if (this.#open.get(`${tenant}/${agent}`) === stream) this.#open.delete(`${tenant}/${agent}`)
  }

  async #accept(call: AgentCall<FromAgent, ToAgent>): Promise<void> {
    call.on('error', () => undefined)
    try {
      const identity = await admit(call, this.#options.admission)
      if (call.cancelled) return
      const stream = new ControlStream(identity, call, this)
      const release = holdAgent({
        identity,
        streams: this.#options.streams,
        clock: this.#options.admission.clock,
        end: (reason) => stream.end(reason),
      })
      const age = setTimeout(() => stream.send({ type: 'drain', reconnectAfterMs: 0 }), STREAM_AGE_MS * (1 + Math.random() / 2)).unref()
      this.#all.set(stream, () => {
        release()
        clearTimeout(age)
      })
      this.#takeOver(stream)
      if (this.#draining) stream.end('drain')
    } catch (error) {
      fail(call, error)
    }
  }

  #takeOver(stream: ControlStream): void {
    const key = `${stream.identity.tenant}/${stream.identity.agent}`
    const older = this.#open.get(key)
    this.#open.set(key, stream)
    older?.end('replaced')
  }

  /** The agent has said what is in force; it is offered the newest release when that is another one. */
  async #greet(stream: ControlStream, manifestHash: string): Promise<void> {
    if (this.#greeted.has(stream)) return
    this.#greeted.add(stream)
    const newest = await this.#options.store.read.latestBundle(stream.identity.tenant, 'policy')
    if (newest !== undefined && newest.hash !== manifestHash && newest.expires > this.#now()) stream.send(offerOf(newest))
  }

  /** The agent has said which models run; it is offered what it is meant to run, and what it is not is taken back. Once a stream. */
  async #greetModels(stream: ControlStream, said: ModelStateSaid): Promise<void> {
    const greeted = this.#greetedModels.get(stream) ?? new Set()
    this.#greetedModels.set(stream, greeted)
    if (greeted.has(said.task)) return
    greeted.add(said.task)
    for (const message of await modelMoves(this.#options.store, stream.identity.tenant, { said, now: this.#now() })) stream.send(message)
  }

  async #ask({ tenant, agent }: AgentIdentity, question: FromAgent & { readonly type: 'question' }): Promise<void> {
    const now = this.#now()
    if (question.id === '') return
    const expiresAt = Math.min(question.expiresAt, now + LONGEST_QUESTION_MS)
    await this.#options.store.write.askApproval(tenant, {
      id: question.id,
      agent,
      decision: question.decision,
      question: question.question,
      askedAt: now,
      expiresAt,
    })
    this.#options.events.publish({ tenant, type: 'approval', data: { id: question.id, state: 'waiting' } })
  }

  #now(): number {
    return this.#options.admission.clock.now()
  }
}

function offerOf(bundle: BundleRow): ToAgent {
  return { type: 'offer', kind: bundle.kind, manifest: bundle.manifest, signatures: bundle.signatures }
}

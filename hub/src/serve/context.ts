import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { BundleKeys, Control } from '../distribute/index.ts'
import type { Authority } from '../platform/authority/authority.ts'
import type { EventLog } from '../platform/event-log.ts'
import type { LiveStreams } from '../platform/live-streams.ts'
import type { Logger } from '../platform/log.ts'
import type { Clock } from '../platform/platform.ts'
import type { Store } from '../store/index.ts'

/** The application routes are added to: Fastify that speaks Zod. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What the routes work with. */
export interface ServeContext {
  readonly store: Store
  readonly clock: Clock
  readonly events: EventLog
  readonly streams: LiveStreams
  readonly control: Control
  readonly keys: BundleKeys
  readonly authority: Authority
  readonly log: Logger
  /** The tenant of people and tokens made on this machine. */
  readonly tenant: string
  /** Hash of the token that commands on this machine use. */
  readonly localToken: Uint8Array | undefined
  /** `host:port` agents reach the hub under. */
  agentAddress(): string
  /** `host:port` values a request may name as its host. */
  hosts(): ReadonlySet<string>
  /** False while the hub stops. */
  ready(): boolean
  figures(): Figures
}

/** For the metrics page. */
export interface Figures {
  readonly connectedAgents: number
  readonly batches: number
  readonly entries: number
  readonly duplicates: number
  readonly refusedBatches: number
  readonly bytesInHand: number
}

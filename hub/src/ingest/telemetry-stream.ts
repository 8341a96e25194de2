import { status } from '@grpc/grpc-js'
import type { AgentIdentity } from '../platform/authority/agent-certificate.ts'
import { type AgentCall, endingOf, fail } from '../platform/grpc/agent-call.ts'
import { GrpcFailure } from '../platform/grpc/failure.ts'
import type { EndReason } from '../platform/live-streams.ts'
import type { AppendResult } from '../store/append.ts'
import type { Load } from './load.ts'
import type { FromAgent, ToAgent } from './wire.ts'

/** Most bytes one agent may have on the wire or in the hub's hands without an acknowledgement. */
export const WINDOW_BYTES = 1024 * 1024
const HELLO_WITHIN_MS = 15_000

export type Refusal = AppendResult & { readonly ok: false }

/** What a stream needs of the rest of ingest. */
export interface StreamHost {
  readonly load: Load
  now(): number
  /** The hello arrived; answers what is held of the epoch. */
  greet(stream: TelemetryStream, hello: FromAgent & { readonly type: 'hello' }): Promise<number>
  append(identity: AgentIdentity, bytes: Uint8Array): Promise<AppendResult>
  refused(identity: AgentIdentity, refusal: Refusal): void
  health(identity: AgentIdentity, report: FromAgent & { readonly type: 'health' }): Promise<void>
  closed(stream: TelemetryStream): void
}

/** One agent's telemetry stream: hello, then batches and health in, acknowledgements out. */
export class TelemetryStream {
  readonly identity: AgentIdentity
  readonly #call: AgentCall<FromAgent, ToAgent>
  readonly #host: StreamHost
  readonly #helloTimer: NodeJS.Timeout
  #greeted: 'no' | 'asking' | 'yes' = 'no'
  #over = false
  #ended = false
  #pending = 0
  #bytes = 0
  #blocked = false
  #owed: (ToAgent & { readonly type: 'ack' }) | undefined
  #health: (FromAgent & { readonly type: 'health' }) | undefined
  #savingHealth = false
  lastActivity: number

  constructor(identity: AgentIdentity, call: AgentCall<FromAgent, ToAgent>, host: StreamHost) {
    this.identity = identity
    this.#call = call
    this.#host = host
    this.lastActivity = host.now()
    this.#helloTimer = setTimeout(
      () => this.fail(new GrpcFailure(status.FAILED_PRECONDITION, 'No hello came. Open the stream with one.')),
      HELLO_WITHIN_MS,
    ).unref()
    call.on('data', (message: FromAgent) => this.#receive(message))
    call.on('end', () => this.#finish())
    call.on('cancelled', () => this.#close())
    call.on('error', () => this.#close())
    call.on('drain', () => this.#unblock())
  }

  get open(): boolean {
    return !this.#over
  }

  end(reason: EndReason): void {
    this.fail(endingOf(reason))
  }

  fail(error: unknown): void {
    if (this.#over) return
    this.#close()
    fail(this.#call, error)
  }

  /** Asks the agent to come back later; what is on its way is still taken and acknowledged. */
  drain(reconnectAfterMs: number, reason: string): void {
    if (!this.#over) this.#call.write({ type: 'drain', reconnectAfterMs, reason })
  }

  #receive(message: FromAgent): void {
    if (this.#over) return
    this.lastActivity = this.#host.now()
    switch (message.type) {
      case 'hello':
        return this.#hello(message)
      case 'batch':
        return this.#batch(message.bytes)
      case 'health':
        return this.#keepHealth(message)
      case 'malformed':
        return this.fail(
          new GrpcFailure(
            status.INVALID_ARGUMENT,
            'A message could not be understood. Nothing of it was stored; agent and hub may be of versions that do not fit.',
          ),
        )
    }
  }

  #hello(hello: FromAgent & { readonly type: 'hello' }): void {
    if (this.#greeted !== 'no' || hello.epoch < 1)
      return this.fail(new GrpcFailure(status.INVALID_ARGUMENT, 'One hello with an epoch opens the stream. Nothing was stored.'))
    this.#greeted = 'asking'
    clearTimeout(this.#helloTimer)
    this.#host.greet(this, hello).then(
      (acked) => {
        if (this.#over) return
        this.#greeted = 'yes'
        this.#call.write({ type: 'welcome', acked, hubTime: this.#host.now(), windowBytes: WINDOW_BYTES })
      },
      (error: unknown) => this.fail(error),
    )
  }

  #batch(bytes: Uint8Array): void {
    if (this.#greeted === 'no')
      return this.fail(new GrpcFailure(status.FAILED_PRECONDITION, 'A batch came before the hello. Nothing of it was stored.'))
    this.#take(bytes.length)
    this.#host.append(this.identity, bytes).then(
      (result) => this.#settle(bytes.length, result),
      (error: unknown) => {
        this.#release(bytes.length)
        this.fail(error)
      },
    )
  }

  #settle(bytes: number, result: AppendResult): void {
    this.#release(bytes)
    if (result.ok) this.#acknowledge({ type: 'ack', epoch: result.epoch, acked: result.acked })
    else if (!this.#over) {
      this.#host.refused(this.identity, result)
      this.fail(
        new GrpcFailure(
          result.code === 'gap' ? status.FAILED_PRECONDITION : status.INVALID_ARGUMENT,
          `The batch was refused (${result.code}): ${result.detail}. Nothing of it was stored.`,
        ),
      )
    }
    if (this.#ended && this.#pending === 0) this.#finish()
  }

  #take(bytes: number): void {
    this.#pending++
    this.#bytes += bytes
    this.#host.load.add(bytes)
    if (this.#bytes > WINDOW_BYTES || this.#host.load.full) this.#call.pause()
  }

  #release(bytes: number): void {
    this.#pending--
    this.#bytes -= bytes
    this.#host.load.remove(bytes)
    if (!this.#over && this.#call.isPaused() && this.#bytes <= WINDOW_BYTES / 2 && (this.#bytes === 0 || !this.#host.load.full))
      this.#call.resume()
  }

  /** A reader that does not read is owed only the newest acknowledgement. */
  #acknowledge(ack: ToAgent & { readonly type: 'ack' }): void {
    if (this.#over) return
    if (this.#blocked) this.#owed = ack
    else this.#blocked = !this.#call.write(ack)
  }

  #unblock(): void {
    this.#blocked = false
    const owed = this.#owed
    this.#owed = undefined
    if (owed !== undefined) this.#acknowledge(owed)
  }

  /** Reports are whole pictures, so while one is being kept only the newest waits. */
  #keepHealth(report: FromAgent & { readonly type: 'health' }): void {
    this.#health = report
    if (this.#savingHealth) return
    this.#savingHealth = true
    void this.#saveHealth()
  }

  async #saveHealth(): Promise<void> {
    try {
      for (let report = this.#health; report !== undefined; report = this.#health) {
        this.#health = undefined
        await this.#host.health(this.identity, report)
      }
    } catch (error) {
      this.fail(error)
    } finally {
      this.#savingHealth = false
    }
  }

  #finish(): void {
    this.#ended = true
    if (this.#pending > 0 || this.#over) return
    this.#close()
    this.#call.end()
  }

  #close(): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#helloTimer)
    this.#host.closed(this)
  }
}

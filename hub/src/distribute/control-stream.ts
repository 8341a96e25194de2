import { status } from '@grpc/grpc-js'
import type { AgentIdentity } from '../platform/authority/agent-certificate.ts'
import { type AgentCall, endingOf, fail } from '../platform/grpc/agent-call.ts'
import { GrpcFailure } from '../platform/grpc/failure.ts'
import type { EndReason } from '../platform/live-streams.ts'
import type { FromAgent, ToAgent } from './wire.ts'

/** An agent that does not read is hung up on after this many unread messages. */
const MOST_UNREAD = 64
/** Messages of an agent that wait for the store; beyond it reading pauses. */
const MOST_WAITING = 16

export interface ControlHost {
  receive(stream: ControlStream, message: FromAgent): Promise<void>
  closed(stream: ControlStream): void
}

/** One agent's control stream. Messages of an agent are handled one after the other. */
export class ControlStream {
  readonly identity: AgentIdentity
  readonly #call: AgentCall<FromAgent, ToAgent>
  readonly #host: ControlHost
  #work: Promise<void> = Promise.resolve()
  #waiting = 0
  #over = false

  constructor(identity: AgentIdentity, call: AgentCall<FromAgent, ToAgent>, host: ControlHost) {
    this.identity = identity
    this.#call = call
    this.#host = host
    call.on('data', (message: FromAgent) => this.#receive(message))
    call.on('end', () => void this.#work.finally(() => this.#finish()))
    call.on('cancelled', () => this.#close())
    call.on('error', () => this.#close())
  }

  get open(): boolean {
    return !this.#over
  }

  send(message: ToAgent): boolean {
    if (this.#over) return false
    if (this.#call.writableLength > MOST_UNREAD) {
      this.fail(new GrpcFailure(status.RESOURCE_EXHAUSTED, 'The agent does not read what the hub sends. Connect again.'))
      return false
    }
    this.#call.write(message)
    return true
  }

  end(reason: EndReason): void {
    this.fail(endingOf(reason))
  }

  fail(error: unknown): void {
    if (this.#over) return
    this.#close()
    fail(this.#call, error)
  }

  #receive(message: FromAgent): void {
    if (this.#over) return
    if (message.type === 'malformed')
      return this.fail(
        new GrpcFailure(status.INVALID_ARGUMENT, 'A message could not be understood. Agent and hub may be of versions that do not fit.'),
      )
    if (++this.#waiting > MOST_WAITING) this.#call.pause()
    this.#work = this.#work
      .then(() => this.#host.receive(this, message))
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        if (--this.#waiting <= MOST_WAITING / 2 && !this.#over && this.#call.isPaused()) this.#call.resume()
      })
  }

  #finish(): void {
    if (this.#over) return
    this.#close()
    this.#call.end()
  }

  #close(): void {
    if (this.#over) return
    this.#over = true
    this.#host.closed(this)
  }
}

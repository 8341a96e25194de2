import { type ServerDuplexStream, status } from '@grpc/grpc-js'
import type { AgentIdentity } from '../authority/agent-certificate.ts'
import type { Clock } from '../platform.ts'
import type { EndReason, LiveStreams } from '../live-streams.ts'
import { asGrpcFailure, GrpcFailure } from './failure.ts'

/** Why a stream ends, in words for the agent. */
const ENDINGS: Readonly<Record<EndReason, readonly [status, string]>> = {
  revoked: [
    status.UNAUTHENTICATED,
    'The agent was revoked at the hub. It keeps deciding; ask the administrator for a new enrolment token to connect again.',
  ],
  'certificate-expired': [
    status.UNAUTHENTICATED,
    'The client certificate has expired. The agent keeps deciding; enrol the machine again with `assize enroll`.',
  ],
  replaced: [
    status.ABORTED,
    'Another connection uses this identity and has taken over. If this machine was copied from another one, enrol it again with `assize enroll`.',
  ],
  drain: [status.UNAVAILABLE, 'The hub is going away for a moment. Nothing is lost; connect again later.'],
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

export type AgentCall<Request, Response> = ServerDuplexStream<Request, Response>

/** Ends a call with a status, once; later messages of the call find it closed. */
export function fail<Request, Response>(call: AgentCall<Request, Response>, error: unknown): void {
  const { code, details } = asGrpcFailure(error)
  call.emit('error', Object.assign(new Error(details), { code, details }))
}

export function endingOf(reason: EndReason): GrpcFailure {
  const [code, details] = ENDINGS[reason]
  return new GrpcFailure(code, details)
}

export interface HeldAgent {
  readonly identity: AgentIdentity
  readonly streams: LiveStreams
  readonly clock: Clock
  end(reason: EndReason): void
}

/** Registers a live stream so that revocation and expiry end it. Returns the release. */
export function holdAgent(held: HeldAgent): () => void {
  const { identity } = held
  const remove = held.streams.add(identity.tenant, identity.agent, { end: held.end })
  let timer: NodeJS.Timeout
  const wait = () => {
    const left = identity.expires - held.clock.now()
    if (left <= 0) return held.end('certificate-expired')
    timer = setTimeout(wait, Math.min(left, LONGEST_TIMER_MS)).unref()
  }
  timer = setTimeout(wait, 0).unref()
  return () => {
    clearTimeout(timer)
    remove()
  }
}

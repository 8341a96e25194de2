import { status } from '@grpc/grpc-js'
import { TLSSocket } from 'node:tls'
import type { Authority } from '../authority/authority.ts'
import { type AgentIdentity, readAgentCertificate } from '../authority/agent-certificate.ts'
import type { Clock } from '../platform.ts'
import { GrpcFailure } from './failure.ts'

/** What the hub knows of an agent when it knocks. */
export interface AgentStanding {
  readonly revoked: boolean
}

export interface Admission {
  readonly authority: Authority
  readonly clock: Clock
  /** Undefined when no such agent was ever enrolled. */
  standing(tenant: string, agent: string): Promise<AgentStanding | undefined>
}

/** The part of a gRPC call that tells who is calling. */
export interface Caller {
  getAuthContext(): { readonly sslPeerCertificate?: { readonly raw?: Uint8Array } }
}

const REMEDY = 'Nothing was accepted; the agent keeps deciding and keeps its records.'

/** Lets an enrolled, unrevoked agent in, or throws UNAUTHENTICATED with the reason. */
export async function admit(call: Caller, admission: Admission): Promise<AgentIdentity> {
  const certificate = presented(call)
  if (certificate === undefined) throw refused('no client certificate was presented', 'Enrol the machine with `assize enroll`.')
  const result = readAgentCertificate(certificate, admission.authority.trusted, admission.clock.now())
  if (!result.ok) throw refused(result.detail, 'Enrol the machine again with `assize enroll`.')
  const standing = await admission.standing(result.identity.tenant, result.identity.agent)
  if (standing === undefined) throw refused('this hub does not know the agent', 'Enrol the machine again with `assize enroll`.')
  if (standing.revoked) throw refused('the agent was revoked at the hub', 'Ask the administrator for a new enrolment token.')
  return result.identity
}

function refused(what: string, remedy: string): GrpcFailure {
  return new GrpcFailure(status.UNAUTHENTICATED, `${what}. ${REMEDY} ${remedy}`)
}

/**
 * grpc-js hides certificates that TLS did not accept (foreign, expired). They are looked up on the socket so that the refusal
 * can say why; the decision itself never rests on TLS having accepted them.
 */
function presented(call: Caller): Uint8Array | undefined {
  return call.getAuthContext().sslPeerCertificate?.raw ?? socketOf(call)?.getPeerCertificate()?.raw
}

function socketOf(call: unknown): TLSSocket | undefined {
  let layer: unknown = call
  for (let depth = 0; depth < 8 && typeof layer === 'object' && layer !== null; depth++) {
    const { stream, call: inner, nextCall } = layer as { stream?: { session?: { socket?: unknown } }; call?: unknown; nextCall?: unknown }
    // An HTTP/2 session hands out a proxy of its socket; it passes for the socket in instanceof.
    if (stream?.session?.socket instanceof TLSSocket) return stream.session.socket
    layer = inner ?? nextCall
  }
  return undefined
}

/** The gRPC door: TLS always, a client certificate when there is one; each method decides what it needs. */
import {
  experimental,
  logVerbosity,
  Server,
  type ServerCredentials,
  type ServiceDefinition,
  setLogVerbosity,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import type { ServerIdentity } from '../authority/authority.ts'
import { HubError } from '../errors.ts'

export interface GrpcService {
  readonly definition: ServiceDefinition
  readonly implementation: UntypedServiceImplementation
}

export interface GrpcListen {
  readonly host: string
  readonly port: number
  /** Root certificates, PEM, that client certificates are asked for. */
  readonly roots: Buffer
  readonly identity: ServerIdentity
  readonly services: readonly GrpcService[]
  /** Most bytes of one message. */
  readonly messageBytes: number
}

export interface GrpcServer {
  readonly port: number
  /** Replaces the server's certificate for new connections. */
  renew(identity: ServerIdentity): void
  /** Refuses new calls, waits for running ones up to `graceMs`, then hangs up. */
  close(graceMs: number): Promise<void>
}

export async function openGrpcServer(listen: GrpcListen): Promise<GrpcServer> {
  // What matters of its failures is told in the hub's own words.
  setLogVerbosity(logVerbosity.NONE)
  const provider = new Certificates(listen.roots, listen.identity)
  const server = new Server({
    'grpc.max_receive_message_length': listen.messageBytes,
    'grpc.max_send_message_length': listen.messageBytes,
    'grpc.max_concurrent_streams': 16,
    'grpc.keepalive_time_ms': 20_000,
    'grpc.keepalive_timeout_ms': 10_000,
    // Streams are asked to come back before this; it only ends what did not listen.
    'grpc.max_connection_age_ms': 40 * 60_000,
    'grpc.max_connection_age_grace_ms': 60_000,
    // Windows bound what a peer can make the hub hold before a handler looks at it.
    'grpc-node.flow_control_window': 512 * 1024,
    'grpc-node.max_session_memory': 10,
  })
  for (const service of listen.services) server.addService(service.definition, service.implementation)
  const port = await bind(server, listen, experimental.createCertificateProviderServerCredentials(provider, provider, false))
  return { port, renew: (identity) => provider.renew(identity), close: (graceMs) => close(server, graceMs) }
}

function bind(server: Server, listen: GrpcListen, credentials: ServerCredentials): Promise<number> {
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${listen.port}`, credentials, (cause, port) => {
      if (cause === null) return resolve(port)
      reject(
        new HubError(
          {
            code: 'port-taken',
            status: 500,
            detail: `The hub cannot listen for agents on ${host}:${listen.port}.`,
            protection: 'Agents keep deciding and keep their records until a hub answers.',
            remedy: 'Stop whatever holds the port, or choose another with --grpc-port.',
          },
          cause,
        ),
      )
    })
  })
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), graceMs)
    server.tryShutdown(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

type CaListener = experimental.CaCertificateUpdateListener
type IdentityListener = experimental.IdentityCertificateUpdateListener

/** Hands certificates out a moment after being asked: grpc-js forgets what it is given while it is still asking. */
class Certificates implements experimental.CertificateProvider {
  readonly #roots: Buffer
  #identity: ServerIdentity
  readonly #listeners = new Set<IdentityListener>()

  constructor(roots: Buffer, identity: ServerIdentity) {
    this.#roots = roots
    this.#identity = identity
  }

  addCaCertificateListener(listener: CaListener): void {
    process.nextTick(() => listener({ caCertificate: this.#roots }))
  }

  removeCaCertificateListener(): void {}

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.#listeners.add(listener)
    process.nextTick(() => listener(this.#identity))
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.#listeners.delete(listener)
  }

  renew(identity: ServerIdentity): void {
    this.#identity = identity
    for (const listener of this.#listeners) listener(identity)
  }
}

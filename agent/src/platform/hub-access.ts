import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { type ChannelCredentials, type ChannelOptions, credentials } from '@grpc/grpc-js'

/** Where to call, whom to expect there, and as whom. */
export interface HubChannel {
  /** `host:port` of the hub's gRPC endpoint. */
  readonly address: string
  readonly credentials: ChannelCredentials
  readonly options: ChannelOptions
}

/** What it takes to speak to the hub as this agent. Replaced as a whole when the certificate rotates. */
export interface HubAccess extends HubChannel {
  readonly tenant: string
  readonly agentId: string
  /** Milliseconds since 1970 at which the certificate stops working. */
  readonly certificateExpiresAt: number
  /** ECDSA P-256 with SHA-256 by the device key, DER. */
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** Where the stages that speak to the hub get their access from, and hear of a change. */
export interface HubAccessSource {
  /** Nothing while the machine is not enrolled. */
  current(): HubAccess | undefined
  /** Called after every change of `current`. Returns how to stop. */
  subscribe(listener: () => void): () => void
}

/**
 * Options of every channel to the hub. The retry rhythm is the caller's own full jitter, so the transport's is kept short;
 * pings find a dead connection that no packet would tell of.
 */
const OPTIONS: ChannelOptions = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.keepalive_permit_without_calls': 0,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.min_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.max_receive_message_length': 4 * 1024 * 1024,
  'grpc.enable_retries': 0,
}

/** PEM texts: the only authority believed, and this agent's own key and certificate once it has them. */
export interface ChannelFiles {
  readonly ca: string
  readonly key?: string
  readonly certificate?: string
}

/** A channel on which the hub must show a certificate of the pinned authority for the very host in `address`. */
export function hubChannel(address: string, files: ChannelFiles): HubChannel {
  const pem = (text: string | undefined) => (text === undefined ? null : Buffer.from(text))
  const host = address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '')
  if (isIP(host) === 0)
    return { address, credentials: credentials.createSsl(Buffer.from(files.ca), pem(files.key), pem(files.certificate)), options: OPTIONS }
  // TLS has no server name for an address, so one is made up for the handshake; what is checked is the address.
  const verify = { checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate) }
  return {
    address,
    credentials: credentials.createSsl(Buffer.from(files.ca), pem(files.key), pem(files.certificate), verify),
    options: { ...OPTIONS, 'grpc.ssl_target_name_override': 'assize-hub.invalid' },
  }
}

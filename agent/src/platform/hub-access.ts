import type { ChannelCredentials } from '@grpc/grpc-js'

/** What it takes to speak to the hub as this agent. Replaced as a whole when the certificate rotates. */
export interface HubAccess {
  /** `host:port` of the hub's gRPC endpoint. */
  readonly address: string
  readonly tenant: string
  readonly agentId: string
  readonly credentials: ChannelCredentials
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
export const HUB_CHANNEL_OPTIONS = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.keepalive_permit_without_calls': 0,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.min_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.max_receive_message_length': 4 * 1024 * 1024,
  'grpc.enable_retries': 0,
} as const

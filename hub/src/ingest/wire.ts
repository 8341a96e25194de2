import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { type HealthReport, TelemetryRequestSchema, TelemetryResponseSchema, TelemetryService } from '@assize/proto'
import type { AgentHealth } from '../store/index.ts'

/** What an agent says. Batches stay encoded: the store's own thread decodes and checks them. */
export type FromAgent =
  | { readonly type: 'hello'; readonly epoch: number; readonly agentVersion: string }
  | { readonly type: 'batch'; readonly bytes: Uint8Array }
  | { readonly type: 'health'; readonly health: Omit<AgentHealth, 'clockSkewMs'> }
  | { readonly type: 'malformed' }

/** What the hub says. */
export type ToAgent =
  | { readonly type: 'welcome'; readonly acked: number; readonly hubTime: number; readonly windowBytes: number }
  | { readonly type: 'ack'; readonly epoch: number; readonly acked: number }
  | { readonly type: 'drain'; readonly reconnectAfterMs: number; readonly reason: string }

/** The telemetry service for grpc-js. */
export const telemetryDefinition = {
  stream: {
    path: `/${TelemetryService.typeName}/Stream`,
    requestStream: true,
    responseStream: true,
    requestSerialize: (): Buffer => {
      throw new Error('the hub does not call itself')
    },
    requestDeserialize: decode,
    responseSerialize: encode,
    responseDeserialize: (): ToAgent => {
      throw new Error('the hub does not call itself')
    },
  },
} as const

/** Field 2, length-delimited: a batch, which is what nearly every message is. */
const BATCH_TAG = 0x12
const MOST_ITEMS = 500

function decode(bytes: Buffer): FromAgent {
  if (bytes[0] === BATCH_TAG) return { type: 'batch', bytes }
  try {
    const { message } = fromBinary(TelemetryRequestSchema, bytes)
    switch (message.case) {
      case 'hello':
        return { type: 'hello', epoch: numberOf(message.value.epoch), agentVersion: cut(message.value.agentVersion, 60) }
      case 'batch':
        return { type: 'batch', bytes }
      case 'health':
        return { type: 'health', health: healthOf(message.value) }
      case undefined:
        return { type: 'malformed' }
    }
  } catch {
    return { type: 'malformed' }
  }
}

function encode(message: ToAgent): Buffer {
  return Buffer.from(toBinary(TelemetryResponseSchema, create(TelemetryResponseSchema, { message: wireOf(message) })))
}

function wireOf(message: ToAgent) {
  switch (message.type) {
    case 'welcome':
      return {
        case: 'welcome' as const,
        value: { ackedSeq: BigInt(message.acked), hubTimeMs: BigInt(message.hubTime), windowBytes: BigInt(message.windowBytes) },
      }
    case 'ack':
      return { case: 'ack' as const, value: { epoch: BigInt(message.epoch), ackedSeq: BigInt(message.acked) } }
    case 'drain':
      return { case: 'drain' as const, value: { reconnectAfterMs: BigInt(message.reconnectAfterMs), reason: message.reason } }
  }
}

function healthOf(report: HealthReport): Omit<AgentHealth, 'clockSkewMs'> {
  return {
    at: numberOf(report.atMs),
    uptimeMs: numberOf(report.uptimeMs),
    policy: { name: cut(report.policyName, 64), version: numberOf(report.policyVersion), hash: cut(report.policyHash, 64) },
    unshippedEntries: numberOf(report.unshippedEntries),
    unshippedBytes: numberOf(report.unshippedBytes),
    coverage: report.coverage.slice(0, MOST_ITEMS).map((one) => ({
      app: cut(one.app),
      state: stateOf(one.state),
      reason: cut(one.reason),
      gate: cut(one.gate),
      lastDecisionAt: numberOf(one.lastDecisionAtMs),
    })),
    processes: report.processes.slice(0, MOST_ITEMS).map((one) => ({
      pid: one.pid,
      startedAt: numberOf(one.startedAtMs),
      kind: cut(one.kind),
      executable: cut(one.executable, 1000),
      user: cut(one.user),
      ports: one.ports.slice(0, 50).map((port) => ({ address: cut(port.address, 60), port: port.port })),
      exposures: texts(one.exposures),
    })),
    modelFiles: report.modelFiles.slice(0, MOST_ITEMS).map((one) => ({
      path: cut(one.path, 1000),
      format: cut(one.format, 30),
      size: numberOf(one.size),
      modifiedAt: numberOf(one.modifiedAtMs),
      name: cut(one.name),
      architecture: cut(one.architecture),
      problems: texts(one.problems),
    })),
    problems: texts(report.problems),
    rssBytes: numberOf(report.rssBytes),
    safeMode: report.safeMode,
  }
}

/** A state this hub does not know counts as unprotected: never better than what was said. */
function stateOf(state: string): 'protected' | 'partial' | 'unprotected' {
  return state === 'protected' || state === 'partial' ? state : 'unprotected'
}

function texts(list: readonly string[]): readonly string[] {
  return list.slice(0, 50).map((text) => cut(text, 500))
}

function cut(text: string, most = 300): string {
  return text.length > most ? text.slice(0, most) : text
}

/** Beyond what a number holds exactly nothing real lies; such a value becomes 0. */
function numberOf(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER) ? 0 : Number(value)
}

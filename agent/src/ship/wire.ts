import { type Batch as WireBatchInput, type DecisionIndex, type ShippedEntry } from './batch.ts'
import { EntryKind, serviceDefinition, TelemetryService, Verdict, type TelemetryResponse } from '@assize/proto'
import type { Health } from '../platform/health.ts'
import type { HubChannel } from '../platform/hub-access.ts'
import { openHubStream } from '../platform/hub-stream.ts'

/** What the hub says on the telemetry stream. */
export type FromHub =
  | { readonly type: 'welcome'; readonly ackedSeq: number; readonly hubTime: number; readonly windowBytes: number }
  | { readonly type: 'ack'; readonly epoch: number; readonly ackedSeq: number }
  | { readonly type: 'drain'; readonly reconnectAfterMs: number; readonly reason: string }

/** What the agent says. */
export type ToHub =
  | { readonly type: 'hello'; readonly epoch: number; readonly lastSeq: number; readonly agentVersion: string }
  | { readonly type: 'batch'; readonly batch: WireBatchInput }
  | { readonly type: 'health'; readonly health: Health }

export interface TelemetryListener {
  readonly message: (message: FromHub) => void
  /** The write buffer has room again. */
  readonly drain: () => void
  /** The stream is over. `problem` is empty when the hub ended it in order. */
  readonly end: (problem: string) => void
}

/** One telemetry stream. */
export interface TelemetryStream {
  /** False when the buffer is full: nothing more may be written before `drain`. */
  write(message: ToHub): boolean
  /** Says that nothing more will come. */
  finish(): void
  /** Cuts the stream. */
  cancel(): void
}

/** Opens the stream. Never throws; a failure arrives as `end`. */
export function openTelemetry(channel: HubChannel, listener: TelemetryListener): TelemetryStream {
  const method = serviceDefinition(TelemetryService)['stream']
  if (!method) throw new Error('the telemetry service has no stream')
  const call = openHubStream<TelemetryResponse>(channel, method, {
    response: (response) => {
      const message = fromWire(response)
      if (message) listener.message(message)
    },
    drain: listener.drain,
    end: listener.end,
  })
  return {
    write: (message) => call.write(toWire(message)),
    finish: () => call.end(),
    cancel: () => call.cancel(),
  }
}

function fromWire(response: TelemetryResponse): FromHub | undefined {
  const { message } = response
  switch (message.case) {
    case 'welcome':
      return {
        type: 'welcome',
        ackedSeq: Number(message.value.ackedSeq),
        hubTime: Number(message.value.hubTimeMs),
        windowBytes: Number(message.value.windowBytes),
      }
    case 'ack':
      return { type: 'ack', epoch: Number(message.value.epoch), ackedSeq: Number(message.value.ackedSeq) }
    case 'drain':
      return { type: 'drain', reconnectAfterMs: Number(message.value.reconnectAfterMs), reason: message.value.reason }
    case undefined:
      // A newer hub may say more than this agent understands.
      return undefined
  }
}

function toWire(message: ToHub): object {
  switch (message.type) {
    case 'hello':
      return {
        message: {
          case: 'hello',
          value: { epoch: BigInt(message.epoch), lastSeq: BigInt(message.lastSeq), agentVersion: message.agentVersion },
        },
      }
    case 'batch':
      return { message: { case: 'batch', value: batchToWire(message.batch) } }
    case 'health':
      return { message: { case: 'health', value: healthToWire(message.health) } }
  }
}

function batchToWire(batch: WireBatchInput): object {
  return {
    epoch: BigInt(batch.epoch),
    entries: batch.entries.map(entryToWire),
    headSignature: batch.headSignature,
    dropped: batch.dropped.map((range) => ({
      firstSeq: BigInt(range.firstSeq),
      lastSeq: BigInt(range.lastSeq),
      count: BigInt(range.count),
      reason: range.reason,
    })),
  }
}

const KINDS: Readonly<Record<ShippedEntry['kind'], EntryKind>> = {
  decision: EntryKind.DECISION,
  outcome: EntryKind.OUTCOME,
  observation: EntryKind.OBSERVATION,
  state: EntryKind.STATE,
  drop: EntryKind.DROP,
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  allow: Verdict.ALLOW,
  redact: Verdict.REDACT,
  ask: Verdict.ASK,
  deny: Verdict.DENY,
  quarantine: Verdict.QUARANTINE,
}

function entryToWire(entry: ShippedEntry): object {
  return {
    seq: BigInt(entry.seq),
    previousHash: entry.previousHash,
    hash: entry.hash,
    body: entry.body ?? new Uint8Array(),
    kind: KINDS[entry.kind],
    recordedAtMs: BigInt(entry.at),
    ...(entry.decision ? { decision: decisionToWire(entry.decision) } : {}),
  }
}

function decisionToWire(index: DecisionIndex): object {
  return {
    ...index,
    effectClasses: [...index.effectClasses],
    verdict: VERDICTS[index.verdict] ?? Verdict.UNSPECIFIED,
    micros: BigInt(Math.max(0, Math.round(index.micros))),
  }
}

function healthToWire(health: Health): object {
  return {
    atMs: BigInt(health.at),
    uptimeMs: BigInt(Math.round(health.uptimeMs)),
    policyName: health.policy.name,
    policyVersion: BigInt(health.policy.version),
    policyHash: health.policy.hash,
    unshippedEntries: BigInt(health.unshipped.entries),
    unshippedBytes: BigInt(health.unshipped.bytes),
    coverage: health.coverage.map(({ lastDecisionAt, ...app }) => ({ ...app, lastDecisionAtMs: BigInt(lastDecisionAt ?? 0) })),
    processes: health.processes.map(({ startedAt, ports, exposures, ...process }) => ({
      ...process,
      startedAtMs: BigInt(Math.round(startedAt)),
      ports: ports.map((port) => ({ ...port })),
      exposures: [...exposures],
    })),
    modelFiles: health.modelFiles.map(({ size, modifiedAt, problems, ...file }) => ({
      ...file,
      size: BigInt(size),
      modifiedAtMs: BigInt(Math.round(modifiedAt)),
      problems: [...problems],
    })),
    problems: [...health.problems],
    rssBytes: BigInt(health.rssBytes),
    safeMode: health.safeMode,
  }
}

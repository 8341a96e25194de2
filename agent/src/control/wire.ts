import {
  BundleKind,
  BundleStatus,
  type BundleChunk,
  type ControlResponse,
  ControlService,
  EnrolmentService,
  type EnrolResponse,
  ModelUse,
  type RotateResponse,
  serviceDefinition,
  type WireMethod,
} from '@assize/proto'
import { Client, type ClientReadableStream, type ServiceError, status } from '@grpc/grpc-js'
import type { HubChannel } from '../platform/hub-access.ts'
import { openHubStream } from '../platform/hub-stream.ts'
import type {
  ApprovalAnswer,
  ApprovalQuestion,
  ApprovalResolution,
  BundleOffer,
  BundleReport,
  BundleWithdrawal,
  ModelInUse,
  ModelReport,
} from './control-messages.ts'

/** The hub said no, or could not be asked. */
export class CallFailed extends Error {
  readonly status: 'unauthenticated' | 'permission-denied' | 'invalid-argument' | 'not-found' | 'other'
  /** What the hub said, for people. */
  readonly text: string

  constructor(error: ServiceError) {
    super(error.details || error.message, { cause: error })
    this.name = 'CallFailed'
    this.status = STATUS[error.code] ?? 'other'
    this.text = (error.details || error.message).slice(0, 500)
  }
}

const STATUS: Readonly<Record<number, CallFailed['status']>> = {
  [status.UNAUTHENTICATED]: 'unauthenticated',
  [status.PERMISSION_DENIED]: 'permission-denied',
  [status.INVALID_ARGUMENT]: 'invalid-argument',
  [status.NOT_FOUND]: 'not-found',
}

const CALL_MS = 20_000
const FETCH_MS = 60_000
/** A link slower than a hundred kilobytes a second does not get a large model. */
const SLOWEST_BYTES_PER_MS = 100

export interface EnrolQuestion {
  readonly tokenSecret: string
  readonly certificateRequest: Uint8Array
  readonly host: {
    readonly hostname: string
    readonly platform: string
    readonly architecture: string
    readonly osRelease: string
    readonly agentVersion: string
  }
}

export interface EnrolAnswer {
  readonly agentId: string
  readonly tenant: string
  readonly group: string
  readonly certificate: Uint8Array
  readonly caCertificate: Uint8Array
  readonly bundleKeys: readonly { readonly keyId: string; readonly publicKey: Uint8Array; readonly onHub: boolean }[]
}

/** Throws a `CallFailed`. */
export function callEnrol(channel: HubChannel, question: EnrolQuestion): Promise<EnrolAnswer> {
  return unary<EnrolResponse>(channel, methodOf(EnrolmentService, 'enrol'), question)
}

/** Throws a `CallFailed`. */
export function callRotate(channel: HubChannel, certificateRequest: Uint8Array): Promise<{ readonly certificate: Uint8Array }> {
  return unary<RotateResponse>(channel, methodOf(EnrolmentService, 'rotate'), { certificateRequest })
}

/** Asks for a bundle that cannot exist: whoever may hear that it does not is let in. Throws a `CallFailed` otherwise. */
export async function callProbe(channel: HubChannel): Promise<void> {
  try {
    await fetchBundle(channel, '0'.repeat(64), { maxBytes: 0 })
  } catch (error) {
    if (!(error instanceof CallFailed && error.status === 'not-found')) throw error
  }
}

/** Fetches the files of a bundle. Stops as soon as more than `maxBytes` come. Throws a `CallFailed`, or an `Error` when there is too much. */
export function fetchBundle(
  channel: HubChannel,
  manifestHash: string,
  limit: { readonly maxBytes: number },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const client = new Client(channel.address, channel.credentials, channel.options)
  const method = methodOf(ControlService, 'fetchBundle')
  const call = client.makeServerStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    { manifestHash },
    { deadline: Date.now() + FETCH_MS + limit.maxBytes / SLOWEST_BYTES_PER_MS },
  ) as ClientReadableStream<BundleChunk>
  return new Promise<ReadonlyMap<string, Uint8Array>>((resolve, reject) => {
    const parts = new Map<string, Uint8Array[]>()
    let bytes = 0
    call.on('data', (chunk: BundleChunk) => {
      // An empty chunk costs something too, so that a flood of them ends.
      bytes += Math.max(chunk.data.length, 1)
      if (bytes > limit.maxBytes) {
        reject(new Error('more came than the manifest announces'))
        return call.cancel()
      }
      const file = parts.get(chunk.path) ?? []
      parts.set(chunk.path, file)
      file.push(chunk.data)
    })
    call.on('error', (error: ServiceError) => reject(new CallFailed(error)))
    call.on('end', () => resolve(new Map([...parts].map(([path, chunks]) => [path, new Uint8Array(Buffer.concat(chunks))]))))
  }).finally(() => client.close())
}

/** What the hub says on the control stream. */
export type FromHub =
  | { readonly type: 'offer'; readonly offer: BundleOffer }
  | { readonly type: 'withdrawal'; readonly withdrawal: BundleWithdrawal }
  | { readonly type: 'answer'; readonly answer: ApprovalAnswer }
  | { readonly type: 'drain'; readonly reconnectAfterMs: number }
  | { readonly type: 'rotate' }

/** What the agent says. */
export type ToHub =
  | { readonly type: 'state'; readonly report: BundleReport }
  | { readonly type: 'models'; readonly report: ModelReport }
  | { readonly type: 'question'; readonly question: ApprovalQuestion }
  | { readonly type: 'resolved'; readonly resolution: ApprovalResolution }

export interface ControlStream {
  write(message: ToHub): void
  finish(): void
  cancel(): void
}

/** Opens the stream. Never throws; a failure arrives as `end`. */
export function openControl(
  channel: HubChannel,
  listener: { readonly message: (message: FromHub) => void; readonly end: (problem: string) => void },
): ControlStream {
  const call = openHubStream<ControlResponse>(channel, methodOf(ControlService, 'stream'), {
    response: (response) => {
      const message = fromWire(response)
      if (message) listener.message(message)
    },
    end: listener.end,
  })
  return { write: (message) => void call.write(toWire(message)), finish: () => call.end(), cancel: () => call.cancel() }
}

const KINDS: Readonly<Record<number, BundleOffer['kind']>> = {
  [BundleKind.POLICY]: 'policy',
  [BundleKind.MODEL]: 'model',
  [BundleKind.ANTIBODY]: 'antibody',
}
const WIRE_KINDS: Readonly<Record<BundleOffer['kind'], BundleKind>> = {
  policy: BundleKind.POLICY,
  model: BundleKind.MODEL,
  antibody: BundleKind.ANTIBODY,
}
const WIRE_STATUS: Readonly<Record<BundleReport['status'], BundleStatus>> = {
  active: BundleStatus.ACTIVE,
  refused: BundleStatus.REFUSED,
  'rolled-back': BundleStatus.ROLLED_BACK,
  shadow: BundleStatus.SHADOW,
}

function fromWire(response: ControlResponse): FromHub | undefined {
  const { message } = response
  switch (message.case) {
    case 'bundleOffer': {
      const kind = KINDS[message.value.kind]
      return (
        kind && {
          type: 'offer',
          offer: {
            kind,
            manifest: message.value.manifest,
            signatures: message.value.signatures.map(({ keyId, signature }) => ({ keyId, signature })),
            task: message.value.task,
            use: message.value.use === ModelUse.ACTIVE ? 'active' : 'shadow',
          },
        }
      )
    }
    case 'bundleWithdrawal': {
      const { task, manifestHash } = message.value
      const kind = KINDS[message.value.kind]
      return kind && { type: 'withdrawal', withdrawal: { kind, task, manifestHash } }
    }
    case 'approvalAnswer': {
      const { approvalId, approved, scope, answeredBy } = message.value
      return {
        type: 'answer',
        answer: { approvalId, approved, scope: scope === 'session' || scope === 'always' ? scope : 'once', answeredBy },
      }
    }
    case 'drain':
      return { type: 'drain', reconnectAfterMs: Number(message.value.reconnectAfterMs) }
    case 'rotateNow':
      return { type: 'rotate' }
    case undefined:
      // A newer hub may say more than this agent understands.
      return undefined
  }
}

function toWire(message: ToHub): object {
  switch (message.type) {
    case 'state': {
      const { kind, status: state, version, activeVersion, at, ...rest } = message.report
      return {
        message: {
          case: 'bundleState',
          value: {
            ...rest,
            kind: WIRE_KINDS[kind],
            status: WIRE_STATUS[state],
            version: BigInt(version),
            activeVersion: BigInt(activeVersion),
            atMs: BigInt(at),
          },
        },
      }
    }
    case 'models':
      return { message: { case: 'modelState', value: modelStateOf(message.report) } }
    case 'question': {
      const { expiresAt, ...rest } = message.question
      return { message: { case: 'approvalRequest', value: { ...rest, expiresAtMs: BigInt(Math.round(expiresAt)) } } }
    }
    case 'resolved':
      return { message: { case: 'approvalResolved', value: { ...message.resolution } } }
  }
}

function modelStateOf({ active, shadow, comparison, at, ...rest }: ModelReport): object {
  return {
    ...rest,
    problems: [...rest.problems],
    atMs: BigInt(at),
    ...(active && { active: modelOf(active) }),
    ...(shadow && { shadow: modelOf(shadow) }),
    ...(comparison && {
      comparison: Object.fromEntries(Object.entries(comparison).map(([name, count]) => [name, BigInt(count as number)])),
    }),
  }
}

function modelOf({ version, scored, flagged, drifted, ...rest }: ModelInUse): object {
  return { ...rest, version: BigInt(version), scored: BigInt(scored), flagged: BigInt(flagged), drifted: [...drifted] }
}

function unary<Answer>(channel: HubChannel, method: WireMethod, question: object): Promise<Answer> {
  const client = new Client(channel.address, channel.credentials, channel.options)
  return new Promise<Answer>((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      question,
      { deadline: Date.now() + CALL_MS },
      (error, answer) => (error ? reject(new CallFailed(error)) : resolve(answer as Answer)),
    )
  }).finally(() => client.close())
}

function methodOf(service: Parameters<typeof serviceDefinition>[0], name: string): WireMethod {
  const method = serviceDefinition(service)[name]
  if (!method) throw new Error(`the wire contract has no method ${name}`)
  return method
}

import { create, type DescMessage, fromBinary, type MessageInitShape, type MessageShape, toBinary } from '@bufbuild/protobuf'
import {
  BundleChunkSchema,
  BundleKind,
  BundleStatus,
  ControlRequestSchema,
  ControlResponseSchema,
  ControlService,
  EnrolmentService,
  EnrolRequestSchema,
  EnrolResponseSchema,
  ModelUse,
  FetchBundleRequestSchema,
  RotateRequestSchema,
  RotateResponseSchema,
} from '@assize/proto'
import type { ServiceDefinition } from '@grpc/grpc-js'
import type { ModelPlace, ModelTask } from '../store/index.ts'
import { decodeModelState, type ModelStateSaid } from './models/wire.ts'

/** What an agent says on the control stream. Every text is cut to size. Times are milliseconds since 1970. */
export type FromAgent =
  | {
      readonly type: 'state'
      readonly kind: 'policy' | 'model' | 'antibody'
      readonly status: 'active' | 'shadow' | 'refused' | 'rolled-back'
      readonly name: string
      readonly version: number
      readonly manifestHash: string
      readonly code: string
      readonly detail: string
      readonly activeVersion: number
      readonly at: number
    }
  | ({ readonly type: 'models' } & ModelStateSaid)
  | { readonly type: 'question'; readonly id: string; readonly decision: string; readonly question: string; readonly expiresAt: number }
  | { readonly type: 'resolved'; readonly id: string; readonly resolution: 'approved' | 'denied' | 'expired'; readonly by: string }
  | { readonly type: 'malformed' }
  /** A newer agent may say more than this hub understands. */
  | { readonly type: 'unknown' }

/** What the hub says. */
export type ToAgent =
  | {
      readonly type: 'offer'
      readonly kind: 'policy' | 'model' | 'antibody'
      readonly manifest: Uint8Array
      readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array }[]
      /** Of a model. */
      readonly task?: ModelTask
      readonly use?: ModelPlace
    }
  | { readonly type: 'withdrawal'; readonly task: ModelTask; readonly manifestHash: string }
  | { readonly type: 'answer'; readonly id: string; readonly approved: boolean; readonly scope: string; readonly by: string }
  | { readonly type: 'drain'; readonly reconnectAfterMs: number }

export interface EnrolQuestion {
  readonly secret: string
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

const KINDS = { [BundleKind.POLICY]: 'policy', [BundleKind.MODEL]: 'model', [BundleKind.ANTIBODY]: 'antibody' } as const
const WIRE_KINDS = { policy: BundleKind.POLICY, model: BundleKind.MODEL, antibody: BundleKind.ANTIBODY } as const
const STATUSES = {
  [BundleStatus.ACTIVE]: 'active',
  [BundleStatus.REFUSED]: 'refused',
  [BundleStatus.ROLLED_BACK]: 'rolled-back',
  [BundleStatus.SHADOW]: 'shadow',
} as const
const WIRE_USES = { active: ModelUse.ACTIVE, shadow: ModelUse.SHADOW } as const

export const enrolmentDefinition = {
  enrol: method({
    path: `/${EnrolmentService.typeName}/Enrol`,
    streams: [false, false],
    decode: decodeEnrol,
    encode: (answer: EnrolAnswer) => encode(EnrolResponseSchema, { ...answer, bundleKeys: [...answer.bundleKeys] }),
  }),
  rotate: method({
    path: `/${EnrolmentService.typeName}/Rotate`,
    streams: [false, false],
    decode: (bytes) => decode(RotateRequestSchema, bytes)?.certificateRequest ?? new Uint8Array(0),
    encode: (answer: { certificate: Uint8Array; caCertificate: Uint8Array }) => encode(RotateResponseSchema, answer),
  }),
} satisfies ServiceDefinition

export const controlDefinition = {
  stream: method({ path: `/${ControlService.typeName}/Stream`, streams: [true, true], decode: decodeControl, encode: encodeControl }),
  fetchBundle: method({
    path: `/${ControlService.typeName}/FetchBundle`,
    streams: [false, true],
    decode: (bytes) => cut(decode(FetchBundleRequestSchema, bytes)?.manifestHash ?? '', 64),
    encode: (chunk: { path: string; offset: number; data: Uint8Array }) =>
      encode(BundleChunkSchema, { ...chunk, offset: BigInt(chunk.offset) }),
  }),
} satisfies ServiceDefinition

interface Method<Request, Response> {
  readonly path: string
  /** Whether requests and responses are streams. */
  readonly streams: readonly [boolean, boolean]
  readonly decode: (bytes: Buffer) => Request
  readonly encode: (response: Response) => Buffer
}

function method<Request, Response>(one: Method<Request, Response>) {
  const notHere = (): never => {
    throw new Error('the hub does not call itself')
  }
  return {
    path: one.path,
    requestStream: one.streams[0],
    responseStream: one.streams[1],
    requestSerialize: notHere,
    requestDeserialize: one.decode,
    responseSerialize: one.encode,
    responseDeserialize: notHere,
  }
}

function encode<Schema extends DescMessage>(schema: Schema, message: MessageInitShape<Schema>): Buffer {
  return Buffer.from(toBinary(schema, create(schema, message)))
}

function decode<Schema extends DescMessage>(schema: Schema, bytes: Uint8Array): MessageShape<Schema> | undefined {
  try {
    return fromBinary(schema, bytes)
  } catch {
    return undefined
  }
}

/** A request that cannot be read carries no secret, and is refused as such. */
function decodeEnrol(bytes: Buffer): EnrolQuestion {
  const request = decode(EnrolRequestSchema, bytes)
  const host = request?.host
  return {
    secret: cut(request?.tokenSecret ?? '', 200),
    certificateRequest: request?.certificateRequest ?? new Uint8Array(0),
    host: {
      hostname: cut(host?.hostname ?? '', 255),
      platform: cut(host?.platform ?? '', 30),
      architecture: cut(host?.architecture ?? '', 30),
      osRelease: cut(host?.osRelease ?? '', 120),
      agentVersion: cut(host?.agentVersion ?? '', 60),
    },
  }
}

function decodeControl(bytes: Buffer): FromAgent {
  const message = decode(ControlRequestSchema, bytes)?.message
  if (message === undefined) return { type: 'malformed' }
  switch (message.case) {
    case 'bundleState': {
      const { name, manifestHash, code, detail, version, activeVersion, atMs } = message.value
      const kind = KINDS[message.value.kind as keyof typeof KINDS]
      const status = STATUSES[message.value.status as keyof typeof STATUSES]
      if (kind === undefined || status === undefined) return { type: 'unknown' }
      return {
        type: 'state',
        kind,
        status,
        name: cut(name, 64),
        version: numberOf(version),
        manifestHash: cut(manifestHash, 64),
        code: cut(code, 60),
        detail: cut(detail, 2000),
        activeVersion: numberOf(activeVersion),
        at: numberOf(atMs),
      }
    }
    case 'modelState':
      return decodeModelState(message.value)
    case 'approvalRequest': {
      const { approvalId, decisionId, question, expiresAtMs } = message.value
      return {
        type: 'question',
        id: cut(approvalId, 64),
        decision: cut(decisionId, 64),
        question: cut(question, 1000),
        expiresAt: numberOf(expiresAtMs),
      }
    }
    case 'approvalResolved': {
      const { approvalId, resolution, resolvedBy } = message.value
      if (resolution !== 'approved' && resolution !== 'denied' && resolution !== 'expired') return { type: 'unknown' }
      return { type: 'resolved', id: cut(approvalId, 64), resolution, by: cut(resolvedBy, 200) }
    }
    case undefined:
      return { type: 'unknown' }
  }
}

function encodeControl(message: ToAgent): Buffer {
  switch (message.type) {
    case 'offer':
      return encode(ControlResponseSchema, {
        message: {
          case: 'bundleOffer',
          value: {
            kind: WIRE_KINDS[message.kind],
            manifest: message.manifest,
            signatures: message.signatures.map(({ keyId, signature }) => ({ keyId, signature })),
            task: message.task ?? '',
            use: message.use === undefined ? ModelUse.UNSPECIFIED : WIRE_USES[message.use],
          },
        },
      })
    case 'withdrawal':
      return encode(ControlResponseSchema, {
        message: { case: 'bundleWithdrawal', value: { kind: BundleKind.MODEL, task: message.task, manifestHash: message.manifestHash } },
      })
    case 'answer':
      return encode(ControlResponseSchema, {
        message: {
          case: 'approvalAnswer',
          value: { approvalId: message.id, approved: message.approved, scope: message.scope, answeredBy: message.by },
        },
      })
    case 'drain':
      return encode(ControlResponseSchema, { message: { case: 'drain', value: { reconnectAfterMs: BigInt(message.reconnectAfterMs) } } })
  }
}

function cut(text: string, most: number): string {
  return text.length > most ? text.slice(0, most) : text
}

function numberOf(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER) ? 0 : Number(value)
}

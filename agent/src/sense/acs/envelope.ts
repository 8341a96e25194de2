/** The messages of the Agent Control Standard 0.1.0: JSON-RPC 2.0 with a signed envelope. */
import type { JsonObject } from '@assize/kernel'
import { z } from 'zod'

export const ACS_VERSION = '0.1.0'

/** What a refusal is called on the wire (specification, section 17). */
export const ACS_ERROR = {
  parse: -32_700,
  invalidRequest: -32_600,
  invalidParams: -32_602,
  internal: -32_603,
  refused: -32_000,
  version: -32_001,
  notNegotiated: -32_003,
  signature: -32_004,
  replay: -32_005,
  timestamp: -32_006,
} as const

/** A request that gets no decision. The client's failure posture applies, which the handshake sets to deny. */
export class AcsError extends Error {
  readonly code: number
  readonly data: JsonObject

  constructor(code: number, text: string, data: JsonObject = {}) {
    super(text)
    this.name = 'AcsError'
    this.code = code
    this.data = data
  }
}

const versionSchema = z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)

const envelopeSchema = z.strictObject({
  jsonrpc: z.literal('2.0'),
  method: z
    .string()
    .max(200)
    .regex(/^(?:steps\/|protocols\/|agbom\/|trace\/|system\/|handshake\/|wrapped:)./),
  id: z.union([z.string().max(200), z.number()]),
  params: z.looseObject({
    acs_version: versionSchema,
    request_id: z.uuid(),
    timestamp: z.iso.datetime({ offset: true }),
    nonce: z.string().min(16).max(64).optional(),
    metadata: z.looseObject({
      agent_id: z.string().max(500),
      agent_name: z.string().max(500).optional(),
      session_id: z.uuid(),
    }),
    payload: z.looseObject({}),
    signature: z.looseObject({ algorithm: z.string(), value: z.string().max(20_000), key_id: z.string().max(500) }).optional(),
  }),
})
export type AcsEnvelope = z.infer<typeof envelopeSchema>

/** Throws an `AcsError` for what is no request. */
export function readEnvelope(value: unknown): AcsEnvelope {
  const parsed = envelopeSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AcsError(
    ACS_ERROR.invalidRequest,
    `This is no request of the Agent Control Standard (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}), so nothing was decided.`,
  )
}

export const clientHelloSchema = z.looseObject({
  acs_versions_supported: z.array(versionSchema).min(1).max(50),
  methods_implemented: z.array(z.string().max(200)).max(500),
  transports_supported: z.array(z.string().max(20)).min(1).max(20),
  provenance_producer: z.enum(['deterministic', 'none']),
  profiles_supported: z.array(z.string().max(50)).max(50).default([]),
})

/** Throws an `AcsError` for a payload that is none of its method's; of a handshake the whole request counts as none. */
export function readPayload<Schema extends z.ZodType>(
  schema: Schema,
  payload: unknown,
  code: number = ACS_ERROR.invalidParams,
): z.infer<Schema> {
  const parsed = schema.safeParse(payload)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AcsError(
    code,
    `The payload is not understood (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}), so nothing was decided.`,
  )
}

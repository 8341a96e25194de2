import { z } from 'zod'
import { AgentError } from '../../platform/errors.ts'

const PREFIX = 'assize1.'
/** Real tokens have about 200 characters. */
const LONGEST = 4096

const contentSchema = z.object({
  /** `host:port` of the hub's gRPC endpoint. */
  h: z.string().min(3).max(300),
  /** SHA-256 of the hub's CA certificate (DER), lower-case hex. */
  f: z.string().regex(/^[0-9a-f]{64}$/),
  s: z.string().min(8).max(1000),
  t: z.string().min(1).max(200),
})

/** What an enrolment token says. */
export interface EnrolmentToken {
  readonly address: string
  readonly fingerprint: string
  readonly secret: string
  readonly tenant: string
}

/** Reads a token. Throws an `AgentError` that never repeats it. */
export function parseToken(text: string): EnrolmentToken {
  const trimmed = text.trim()
  const content = trimmed.length <= LONGEST && trimmed.startsWith(PREFIX) ? decode(trimmed.slice(PREFIX.length)) : undefined
  if (!content)
    throw new AgentError(
      'usage',
      'That is not an enrolment token, so nothing was sent and this machine is not enrolled. Copy the whole token; it starts with `assize1.`, and `assize-hub enroll-token create` makes one.',
    )
  return { address: content.h, fingerprint: content.f, secret: content.s, tenant: content.t }
}

function decode(encoded: string): z.infer<typeof contentSchema> | undefined {
  try {
    return contentSchema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}

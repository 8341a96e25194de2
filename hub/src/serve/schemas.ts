import { z } from 'zod'

/** Shapes of the REST API. The OpenAPI document and the console's types are made from these, so they cannot drift. */

export const verdictSchema = z.enum(['allow', 'redact', 'ask', 'deny', 'quarantine'])
/** What became of a question. */
export const answerSchema = z.enum(['approved', 'denied', 'expired'])
export const hash = z.string().describe('SHA-256, lower-case hex')
export const time = z.iso.datetime().describe('UTC')

/** A page of a list, newest first unless said. `next` is absent on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().optional() })

export const pageQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export const decisionSummarySchema = z.object({
  id: z.string(),
  verdict: verdictSchema,
  title: z.string().describe('One plain sentence'),
  policy: z.string().describe('Policy that decided; empty for a plain allow'),
  at: time,
  agent: z.string(),
  hostname: z.string(),
  session: z.string(),
  gate: z.string(),
  app: z.string(),
  user: z.string(),
  tool: z.string(),
  server: z.string(),
  effectClasses: z.array(z.string()),
  micros: z.number(),
  answer: answerSchema.optional().describe('What became of a question; absent while it waits or the host asked it'),
})

export const decisionQuerySchema = pageQuerySchema.extend({
  verdict: z.union([verdictSchema, z.array(verdictSchema)]).optional(),
  app: z.string().max(200).optional(),
  tool: z.string().max(200).optional(),
  agent: z.string().max(200).optional(),
  session: z.string().max(200).optional(),
  policy: z.string().max(200).optional(),
  effect: z.string().max(60).optional(),
  search: z.string().max(200).optional().describe('Substring of title, tool, server or app'),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
})

/** Counts for the facet bar, over the same filter without the facet itself. */
export const facetsSchema = z.object({
  verdict: z.record(z.string(), z.number()),
  app: z.record(z.string(), z.number()),
  tool: z.record(z.string(), z.number()),
  agent: z.record(z.string(), z.number()),
  effect: z.record(z.string(), z.number()),
  policy: z.record(z.string(), z.number()),
})

export const decisionDetailSchema = decisionSummarySchema.extend({
  epoch: z.number(),
  seq: z.number(),
  hash,
  previousHash: hash,
  receivedAt: time,
  entry: z.record(z.string(), z.unknown()).describe('The journal entry as the agent recorded it; see kernel DecisionEntry'),
  outcomes: z.array(z.object({ outcome: z.string(), at: time, detail: z.record(z.string(), z.unknown()) })),
})

export const coverageSchema = z.object({
  app: z.string(),
  state: z.enum(['protected', 'partial', 'unprotected']),
  reason: z.string(),
  gate: z.string(),
  lastDecisionAt: time.optional(),
})

export const processSchema = z.object({
  pid: z.number(),
  kind: z.string(),
  executable: z.string(),
  user: z.string(),
  startedAt: time.optional(),
  ports: z.array(z.object({ address: z.string(), port: z.number() })),
  exposures: z.array(z.string()),
})

export const modelFileSchema = z.object({
  path: z.string(),
  format: z.string(),
  size: z.number(),
  modifiedAt: time,
  name: z.string(),
  architecture: z.string(),
  problems: z.array(z.string()),
})

export const bundleReportSchema = z.object({
  kind: z.enum(['policy', 'model', 'antibody']),
  status: z.enum(['active', 'shadow', 'refused', 'rolled-back']),
  name: z.string(),
  version: z.number(),
  manifestHash: z.string(),
  code: z.string(),
  detail: z.string(),
  activeVersion: z.number(),
  at: time,
})

export const agentSummarySchema = z.object({
  id: z.string(),
  hostname: z.string(),
  platform: z.string(),
  architecture: z.string(),
  osRelease: z.string(),
  agentVersion: z.string(),
  group: z.string(),
  /** connected: a live stream; silent: none for over a minute; revoked: its certificate no longer opens the door. */
  link: z.enum(['connected', 'silent', 'revoked']),
  enrolledAt: time,
  lastSeenAt: time.optional(),
  certificateExpiresAt: time,
  policy: z.object({ name: z.string(), version: z.number(), hash: z.string() }).optional(),
  /** Worst of the coverage states, unprotected when nothing was reported. */
  coverage: z.enum(['protected', 'partial', 'unprotected', 'unknown']),
  unshippedEntries: z.number(),
  problems: z.array(z.string()),
  decisions24h: z.record(z.string(), z.number()).describe('Per verdict'),
})

export const agentDetailSchema = agentSummarySchema.extend({
  coverageByApp: z.array(coverageSchema),
  processes: z.array(processSchema),
  modelFiles: z.array(modelFileSchema),
  bundles: z.array(bundleReportSchema).describe('Newest report per bundle, last 20'),
  stored: z.object({ epoch: z.number(), seq: z.number(), entries: z.number(), dropped: z.number() }),
  rssBytes: z.number(),
  uptimeMs: z.number(),
  clockSkewMs: z.number(),
  safeMode: z.boolean(),
})

export const sessionDetailSchema = z.object({
  id: z.string(),
  agent: z.string(),
  hostname: z.string(),
  app: z.string(),
  user: z.string(),
  startedAt: time,
  lastAt: time,
  decisions: z.array(decisionSummarySchema).describe('Oldest first, at most 1000'),
})

export const policySchema = z.object({
  name: z.string(),
  version: z.number(),
  hash: z.string(),
  created: time,
  expires: time,
  publishedBy: z.string(),
  signedBy: z.object({ keyId: z.string(), onHub: z.boolean() }),
  /** What agents report, never what is hoped. */
  agents: z.object({ active: z.number(), refused: z.number(), pending: z.number() }),
  refusals: z.array(z.object({ agent: z.string(), hostname: z.string(), code: z.string(), detail: z.string(), at: time })),
  files: z.array(z.object({ path: z.string(), length: z.number(), sha256: hash })),
})

/** What a policy decides, rule by rule, as its authors wrote it. */
export const policyRulesSchema = z.object({
  name: z.string(),
  /** 0: the pack that agents are built with. */
  version: z.number(),
  description: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      verdict: verdictSchema,
      severity: z.string(),
      owasp: z.string().optional(),
      atlas: z.string().optional(),
      remedy: z.string().optional(),
      file: z.string(),
    }),
  ),
})

export const approvalSchema = z.object({
  id: z.string(),
  decision: z.string(),
  agent: z.string(),
  hostname: z.string(),
  question: z.string(),
  askedAt: time,
  expiresAt: time,
  state: z.enum(['waiting', 'approved', 'denied', 'expired']),
  answeredBy: z.string().optional(),
  answeredAt: time.optional(),
})

export const approvalAnswerSchema = z.strictObject({ approved: z.boolean(), scope: z.enum(['once', 'session', 'always']).default('once') })

/** What the Now page shows in one call. */
export const overviewSchema = z.object({
  agents: z.object({ total: z.number(), connected: z.number(), silent: z.number(), revoked: z.number() }),
  coverage: z.object({ protected: z.number(), partial: z.number(), unprotected: z.number() }).describe('Applications over all agents'),
  coverageReasons: z.array(z.object({ agent: z.string(), hostname: z.string(), app: z.string(), state: z.string(), reason: z.string() })),
  decisions24h: z.record(z.string(), z.number()).describe('Per verdict'),
  decisionsPerHour: z.array(z.object({ hour: time, counts: z.record(z.string(), z.number()) })),
  waitingApprovals: z.number(),
  policy: z
    .object({ name: z.string(), version: z.number(), hash: z.string(), active: z.number(), refused: z.number(), pending: z.number() })
    .optional(),
  recentStops: z.array(decisionSummarySchema).describe('Last 5 decisions stricter than allow'),
  problems: z.array(z.object({ agent: z.string(), hostname: z.string(), problem: z.string() })),
})

export const auditSchema = z.object({
  id: z.string(),
  at: time,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
})

export const roleSchema = z.enum(['viewer', 'analyst', 'approver', 'policy-admin', 'admin'])

export const meSchema = z.object({ name: z.string(), role: roleSchema, tenant: z.string(), via: z.enum(['session', 'token']) })

export const signInSchema = z.union([
  z.strictObject({ name: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
  z.strictObject({ link: z.string().min(1).max(200) }),
])

export const enrolTokenSchema = z.object({
  id: z.string(),
  group: z.string(),
  uses: z.number(),
  used: z.number(),
  expires: time,
  createdBy: z.string(),
  createdAt: time,
  revoked: z.boolean(),
})

export const createEnrolTokenSchema = z.strictObject({
  group: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/)
    .default('all'),
  uses: z.int().min(1).max(100_000).default(1),
  expires: z.iso.datetime().optional().describe('In 24 hours when left out'),
})

/** `token` is told this once. */
export const createdEnrolTokenSchema = enrolTokenSchema.extend({ token: z.string() })

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  createdBy: z.string(),
  createdAt: time,
  expires: time.optional(),
  lastUsedAt: time.optional(),
  revoked: z.boolean(),
})

export const createTokenSchema = z.strictObject({
  name: z.string().min(1).max(100),
  role: roleSchema,
  expires: z.iso.datetime().optional(),
})

/** `token` is told this once. */
export const createdTokenSchema = z.object({ id: z.string(), token: z.string() })

/** A folder to be signed here, or a bundle that was signed elsewhere. */
export const publishPolicySchema = z.union([
  z.strictObject({
    files: z.record(z.string().max(200), z.string()).describe('Path to text'),
    name: z.string().max(64).optional(),
    expires: z.iso.datetime().optional().describe('In 90 days when left out'),
  }),
  z.strictObject({
    manifest: z.string().describe('Canonical JSON, base64'),
    signatures: z.array(z.strictObject({ keyId: z.string().max(64), signature: z.string().max(200).describe('Ed25519, base64') })).max(10),
    files: z.record(z.string().max(200), z.string()).describe('Path to bytes, base64'),
  }),
])

/** RFC 9457. `protection` says whether endpoints are still protected. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  protection: z.string().optional(),
  remedy: z.string().optional(),
})

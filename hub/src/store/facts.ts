/** What the store holds, as plain values. Times are milliseconds since 1970. */

export type Verdict = 'allow' | 'redact' | 'ask' | 'deny' | 'quarantine'
export type Role = 'viewer' | 'analyst' | 'approver' | 'policy-admin' | 'admin'

export interface DecisionRow {
  /** Position in the order of receipt; grows. */
  readonly received: number
  readonly id: string
  readonly verdict: Verdict
  readonly title: string
  readonly policy: string
  readonly at: number
  readonly agent: string
  readonly hostname: string
  readonly session: string
  readonly gate: string
  readonly app: string
  readonly user: string
  readonly tool: string
  readonly server: string
  readonly effectClasses: readonly string[]
  readonly micros: number
  /** What became of a question: `approved`, `denied`, `expired`. Absent while it waits, where the host asked, and where nothing was asked. */
  readonly answer?: string | undefined
}

export interface DecisionDetailRow extends DecisionRow {
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly previousHash: string
  readonly receivedAt: number
  /** The journal entry, canonical JSON. */
  readonly body: string
  readonly outcomes: readonly { readonly outcome: string; readonly at: number; readonly body: string }[]
}

export interface DecisionFilter {
  readonly verdict?: readonly Verdict[] | undefined
  readonly app?: string | undefined
  readonly tool?: string | undefined
  readonly agent?: string | undefined
  readonly session?: string | undefined
  readonly policy?: string | undefined
  readonly effect?: string | undefined
  readonly search?: string | undefined
  readonly since?: number | undefined
  readonly until?: number | undefined
}

export type Facet = 'verdict' | 'app' | 'tool' | 'agent' | 'effect' | 'policy'
export type Counts = Readonly<Record<string, number>>

export interface AgentRow {
  readonly id: string
  readonly hostname: string
  readonly platform: string
  readonly architecture: string
  readonly osRelease: string
  readonly agentVersion: string
  readonly group: string
  readonly enrolledAt: number
  readonly lastSeenAt?: number | undefined
  readonly certificateExpiresAt: number
  readonly revokedAt?: number | undefined
  /** Last health report, JSON as ingest wrote it. */
  readonly health?: string | undefined
  readonly healthAt?: number | undefined
}

export interface AlarmRow {
  readonly agent: string
  readonly code: string
  readonly text: string
  readonly at: number
}

export interface StoredRow {
  readonly epoch: number
  readonly seq: number
  readonly entries: number
  readonly dropped: number
}

export type BundleKind = 'policy' | 'model' | 'antibody'

export interface BundleRow {
  readonly kind: BundleKind
  readonly name: string
  readonly version: number
  /** SHA-256 of the manifest, lower-case hex. */
  readonly hash: string
  readonly manifest: Uint8Array
  readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array; readonly onHub: boolean }[]
  readonly created: number
  readonly expires: number
  readonly publishedBy: string
}

export interface BundleFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: Uint8Array
}

export interface BundleReportRow {
  readonly agent: string
  readonly kind: BundleKind
  readonly status: 'active' | 'shadow' | 'refused' | 'rolled-back'
  readonly name: string
  readonly version: number
  readonly manifestHash: string
  readonly code: string
  readonly detail: string
  readonly activeVersion: number
  readonly at: number
}

/** What a model reads. */
export type ModelTask = 'texts' | 'calls'
/** `active`: its scores count. `shadow`: they are counted and used for nothing. */
export type ModelPlace = 'active' | 'shadow'

export interface ModelReleaseRow extends Omit<BundleRow, 'kind'> {
  readonly task: ModelTask
  /** The card, JSON. */
  readonly card: string
  /** Hash of the release whose content this one carries again; empty for a new one. */
  readonly restores: string
  readonly bytes: number
}

/** One change of what agents are meant to run. */
export interface ModelPlacing {
  readonly task: ModelTask
  readonly place: ModelPlace
  /** Release in that place from then on; empty for the model that ships with agents, or none in the shadow. */
  readonly hash: string
  readonly at: number
  readonly by: string
}

/** What an agent said that it runs. */
export interface ModelStateRow {
  readonly agent: string
  readonly task: ModelTask
  readonly at: number
  /** JSON as distribute wrote it. */
  readonly state: string
}

export interface ModelEvaluationRow {
  readonly hash: string
  readonly at: number
  readonly by: string
  /** JSON. */
  readonly figures: string
}

export interface ApprovalRow {
  readonly id: string
  readonly decision: string
  readonly agent: string
  readonly hostname: string
  readonly question: string
  readonly askedAt: number
  readonly expiresAt: number
  readonly state: 'waiting' | 'approved' | 'denied' | 'expired'
  readonly answeredBy?: string | undefined
  readonly answeredAt?: number | undefined
}

export interface AuditRow {
  readonly id: string
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  /** JSON. */
  readonly detail: string
}

export interface PersonRow {
  readonly name: string
  readonly role: Role
  readonly tenant: string
  /** Empty when the person signs in by link only. */
  readonly passwordHash: string
}

export interface SessionRow {
  readonly name: string
  readonly role: Role
  readonly tenant: string
  readonly createdAt: number
  readonly expiresAt: number
}

export interface TokenRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tenant: string
  readonly createdAt: number
  readonly createdBy: string
  readonly expiresAt?: number | undefined
  readonly revoked: boolean
  readonly lastUsedAt?: number | undefined
}

export interface EnrolTokenRow {
  readonly id: string
  readonly tenant: string
  readonly group: string
  readonly uses: number
  readonly used: number
  readonly expires: number
  readonly createdBy: string
  readonly createdAt: number
  readonly revoked: boolean
}

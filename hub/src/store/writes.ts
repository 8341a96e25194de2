import type {
  AlarmRow,
  ApprovalRow,
  AuditRow,
  BundleFile,
  BundleReportRow,
  BundleRow,
  EnrolTokenRow,
  ModelEvaluationRow,
  ModelPlacing,
  ModelReleaseRow,
  ModelStateRow,
  PersonRow,
  Role,
  TokenRow,
} from './facts.ts'

/** Changes. Each is one transaction and durable once its promise resolves. */
export interface StoreWrites {
  addPerson(person: PersonRow): Promise<boolean>
  setPassword(name: string, passwordHash: string): Promise<boolean>
  addSignInLink(link: { readonly hash: Uint8Array; readonly name: string; readonly expiresAt: number }): Promise<void>
  /** Uses a one-time link up; undefined when unknown, used or expired. */
  takeSignInLink(hash: Uint8Array, now: number): Promise<string | undefined>
  addSession(session: {
    readonly hash: Uint8Array
    readonly name: string
    readonly createdAt: number
    readonly expiresAt: number
  }): Promise<void>
  extendSession(hash: Uint8Array, expiresAt: number): Promise<void>
  endSession(hash: Uint8Array): Promise<void>
  addToken(token: TokenRow & { readonly hash: Uint8Array }): Promise<void>
  tokenUsed(id: string, at: number): Promise<void>
  revokeToken(tenant: string, id: string): Promise<boolean>

  addEnrolToken(token: EnrolTokenRow & { readonly hash: Uint8Array }): Promise<void>
  revokeEnrolToken(tenant: string, id: string): Promise<boolean>
  /** Uses a token once and adds the agent, or says why not. */
  enrolAgent(enrolment: Enrolment): Promise<EnrolmentResult>
  rotatedAgent(rotation: {
    readonly tenant: string
    readonly agent: string
    readonly keyHash: string
    readonly certificateExpiresAt: number
  }): Promise<boolean>
  revokeAgent(tenant: string, agent: string, at: number): Promise<boolean>
  seenAgents(agents: readonly { readonly tenant: string; readonly agent: string; readonly at: number }[]): Promise<void>
  agentHealth(health: {
    readonly tenant: string
    readonly agent: string
    readonly agentVersion?: string
    readonly health: string
    readonly at: number
  }): Promise<void>
  raiseAlarm(tenant: string, alarm: AlarmRow): Promise<void>

  /** Keeps a release; false when its version is not newer than every other of its kind. */
  addBundle(tenant: string, bundle: BundleRow, files: readonly BundleFile[]): Promise<boolean>
  /** What an agent says of a model again and again is kept once. */
  bundleReport(tenant: string, report: BundleReportRow): Promise<void>

  /** Keeps a release; false when its version is not newer than every other of its task. */
  addModelRelease(tenant: string, release: ModelReleaseRow, files: readonly BundleFile[]): Promise<boolean>
  placeModel(tenant: string, placing: ModelPlacing): Promise<void>
  modelState(tenant: string, state: ModelStateRow): Promise<void>
  addModelEvaluation(tenant: string, evaluation: ModelEvaluationRow): Promise<void>

  askApproval(tenant: string, approval: Omit<ApprovalRow, 'hostname' | 'state' | 'answeredBy' | 'answeredAt'>): Promise<void>
  /** First answer wins; false when it was no longer waiting. */
  resolveApproval(tenant: string, resolution: ApprovalResolution): Promise<boolean>

  addAudit(tenant: string, entry: AuditRow): Promise<void>
}

export interface ApprovalResolution {
  readonly id: string
  readonly agent?: string
  readonly state: 'approved' | 'denied' | 'expired'
  readonly by: string
  readonly at: number
}

export interface Enrolment {
  readonly tokenId: string
  readonly tenant: string
  readonly agent: string
  readonly group: string
  readonly keyHash: string
  readonly hostname: string
  readonly platform: string
  readonly architecture: string
  readonly osRelease: string
  readonly agentVersion: string
  readonly at: number
  readonly certificateExpiresAt: number
}

export type EnrolmentResult = 'enrolled' | 'token-used-up' | 'token-expired' | 'token-revoked' | 'key-known'

export type { Role }

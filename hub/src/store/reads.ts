import type {
  AgentRow,
  AlarmRow,
  ApprovalRow,
  AuditRow,
  BundleFile,
  BundleReportRow,
  BundleRow,
  Counts,
  DecisionDetailRow,
  DecisionFilter,
  DecisionRow,
  EnrolTokenRow,
  Facet,
  ModelEvaluationRow,
  ModelPlacing,
  ModelReleaseRow,
  ModelStateRow,
  ModelTask,
  PersonRow,
  SessionRow,
  StoredRow,
  TokenRow,
} from './facts.ts'
import type { Page, PageQuery } from './page.ts'

/** Questions. Never in the way of ingest. */
export interface StoreReads {
  decisions(tenant: string, filter: DecisionFilter, page: PageQuery): Promise<Page<DecisionRow>>
  /** Decisions received after a position, oldest first. */
  decisionsAfter(tenant: string, received: number, limit: number): Promise<readonly DecisionRow[]>
  /** Position of the newest decision; 0 for none. */
  lastReceived(tenant: string): Promise<number>
  decision(tenant: string, id: string): Promise<DecisionDetailRow | undefined>
  /** Counts per value over the filter without the facet itself; at most 50 values each. */
  facets(tenant: string, filter: DecisionFilter): Promise<Readonly<Record<Facet, Counts>>>
  session(tenant: string, session: string, limit: number): Promise<readonly DecisionRow[]>
  /** Decisions per hour and verdict since a time, over all agents or one. */
  decisionsPerHour(
    tenant: string,
    since: number,
    agent?: string,
  ): Promise<readonly { readonly hour: number; readonly verdict: string; readonly count: number }[]>
  /** Per agent and verdict since a time. */
  decisionsPerAgent(
    tenant: string,
    since: number,
  ): Promise<readonly { readonly agent: string; readonly verdict: string; readonly count: number }[]>

  agents(tenant: string, page: PageQuery): Promise<Page<AgentRow>>
  allAgents(tenant: string): Promise<readonly AgentRow[]>
  agent(tenant: string, id: string): Promise<AgentRow | undefined>
  alarms(tenant: string, since: number): Promise<readonly AlarmRow[]>
  /** What is held of the agent's newest epoch, and totals over all epochs. */
  stored(tenant: string, agent: string): Promise<StoredRow>

  /** Newest version of a kind. */
  latestBundle(tenant: string, kind: string): Promise<BundleRow | undefined>
  bundle(tenant: string, kind: string, version: number): Promise<BundleRow | undefined>
  /** Whether any tenant has a bundle or model with this manifest. */
  bundleExists(hash: string): Promise<boolean>
  bundles(tenant: string, kind: string, page: PageQuery): Promise<Page<BundleRow>>
  /** In the order of the manifest. */
  bundleFiles(tenant: string, hash: string): Promise<readonly BundleFile[]>
  /** Newest report per agent on one version. */
  reportsOn(tenant: string, kind: string, version: number): Promise<readonly BundleReportRow[]>
  /** Newest report of each agent, whichever version. */
  latestReports(tenant: string, kind: string): Promise<readonly BundleReportRow[]>
  reportsOf(tenant: string, agent: string, limit: number): Promise<readonly BundleReportRow[]>

  /** Newest first, over all tasks. */
  modelReleases(tenant: string, page: PageQuery): Promise<Page<ModelReleaseRow>>
  modelRelease(tenant: string, task: ModelTask, version: number): Promise<ModelReleaseRow | undefined>
  modelReleaseByHash(tenant: string, hash: string): Promise<ModelReleaseRow | undefined>
  /** Highest release of a task; 0 when there is none. */
  latestModelVersion(tenant: string, task: ModelTask): Promise<number>
  /** What was placed where, oldest first; the last thousand. */
  modelPlacings(tenant: string, task: ModelTask): Promise<readonly ModelPlacing[]>
  modelStates(tenant: string): Promise<readonly ModelStateRow[]>
  /** Newest report of each agent on a release. */
  modelReports(tenant: string, hash: string): Promise<readonly BundleReportRow[]>
  /** Newest first; the last twenty. */
  modelEvaluations(tenant: string, hash: string): Promise<readonly ModelEvaluationRow[]>

  approvals(tenant: string, page: PageQuery & { readonly waiting: boolean; readonly now: number }): Promise<Page<ApprovalRow>>
  approval(tenant: string, id: string): Promise<ApprovalRow | undefined>
  waitingApprovals(tenant: string, now: number): Promise<number>

  audit(tenant: string, page: PageQuery): Promise<Page<AuditRow>>
  person(name: string): Promise<PersonRow | undefined>
  people(): Promise<number>
  personSession(hash: Uint8Array): Promise<SessionRow | undefined>
  token(hash: Uint8Array): Promise<TokenRow | undefined>
  tokens(tenant: string, page: PageQuery): Promise<Page<TokenRow>>
  enrolTokens(tenant: string, page: PageQuery): Promise<Page<EnrolTokenRow>>
  /** With the hash of its secret, to be compared in constant time. */
  enrolToken(id: string): Promise<(EnrolTokenRow & { readonly hash: Uint8Array }) | undefined>

  /** Every chain, for verification. */
  chains(): Promise<
    readonly {
      readonly tenant: string
      readonly agent: string
      readonly epoch: number
      readonly seq: number
      readonly hash: Uint8Array
      readonly entries: number
      readonly dropped: number
    }[]
  >
  /** Entries of one chain after a seq, in order. */
  chainEntries(
    chain: { readonly tenant: string; readonly agent: string; readonly epoch: number },
    after: number,
    limit: number,
  ): Promise<readonly { readonly seq: number; readonly hash: Uint8Array; readonly body: Uint8Array; readonly receivedAt: number }[]>
}

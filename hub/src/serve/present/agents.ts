import type { z } from 'zod'
import type { AgentHealth, AgentRow, AlarmRow, BundleReportRow, StoredRow } from '../../store/index.ts'
import type { agentDetailSchema, agentSummarySchema, bundleReportSchema } from '../schemas.ts'
import { isoTime } from './present.ts'

export type AgentSummary = z.infer<typeof agentSummarySchema>
export type AgentDetail = z.infer<typeof agentDetailSchema>
type Counts = Record<string, number>

const SILENT_AFTER_MS = 60_000
const SKEW_MS = 5 * 60_000
const EXPIRY_WARNING_MS = 3 * 86_400_000

export interface AgentCircumstances {
  readonly now: number
  /** A stream of the agent is open. */
  readonly live: boolean
  readonly alarms: readonly AlarmRow[]
  readonly decisions24h: Counts
}

export function agentSummary(row: AgentRow, circumstances: AgentCircumstances): AgentSummary {
  const health = healthOf(row)
  return {
    id: row.id,
    hostname: row.hostname,
    platform: row.platform,
    architecture: row.architecture,
    osRelease: row.osRelease,
    agentVersion: row.agentVersion,
    group: row.group,
    link: linkOf(row, circumstances),
    enrolledAt: isoTime(row.enrolledAt),
    ...(row.lastSeenAt === undefined ? {} : { lastSeenAt: isoTime(row.lastSeenAt) }),
    certificateExpiresAt: isoTime(row.certificateExpiresAt),
    ...(health === undefined || health.policy.name === '' ? {} : { policy: health.policy }),
    coverage: worstCoverage(health),
    unshippedEntries: health?.unshippedEntries ?? 0,
    problems: problemsOf(row, { health, circumstances }),
    decisions24h: circumstances.decisions24h,
  }
}

export interface AgentParts {
  readonly circumstances: AgentCircumstances
  readonly stored: StoredRow
  readonly reports: readonly BundleReportRow[]
}

export function agentDetail(row: AgentRow, { circumstances, stored, reports }: AgentParts): AgentDetail {
  const health = healthOf(row)
  return {
    ...agentSummary(row, circumstances),
    coverageByApp: (health?.coverage ?? []).map(({ lastDecisionAt, ...one }) => ({
      ...one,
      ...(lastDecisionAt > 0 ? { lastDecisionAt: isoTime(lastDecisionAt) } : {}),
    })),
    processes: (health?.processes ?? []).map(({ startedAt, ports, exposures, ...one }) => ({
      ...one,
      ports: ports.map((port) => ({ ...port })),
      exposures: [...exposures],
      ...(startedAt > 0 ? { startedAt: isoTime(startedAt) } : {}),
    })),
    modelFiles: (health?.modelFiles ?? []).map((one) => ({ ...one, modifiedAt: isoTime(one.modifiedAt), problems: [...one.problems] })),
    bundles: reports.map(bundleReport),
    stored,
    rssBytes: health?.rssBytes ?? 0,
    uptimeMs: health?.uptimeMs ?? 0,
    clockSkewMs: health?.clockSkewMs ?? 0,
    safeMode: health?.safeMode ?? false,
  }
}

export function healthOf(row: AgentRow): AgentHealth | undefined {
  // Written by ingest alone, already checked and cut there.
  return row.health === undefined ? undefined : (JSON.parse(row.health) as AgentHealth)
}

function bundleReport({ agent: _agent, at, ...report }: BundleReportRow): z.infer<typeof bundleReportSchema> {
  return { ...report, at: isoTime(at) }
}

function linkOf(row: AgentRow, { now, live }: AgentCircumstances): AgentSummary['link'] {
  if (row.revokedAt !== undefined) return 'revoked'
  return live || now - (row.lastSeenAt ?? 0) < SILENT_AFTER_MS ? 'connected' : 'silent'
}

function worstCoverage(health: AgentHealth | undefined): AgentSummary['coverage'] {
  const states = new Set(health?.coverage.map((one) => one.state))
  return (['unprotected', 'partial', 'protected'] as const).find((state) => states.has(state)) ?? 'unknown'
}

function problemsOf(
  row: AgentRow,
  { health, circumstances }: { readonly health: AgentHealth | undefined; readonly circumstances: AgentCircumstances },
): string[] {
  if (row.revokedAt !== undefined) return []
  const problems = [
    ...(health?.problems ?? []),
    ...circumstances.alarms.filter((alarm) => alarm.agent === row.id).map((alarm) => alarm.text),
  ]
  if (Math.abs(health?.clockSkewMs ?? 0) > SKEW_MS)
    problems.push(
      `Its clock is ${Math.round(Math.abs(health?.clockSkewMs ?? 0) / 60_000)} minutes off; times it reports are off by as much.`,
    )
  if (health?.safeMode === true)
    problems.push('It runs in safe mode after crashing repeatedly: it still decides, with the last good rules and without models.')
  if (row.certificateExpiresAt <= circumstances.now)
    problems.push('Its certificate has expired; enrol the machine again with `assize enroll`.')
  else if (row.certificateExpiresAt - circumstances.now < EXPIRY_WARNING_MS && !circumstances.live)
    problems.push('Its certificate expires within three days; it renews by itself once it connects.')
  return problems
}

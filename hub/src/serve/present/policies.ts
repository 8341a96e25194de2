import type { z } from 'zod'
import { parseManifest } from '@assize/kernel'
import type { AgentRow, BundleReportRow, BundleRow } from '../../store/index.ts'
import type { policySchema } from '../schemas.ts'
import { healthOf } from './agents.ts'
import { isoTime } from './present.ts'

type Policy = z.infer<typeof policySchema>

export interface PolicyParts {
  readonly agents: readonly AgentRow[]
  /** Newest report of each agent on this version. */
  readonly reports: readonly BundleReportRow[]
  /** Newest report of each agent on any version. */
  readonly latest: readonly BundleReportRow[]
  /** The newest release; agents are expected to move to it and to no other. */
  readonly newest: boolean
}

export function policyOf(bundle: BundleRow, parts: PolicyParts): Policy {
  const manifest = parseManifest(bundle.manifest)
  const key = bundle.signatures[0]
  const hostnames = new Map(parts.agents.map((agent) => [agent.id, agent.hostname]))
  return {
    name: bundle.name,
    version: bundle.version,
    hash: bundle.hash,
    created: isoTime(bundle.created),
    expires: isoTime(bundle.expires),
    publishedBy: bundle.publishedBy,
    signedBy: { keyId: key?.keyId ?? '', onHub: key?.onHub ?? false },
    agents: countAgents(bundle, parts),
    refusals: parts.reports
      .filter((report) => report.status !== 'active' && report.manifestHash === bundle.hash)
      .map(({ agent, code, detail, at }) => ({ agent, hostname: hostnames.get(agent) ?? '', code, detail, at: isoTime(at) })),
    files: manifest.ok ? manifest.manifest.files.map((file) => ({ ...file })) : [],
  }
}

/** From what agents report: in force, refused, or nothing heard yet. */
function countAgents(bundle: BundleRow, { agents, reports, latest, newest }: PolicyParts): Policy['agents'] {
  const counts = { active: 0, refused: 0, pending: 0 }
  const onThis = new Map(reports.map((report) => [report.agent, report]))
  const last = new Map(latest.map((report) => [report.agent, report]))
  for (const agent of agents) {
    if (agent.revokedAt !== undefined) continue
    if (hashInForce(agent, last.get(agent.id)) === bundle.hash) counts.active++
    else if (onThis.get(agent.id)?.manifestHash === bundle.hash && onThis.get(agent.id)?.status !== 'active') counts.refused++
    else if (newest) counts.pending++
  }
  return counts
}

/** What the agent last said is in force: its newest bundle report when that says so, else its health. */
function hashInForce(agent: AgentRow, last: BundleReportRow | undefined): string {
  return last?.status === 'active' ? last.manifestHash : (healthOf(agent)?.policy.hash ?? '')
}

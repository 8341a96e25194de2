import type { z } from 'zod'
import type { ModelStateSaid } from '../../distribute/index.ts'
import type { AgentRow, BundleReportRow, ModelEvaluationRow, ModelPlace, ModelReleaseRow, ModelStateRow } from '../../store/index.ts'
import type { modelSchema, modelStateSchema } from '../model-schemas.ts'
import { isoTime, parsedObject } from './present.ts'

type Model = z.infer<typeof modelSchema>
type ModelState = z.infer<typeof modelStateSchema>

export interface ModelParts {
  readonly agents: readonly AgentRow[]
  /** What every agent runs. */
  readonly states: readonly ModelStateRow[]
  /** Newest report of each agent on this release. */
  readonly reports: readonly BundleReportRow[]
  readonly evaluations: readonly ModelEvaluationRow[]
  readonly place: ModelPlace | undefined
}

export function modelOf(release: ModelReleaseRow, parts: ModelParts): Model {
  const key = release.signatures[0]
  const hostnames = new Map(parts.agents.map((agent) => [agent.id, agent.hostname]))
  return {
    task: release.task,
    name: release.name,
    version: release.version,
    modelVersion: Number(parsedObject(release.card)['version'] ?? 0),
    hash: release.hash,
    created: isoTime(release.created),
    expires: isoTime(release.expires),
    publishedBy: release.publishedBy,
    signedBy: { keyId: key?.keyId ?? '', onHub: key?.onHub ?? false },
    ...(release.restores === '' ? {} : { restores: release.restores }),
    bytes: release.bytes,
    ...(parts.place === undefined ? {} : { place: parts.place }),
    // Checked against the shape of a card before it was kept.
    card: parsedObject(release.card) as unknown as Model['card'],
    evaluations: parts.evaluations.map(({ at, by, figures }) => ({ at: isoTime(at), by, figures: parsedObject(figures) })),
    agents: countAgents(release, parts),
    refusals: parts.reports
      .filter(({ status }) => status === 'refused' || status === 'rolled-back')
      .map(({ agent, code, detail, at }) => ({ agent, hostname: hostnames.get(agent) ?? '', code, detail, at: isoTime(at) })),
  }
}

export function modelStateOf(row: ModelStateRow, hostname: string): ModelState {
  // Written by distribute alone, already checked and cut there.
  const said = JSON.parse(row.state) as ModelStateSaid
  const shown = (model: ModelStateSaid['active']) => model && { ...model, drifted: [...model.drifted] }
  return {
    agent: row.agent,
    hostname,
    task: row.task,
    mode: said.mode,
    ...(said.active && { active: shown(said.active) }),
    ...(said.shadow && { shadow: shown(said.shadow) }),
    ...(said.comparison && { comparison: said.comparison }),
    problems: [...said.problems],
    at: isoTime(row.at),
  }
}

/** From what agents say they run: active, in the shadow, refused, or nothing heard yet. */
function countAgents(release: ModelReleaseRow, { agents, states, reports, place }: ModelParts): Model['agents'] {
  const counts = { active: 0, shadow: 0, refused: 0, pending: 0 }
  const said = new Map(
    states.filter(({ task }) => task === release.task).map((row) => [row.agent, JSON.parse(row.state) as ModelStateSaid]),
  )
  const refused = new Set(reports.filter(({ status }) => status === 'refused' || status === 'rolled-back').map(({ agent }) => agent))
  for (const { id, revokedAt } of agents) {
    if (revokedAt !== undefined) continue
    if (said.get(id)?.active?.manifestHash === release.hash) counts.active += 1
    else if (said.get(id)?.shadow?.manifestHash === release.hash) counts.shadow += 1
    else if (refused.has(id)) counts.refused += 1
    else if (place !== undefined) counts.pending += 1
  }
  return counts
}

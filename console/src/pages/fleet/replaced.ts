import type { AgentDetail } from '../../api/types.ts'

type Report = Pick<AgentDetail['bundles'][number], 'kind' | 'name' | 'status' | 'at'>

/** Whether something else took a bundle's place since the agent said it was in force: any policy a policy's, a model that of its own name. */
export function replaced(report: Report, all: readonly Report[]): boolean {
  if (report.status !== 'active') return false
  return all.some(
    (other) =>
      other.status === 'active' &&
      other.kind === report.kind &&
      (report.kind === 'policy' || other.name === report.name) &&
      Date.parse(other.at) > Date.parse(report.at),
  )
}

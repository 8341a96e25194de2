import type { ReactNode } from 'react'
import type { ModelRelease } from '../../api/types.ts'

/** Where a release runs, is tried, refused, or still on its way; as agents report, not as hoped. */
export function ModelReach({ agents }: { readonly agents: ModelRelease['agents'] }): ReactNode {
  return (
    <span className="figures text-small text-soft">
      {agents.active} active · {agents.shadow} in the shadow ·{' '}
      {agents.refused === 0 ? '0 refused' : <span className="font-semibold text-deny-ink">{agents.refused} refused</span>} ·{' '}
      {agents.pending} pending
    </span>
  )
}

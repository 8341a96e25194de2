import type { ReactNode } from 'react'
import type { PolicyVersion } from '../../api/types.ts'

/** Where a version is in force, refused, or still on its way; as agents report, not as hoped. */
export function Reach({ agents }: { readonly agents: PolicyVersion['agents'] }): ReactNode {
  const total = Math.max(1, agents.active + agents.refused + agents.pending)
  return (
    <span className="flex flex-col gap-1">
      <span aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full bg-sunken">
        <span className="bg-good" style={{ width: `${(100 * agents.active) / total}%` }} />
        <span className="bg-deny" style={{ width: `${(100 * agents.refused) / total}%` }} />
        <span className="bg-line-strong" style={{ width: `${(100 * agents.pending) / total}%` }} />
      </span>
      <span className="figures text-small text-soft">
        {agents.active} active ·{' '}
        {agents.refused === 0 ? '0 refused' : <span className="font-semibold text-deny-ink">{agents.refused} refused</span>} ·{' '}
        {agents.pending} pending
      </span>
    </span>
  )
}

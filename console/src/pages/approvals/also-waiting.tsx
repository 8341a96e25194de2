import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Approval } from '../../api/types.ts'
import { Foreign } from '../../design/foreign.tsx'
import { span } from '../../design/format.ts'
import { Section } from '../../design/design.tsx'
import { useNow } from '../../design/time.tsx'

/** The other questions that wait, to be taken up in any order. */
export function AlsoWaiting({ approvals }: { readonly approvals: readonly Approval[] }): ReactNode {
  const now = useNow()
  if (approvals.length === 0) return null
  return (
    <Section flush title="Also waiting">
      <ul className="divide-y divide-line">
        {approvals.map((approval) => (
          <li key={approval.id}>
            <Link
              to="/approvals"
              search={{ at: approval.id }}
              replace
              className="grid gap-x-4 px-4 py-2.5 hover:bg-hover sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
            >
              <span className="truncate text-soft">
                <Foreign text={approval.hostname} />
              </span>
              <span className="truncate font-medium">
                <Foreign text={approval.question} />
              </span>
              <span className="figures text-small text-soft">{span(Date.parse(approval.expiresAt) - now)} left</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

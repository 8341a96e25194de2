import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Approval } from '../../api/types.ts'
import { Foreign } from '../../design/foreign.tsx'
import { Section } from '../../design/design.tsx'
import { Time } from '../../design/time.tsx'

const WORDS: Readonly<Record<Approval['state'], string>> = {
  waiting: 'Waiting',
  approved: 'Allowed',
  denied: 'Denied',
  expired: 'No answer in time',
}

/** Questions already settled, and by whom. */
export function Answered({ approvals }: { readonly approvals: readonly Approval[] }): ReactNode {
  if (approvals.length === 0) return null
  return (
    <Section flush title="Earlier questions">
      <ul className="divide-y divide-line">
        {approvals.map((approval) => (
          <li key={approval.id}>
            <Link
              to="/decisions/$id"
              params={{ id: approval.decision }}
              className="grid gap-x-4 px-4 py-2.5 hover:bg-hover sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
            >
              <span
                className={`font-medium ${approval.state === 'denied' ? 'text-deny-ink' : approval.state === 'expired' ? 'text-soft' : ''}`}
              >
                {WORDS[approval.state]}
              </span>
              <span className="truncate">
                <Foreign text={approval.question} />
              </span>
              <span className="text-small text-soft">
                {(approval.answeredBy ?? '') === '' ? '' : <Foreign text={`${approval.answeredBy}, `} />}
                <Time at={approval.answeredAt ?? approval.expiresAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

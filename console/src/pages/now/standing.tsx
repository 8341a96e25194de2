import { Link } from '@tanstack/react-router'
import { type LucideIcon, ShieldAlert, ShieldCheck, ShieldOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Overview } from '../../api/types.ts'
import { count } from '../../design/format.ts'
import { type Level, standingOf } from './standing-answer.ts'

const FACES: Readonly<Record<Level, { readonly icon: LucideIcon; readonly tone: string }>> = {
  good: { icon: ShieldCheck, tone: 'bg-good-wash text-good-ink' },
  gaps: { icon: ShieldAlert, tone: 'bg-ask-wash text-ask-ink' },
  bad: { icon: ShieldOff, tone: 'bg-deny-wash text-deny-ink' },
}

/** The one sentence a person reads first, with the numbers it rests on. */
export function Standing({ overview }: { readonly overview: Overview }): ReactNode {
  const { level, sentence } = standingOf(overview)
  const face = FACES[level]
  const Icon = face.icon
  return (
    <header className="card flex flex-wrap items-center gap-x-5 gap-y-4 p-5" data-standing={level}>
      <span className={`flex size-12 shrink-0 items-center justify-center rounded-xl ${face.tone}`}>
        <Icon size={26} aria-hidden="true" />
      </span>
      <h1 className="min-w-[min(18rem,100%)] flex-1 text-title font-semibold tracking-tight text-balance">{sentence}</h1>
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <Figure name="Machines" value={overview.agents.total} note={`${count(overview.agents.connected)} connected`} to="/fleet" />
        <Figure
          name="AI applications"
          value={overview.coverage.protected + overview.coverage.partial + overview.coverage.unprotected}
          note={`${count(overview.coverage.protected)} protected`}
          to="/fleet"
        />
        <Figure
          name="Questions"
          value={overview.waitingApprovals}
          note={overview.waitingApprovals === 0 ? 'none waiting' : 'waiting for you'}
          to="/approvals"
        />
      </dl>
    </header>
  )
}

function Figure({
  name,
  value,
  note,
  to,
}: {
  readonly name: string
  readonly value: number
  readonly note: string
  readonly to: '/fleet' | '/approvals'
}): ReactNode {
  return (
    <div>
      <dt className="eyebrow">{name}</dt>
      <dd>
        <Link to={to} className="flex items-baseline gap-1.5 hover:underline">
          <span className="figures text-figure font-semibold tracking-tight">{count(value)}</span>
          <span className="text-small text-soft">{note}</span>
        </Link>
      </dd>
    </div>
  )
}

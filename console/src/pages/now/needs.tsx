import { Link } from '@tanstack/react-router'
import { ChevronRight, CircleCheckBig, Hand, type LucideIcon, PlugZap, ScrollText, ShieldAlert, ShieldOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Overview } from '../../api/types.ts'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { counted } from '../../design/format.ts'
import { Section } from '../../design/design.tsx'
import { untoldProblems } from './untold-problems.ts'

interface Need {
  readonly key: string
  readonly icon: LucideIcon
  readonly ink: string
  readonly title: ReactNode
  readonly why: ReactNode
  readonly to:
    | { readonly to: '/approvals' }
    | { readonly to: '/policy' }
    | { readonly to: '/fleet/$id'; readonly params: { readonly id: string } }
}

const SHOWN = 8

/** What waits for a person, most pressing first. */
export function Needs({ overview }: { readonly overview: Overview }): ReactNode {
  const needs = needsOf(overview)
  return (
    <Section flush title="What needs you" aside={needs.length > SHOWN ? `${SHOWN} of ${needs.length}` : undefined}>
      {needs.length === 0 ? (
        <p className="flex items-center gap-2.5 p-4 text-soft">
          <CircleCheckBig size={17} className="text-good-ink" aria-hidden="true" /> Nothing. Questions, gaps in coverage and refused
          policies would stand here.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {needs.slice(0, SHOWN).map((need) => (
            <li key={need.key}>
              <NeedLine need={need} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function NeedLine({ need }: { readonly need: Need }): ReactNode {
  return (
    <Link {...need.to} className="flex items-center gap-3 px-4 py-3 hover:bg-hover">
      <need.icon size={18} aria-hidden="true" className={`shrink-0 ${need.ink}`} />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{need.title}</span>
        <span className="block text-soft">{need.why}</span>
      </span>
      <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-faint" />
    </Link>
  )
}

function needsOf(overview: Overview): readonly Need[] {
  const needs: Need[] = []
  if (overview.waitingApprovals > 0) {
    const title =
      overview.waitingApprovals === 1 ? 'One question waits for an answer' : `${overview.waitingApprovals} questions wait for an answer`
    needs.push({
      key: 'approvals',
      icon: Hand,
      ink: 'text-ask-ink',
      title,
      why: 'A call is held open until you say yes or no, or its time runs out.',
      to: { to: '/approvals' },
    })
  }
  if (overview.policy !== undefined && overview.policy.refused > 0) {
    const title = `${counted(overview.policy.refused, 'agent')} refused the newest policy`
    needs.push({
      key: 'policy',
      icon: ScrollText,
      ink: 'text-deny-ink',
      title,
      why: 'They keep the last good one in force. The reason each gave stands with the version.',
      to: { to: '/policy' },
    })
  }
  return [...needs, ...gaps(overview, 'unprotected'), ...problems(overview), ...gaps(overview, 'partial')]
}

function gaps(overview: Overview, state: 'unprotected' | 'partial'): readonly Need[] {
  const bad = state === 'unprotected'
  return overview.coverageReasons
    .filter((gap) => gap.state === state)
    .map((gap) => ({
      key: `${gap.agent} ${gap.app} ${state}`,
      icon: bad ? ShieldOff : ShieldAlert,
      ink: bad ? 'text-deny-ink' : 'text-ask-ink',
      title: (
        <>
          <Foreign text={gap.app} /> on <Foreign text={gap.hostname} /> is {bad ? 'not protected' : 'only partly protected'}
        </>
      ),
      why: <Prose text={gap.reason} />,
      to: { to: '/fleet/$id', params: { id: gap.agent } },
    }))
}

function problems(overview: Overview): readonly Need[] {
  return untoldProblems(overview).map((problem, at) => ({
    key: `problem ${at}`,
    icon: PlugZap,
    ink: 'text-ask-ink',
    title: <Foreign text={problem.hostname} />,
    why: <Prose text={problem.problem} />,
    to: { to: '/fleet/$id', params: { id: problem.agent } },
  }))
}

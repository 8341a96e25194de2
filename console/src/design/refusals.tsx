import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Section } from './design.tsx'
import { Foreign, Prose } from './foreign.tsx'
import { Time } from './time.tsx'

interface Refusal {
  readonly agent: string
  readonly hostname: string
  readonly code: string
  readonly detail: string
  readonly at: string
}

interface RefusalsProps {
  readonly title: string
  /** What stays in force where something was refused. */
  readonly aside: string
  readonly refusals: readonly Refusal[]
}

/** The machines that did not take something the hub handed out, each with its reason. */
export function Refusals({ title, aside, refusals }: RefusalsProps): ReactNode {
  return (
    <Section flush title={title} aside={aside}>
      <ul className="divide-y divide-line">
        {refusals.map((refusal) => (
          <li key={refusal.agent} className="grid items-start gap-x-4 gap-y-0.5 px-4 py-3 sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
            <Link to="/fleet/$id" params={{ id: refusal.agent }} className="font-medium hover:underline">
              <Foreign text={refusal.hostname} />
            </Link>
            <span className="min-w-0">
              <span className="block">
                <Prose text={refusal.detail} />
              </span>
              <code className="text-small text-faint">
                <Foreign text={refusal.code} />
              </code>
            </span>
            <span className="text-small text-soft">
              <Time at={refusal.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

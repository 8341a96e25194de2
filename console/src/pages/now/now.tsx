/** Am I protected, and what needs me? */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { overviewQuery } from '../../api/queries.ts'
import type { Overview } from '../../api/types.ts'
import { Page, PageHead, Section, useTitle } from '../../design/design.tsx'
import { Empty, Ready } from '../../design/states.tsx'
import { visible } from '../../design/visible.ts'
import { DecisionLine } from '../decisions/decision-row.tsx'
import { Day } from './day.tsx'
import { Needs } from './needs.tsx'
import { Standing } from './standing.tsx'

export function Now(): ReactNode {
  useTitle('Now')
  const query = useQuery(overviewQuery())
  return (
    <Page>
      <Ready query={query}>{(overview) => (overview.agents.total === 0 ? <Nobody /> : <Told overview={overview} />)}</Ready>
    </Page>
  )
}

function Told({ overview }: { readonly overview: Overview }): ReactNode {
  return (
    <div className="flex flex-col gap-5">
      <Standing overview={overview} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Needs overview={overview} />
          <RecentStops overview={overview} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Day overview={overview} />
          <InForce overview={overview} />
        </div>
      </div>
    </div>
  )
}

function RecentStops({ overview }: { readonly overview: Overview }): ReactNode {
  return (
    <Section
      flush
      title="Lately stopped or questioned"
      aside={
        <Link to="/decisions" search={{ verdict: ['deny', 'ask', 'quarantine', 'redact'] }} className="text-accent-ink hover:underline">
          All of them
        </Link>
      }
    >
      {overview.recentStops.length === 0 ? (
        <p className="p-4 text-soft">Nothing has been stopped or questioned. What is will appear here, with the reason.</p>
      ) : (
        <ol className="divide-y divide-line">
          {overview.recentStops.map((decision) => (
            <li key={decision.id}>
              <DecisionLine decision={decision} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function InForce({ overview }: { readonly overview: Overview }): ReactNode {
  const policy = overview.policy
  return (
    <Section title="Policy in force" aside={<PolicyLink />}>
      {policy === undefined ? (
        <p className="text-soft">
          Nothing is published from this hub; agents decide by the pack they were built with. Publish your own:{' '}
          <code>assize-hub policy publish DIR</code>
        </p>
      ) : (
        <div className="flex flex-col gap-1">
          <p className="text-head font-semibold">
            {visible(policy.name)} <span className="figures">v{policy.version}</span>
          </p>
          <p className="figures text-soft">
            active on {policy.active} · pending on {policy.pending} ·{' '}
            {policy.refused === 0 ? 'refused by none' : <span className="font-semibold text-deny-ink">refused by {policy.refused}</span>}
          </p>
        </div>
      )}
    </Section>
  )
}

function PolicyLink(): ReactNode {
  return (
    <Link to="/policy" className="text-accent-ink hover:underline">
      Versions
    </Link>
  )
}

function Nobody(): ReactNode {
  return (
    <>
      <PageHead title="Now" />
      <div className="card">
        <Empty title="No machine is protected yet" command="assize-hub enroll-token create">
          Once an agent is enrolled, this page says in one glance whether you are protected and what needs you. Make a token on the hub,
          then run <code>assize enroll --token -</code> on the machine and paste it.
        </Empty>
      </div>
    </>
  )
}

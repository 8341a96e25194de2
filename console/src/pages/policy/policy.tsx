/** What the rules are: each published version, and where it is truly in force. */

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { policiesQuery } from '../../api/queries.ts'
import type { PolicyVersion } from '../../api/types.ts'
import { Page, PageHead } from '../../design/design.tsx'
import { Empty, Ready } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import { Reach } from './reach.tsx'
import { Rules } from './rules.tsx'
import { Version } from './version.tsx'

const route = getRouteApi('/shell/policy')

export function Policy(): ReactNode {
  const query = useQuery(policiesQuery())
  return (
    <Page>
      <PageHead title="Policy" />
      <Ready query={query}>{(page) => (page.items.length === 0 ? <NoPolicy /> : <Versions versions={page.items} />)}</Ready>
    </Page>
  )
}

function Versions({ versions }: { readonly versions: readonly PolicyVersion[] }): ReactNode {
  const { version } = route.useSearch()
  const current = versions.find((one) => one.version === version) ?? versions[0]
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[19rem_minmax(0,1fr)]">
      <nav aria-label="Versions" className="card overflow-hidden">
        <ul className="divide-y divide-line">
          {versions.map((one) => (
            <li key={one.version}>
              <Link
                to="/policy"
                search={{ version: one.version }}
                aria-current={one === current ? 'true' : undefined}
                className={`flex flex-col gap-2 px-4 py-3 -outline-offset-2 ${one === current ? 'bg-hover' : 'hover:bg-hover'}`}
              >
                <span className="flex items-baseline gap-2">
                  <span className="figures font-semibold">
                    {visible(one.name)} v{one.version}
                  </span>
                  <span className="ml-auto text-small text-soft">
                    <Time at={one.created} />
                  </span>
                </span>
                <Reach agents={one.agents} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {current === undefined ? null : <Version version={current} />}
    </div>
  )
}

function NoPolicy(): ReactNode {
  return (
    <div className="flex flex-col gap-5">
      <div className="card">
        <Empty title="No policy has been published from this hub" command="assize-hub policy publish DIR">
          Agents decide by the balanced pack they were built with, whose rules stand below. Versions you publish stand here, with the agents
          that took them into force and the reasons of those that refused.
        </Empty>
      </div>
      <Rules version={0} />
    </div>
  )
}

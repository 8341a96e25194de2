/** Which models help to decide: each release with its card, and what every machine truly runs. */

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { modelsQuery, runningModelsQuery } from '../../api/queries.ts'
import type { ModelRelease } from '../../api/types.ts'
import { Page, PageHead } from '../../design/design.tsx'
import { Empty, Ready } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import { ModelReach } from './model-reach.tsx'
import { Release } from './release.tsx'
import { RunningModels } from './running-models.tsx'

const route = getRouteApi('/shell/models')

export function Models(): ReactNode {
  const releases = useQuery(modelsQuery())
  const running = useQuery(runningModelsQuery())
  return (
    <Page>
      <PageHead title="Models" />
      <div className="flex flex-col gap-5">
        <Ready query={running}>{(page) => <RunningModels models={page.items} />}</Ready>
        <Ready query={releases}>{(page) => (page.items.length === 0 ? <NoModel /> : <Releases releases={page.items} />)}</Ready>
      </div>
    </Page>
  )
}

function Releases({ releases }: { readonly releases: readonly ModelRelease[] }): ReactNode {
  const { release } = route.useSearch()
  const current = releases.find(({ hash }) => hash === release) ?? releases.find(({ place }) => place === 'active') ?? releases[0]
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[19rem_minmax(0,1fr)]">
      <nav aria-label="Releases" className="card overflow-hidden">
        <ul className="divide-y divide-line">
          {releases.map((one) => (
            <li key={one.hash}>
              <Link
                to="/models"
                search={{ release: one.hash }}
                aria-current={one === current ? 'true' : undefined}
                className={`flex flex-col gap-2 px-4 py-3 -outline-offset-2 ${one === current ? 'bg-hover' : 'hover:bg-hover'}`}
              >
                <span className="flex items-baseline gap-2">
                  <span className="figures font-semibold">
                    {visible(one.name)} {one.modelVersion}
                  </span>
                  <span className="ml-auto text-small text-soft">
                    <Time at={one.created} />
                  </span>
                </span>
                <span className="figures text-small text-soft">
                  release {one.version}, reads {one.task}
                </span>
                <ModelReach agents={one.agents} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {current === undefined ? null : <Release release={current} />}
    </div>
  )
}

function NoModel(): ReactNode {
  return (
    <div className="card">
      <Empty title="No model was added to this hub" command="assize-hub model add DIR">
        Agents came with models of their own, which stay off unless their configuration says otherwise. Releases you add stand here with
        what they were measured to do and what they must not be used for.
      </Empty>
    </div>
  )
}

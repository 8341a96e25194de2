/** Who is covered: every enrolled agent, as it reports itself. */

import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { agentsQuery } from '../../api/queries.ts'
import { Button } from '../../design/button.tsx'
import { counted } from '../../design/format.ts'
import { Page, PageHead } from '../../design/design.tsx'
import { Bones, Empty, Failure } from '../../design/states.tsx'
import { AgentRow, FleetHeads } from './agent-row.tsx'

export function Fleet(): ReactNode {
  const query = useInfiniteQuery(agentsQuery())
  const agents = query.data?.pages.flatMap((page) => page.items)
  return (
    <Page>
      <PageHead
        title="Fleet"
        note={
          agents === undefined || agents.length === 0 ? undefined : (
            <span className="figures">
              {counted(agents.length, 'agent')}
              {query.hasNextPage ? ' so far' : ''}
            </span>
          )
        }
      />
      {agents === undefined ? query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Bones /> : null}
      {agents?.length === 0 ? (
        <div className="card">
          <Empty title="No agent has enrolled" command="assize-hub enroll-token create">
            Each machine with an agent stands here with what it covers and what it does not. Make a token, then on the machine:{' '}
            <code>assize enroll --token -</code>
          </Empty>
        </div>
      ) : null}
      {agents === undefined || agents.length === 0 ? null : (
        <div className="card overflow-hidden">
          <FleetHeads />
          <ul className="divide-y divide-line">
            {agents.map((agent) => (
              <li key={agent.id}>
                <AgentRow agent={agent} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {query.hasNextPage ? (
        <div className="flex justify-center py-4">
          <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            Show more
          </Button>
        </div>
      ) : null}
    </Page>
  )
}

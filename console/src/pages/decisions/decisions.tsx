/** What AI did here: every decision as it is made, narrowed as the reader wishes. */

import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Pause, Play, SlidersHorizontal } from 'lucide-react'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useKeys } from '../../app/keys.ts'
import { Button } from '../../design/button.tsx'
import { useTitle } from '../../design/design.tsx'
import { Bones, Empty, Failure } from '../../design/states.tsx'
import { DecisionTable } from './decision-table.tsx'
import { Facets } from './facets.tsx'
import { SearchBox } from './search-box.tsx'
import { type DecisionSearch, filterOf, isFiltered } from './search.ts'
import { useDecisionList } from './use-decision-list.ts'

const route = getRouteApi('/shell/decisions')

export function Decisions(): ReactNode {
  useTitle('Decisions')
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = useCallback((next: DecisionSearch) => void navigate({ to: '/decisions', search: next, replace: true }), [navigate])
  const [facetsOpen, setFacetsOpen] = useState(false)
  const paused = search.paused === true
  const pause = useCallback(() => change(paused ? filterOf(search) : { ...search, paused: true }), [change, paused, search])
  useKeys(
    'Decisions',
    useMemo(() => [{ keys: 'p', does: 'Pause or go on', run: pause }], [pause]),
  )
  return (
    <div className="flex h-[calc(100dvh-6.5rem)] min-h-96 flex-col md:h-dvh">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-2.5 sm:px-6">
        <h1 className="text-head font-semibold tracking-tight">Decisions</h1>
        <SearchBox search={search} onChange={change} />
        <div className="ml-auto flex gap-2">
          <span className="lg:hidden">
            <Button pressed={facetsOpen} onClick={() => setFacetsOpen(!facetsOpen)}>
              <SlidersHorizontal size={14} aria-hidden="true" /> Filters
            </Button>
          </span>
          <Button pressed={paused} onClick={pause} hotkey="p">
            {paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
            {paused ? 'Paused' : 'Pause'}
          </Button>
        </div>
      </header>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <aside
          aria-label="Filters"
          className={`w-full shrink-0 overflow-y-auto border-line bg-surface px-4 py-4 max-lg:max-h-[60vh] max-lg:border-b lg:block lg:w-54 lg:border-r ${facetsOpen ? '' : 'hidden'}`}
        >
          <Facets search={search} onChange={change} />
        </aside>
        <Listed search={search} onChange={change} />
      </div>
    </div>
  )
}

function Listed({ search, onChange }: { readonly search: DecisionSearch; readonly onChange: (next: DecisionSearch) => void }): ReactNode {
  const [away, setAway] = useState(false)
  const filter = useMemo(() => filterOf(search), [search])
  const { query, decisions, held, release } = useDecisionList(filter, search.paused === true || away)
  if (query.isError && decisions.length === 0) return <Failure error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <div className="flex-1">{<Bones rows={12} />}</div>
  if (decisions.length === 0) {
    return (
      <div className="flex-1">
        <None filtered={isFiltered(search)} onClear={() => onChange({})} />
      </div>
    )
  }
  return (
    <DecisionTable
      decisions={decisions}
      held={held}
      onRelease={release}
      onAway={setAway}
      onEnd={() => void (query.hasNextPage && !query.isFetching && query.fetchNextPage())}
      more={query.hasNextPage}
    />
  )
}

function None({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }): ReactNode {
  if (filtered) {
    return (
      <Empty title="No decision matches these filters">
        <p className="mb-3">New ones that match will appear here as they are made.</p>
        <Button onClick={onClear}>Show all decisions</Button>
      </Empty>
    )
  }
  return (
    <Empty title="No decisions yet" command="assize mcp -- npx -y @modelcontextprotocol/server-filesystem .">
      Every tool call an AI makes through a gate appears here the moment it is decided. Put the gate in front of a tool server:
    </Empty>
  )
}

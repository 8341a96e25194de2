import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { type DecisionFilter, decisionsQuery } from '../../api/queries.ts'
import type { DecisionSummary } from '../../api/types.ts'
import { useLive } from '../../app/live-context.tsx'
import { arrive, merge, MOST_LIVE } from './merge.ts'
import { passes } from './search.ts'

interface Arrivals {
  readonly shown: readonly DecisionSummary[]
  readonly held: readonly DecisionSummary[]
}

const NONE: Arrivals = { shown: [], held: [] }

/** The decisions of a filter: fetched page by page, with newcomers from the live stream, which are held back while the reader is busy. */
export function useDecisionList(filter: DecisionFilter, hold: boolean) {
  const query = useInfiniteQuery(decisionsQuery(filter))
  const client = useQueryClient()
  const live = useLive()
  const key = JSON.stringify(filter)
  const [arrivals, setArrivals] = useState<{ readonly key: string; readonly of: Arrivals }>({ key, of: NONE })
  const mine = arrivals.key === key ? arrivals.of : NONE

  useEffect(
    () =>
      live.onDecisions((decisions) => {
        const fresh = decisions.filter((decision) => passes(filter, decision))
        if (fresh.length === 0) return
        setArrivals((had) => {
          const of = had.key === key ? had.of : NONE
          return { key, of: hold ? { ...of, held: arrive(of.held, fresh) } : { held: [], shown: arrive(of.shown, arrive(of.held, fresh)) } }
        })
      }),
    [live, filter, key, hold],
  )

  const tooMany = mine.shown.length > MOST_LIVE || mine.held.length > MOST_LIVE
  useEffect(() => {
    if (!tooMany) return
    void client.resetQueries({ queryKey: ['decisions', filter] }).then(() => setArrivals({ key, of: NONE }))
  }, [tooMany, client, filter, key])

  const fetched = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const decisions = useMemo(() => merge(hold ? mine.shown : arrive(mine.shown, mine.held), fetched), [mine, hold, fetched])
  const release = (): void => setArrivals({ key, of: { shown: arrive(mine.shown, mine.held), held: [] } })
  return { query, decisions, held: hold ? mine.held.length : 0, release }
}

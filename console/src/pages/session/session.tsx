/** The story of one session: every decision on one time line. */

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { sessionQuery } from '../../api/queries.ts'
import type { SessionDetail } from '../../api/types.ts'
import { useKeys } from '../../app/keys.ts'
import { Id } from '../../design/copy.tsx'
import { Foreign } from '../../design/foreign.tsx'
import { counted, span } from '../../design/format.ts'
import { Page, useTitle } from '../../design/design.tsx'
import { Ready } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { VERDICT_INK, VERDICT_WORD, VERDICTS, VerdictShape } from '../../design/verdict.tsx'
import { Moment } from './moment.tsx'

const route = getRouteApi('/shell/sessions/$id')

/** Stops whose cause is looked up and told on the line itself. */
const MOST_TOLD = 40

export function Session(): ReactNode {
  const { id } = route.useParams()
  const query = useQuery(sessionQuery(id))
  useTitle('Session')
  return (
    <Page>
      <Ready query={query}>{(session) => <Film session={session} />}</Ready>
    </Page>
  )
}

function Film({ session }: { readonly session: SessionDetail }): ReactNode {
  const [onlyStops, setOnlyStops] = useState(false)
  const shown = onlyStops ? session.decisions.filter((decision) => decision.verdict !== 'allow') : session.decisions
  const told = useMemo(
    () =>
      new Set(
        session.decisions
          .filter((decision) => decision.verdict !== 'allow')
          .slice(0, MOST_TOLD)
          .map((decision) => decision.id),
      ),
    [session],
  )
  const list = useRef<HTMLOListElement>(null)
  useMomentKeys(list)
  useArrival(list)
  return (
    <div className="flex flex-col gap-5">
      <Heading session={session} onlyStops={onlyStops} onToggle={() => setOnlyStops(!onlyStops)} />
      {shown.length === 0 ? (
        <p className="text-soft">Nothing in this session was stopped, questioned or changed.</p>
      ) : (
        <ol ref={list} className="card overflow-hidden py-2">
          {shown.map((decision, at) => (
            <Moment key={decision.id} decision={decision} after={gapBefore(shown, at)} because={told.has(decision.id)} />
          ))}
        </ol>
      )}
      {session.decisions.length < 1000 ? null : (
        <p className="text-small text-faint">The first 1,000 decisions are shown; the rest are in the decisions list.</p>
      )}
    </div>
  )
}

function Heading({
  session,
  onlyStops,
  onToggle,
}: {
  readonly session: SessionDetail
  readonly onlyStops: boolean
  readonly onToggle: () => void
}): ReactNode {
  const lasted = Date.parse(session.lastAt) - Date.parse(session.startedAt)
  return (
    <header className="flex flex-col gap-2">
      <nav aria-label="Breadcrumb" className="text-small text-faint">
        <Link to="/decisions" className="hover:text-ink hover:underline">
          Decisions
        </Link>
        <span aria-hidden="true"> / </span>session <Id value={session.id} name="session id" />
      </nav>
      <h1 className="text-title font-semibold tracking-tight">
        <Foreign text={session.app} /> for <Foreign text={session.user} /> on{' '}
        <Link
          to="/fleet/$id"
          params={{ id: session.agent }}
          className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          <Foreign text={session.hostname} />
        </Link>
      </h1>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-soft">
        <span>
          began <Time at={session.startedAt} />, lasted {span(lasted)}, {counted(session.decisions.length, 'decision')}
        </span>
        <Tally session={session} />
        <label className="ml-auto inline-flex items-center gap-2">
          <input type="checkbox" checked={onlyStops} onChange={onToggle} className="size-4 accent-accent" />
          Only what was not simply allowed
        </label>
      </div>
    </header>
  )
}

function Tally({ session }: { readonly session: SessionDetail }): ReactNode {
  return VERDICTS.map((verdict) => {
    const number = session.decisions.filter((decision) => decision.verdict === verdict).length
    if (number === 0) return null
    return (
      <span key={verdict} className={`figures inline-flex items-center gap-1.5 font-medium ${VERDICT_INK[verdict]}`}>
        <VerdictShape verdict={verdict} /> {number} {VERDICT_WORD[verdict].toLowerCase()}
      </span>
    )
  })
}

/** Milliseconds since the decision before, when that is long enough to tell. */
function gapBefore(decisions: SessionDetail['decisions'], at: number): number {
  const before = decisions[at - 1]
  const here = decisions[at]
  return before === undefined || here === undefined ? 0 : Date.parse(here.at) - Date.parse(before.at)
}

/** Comes to the decision named in the address, such as from its own page. */
function useArrival(list: React.RefObject<HTMLOListElement | null>): void {
  useEffect(() => {
    const id = window.location.hash.slice(1)
    if (id === '') return
    const link = list.current?.querySelector<HTMLElement>(`[data-decision="${CSS.escape(id)}"]`)
    link?.scrollIntoView({ block: 'center' })
    link?.focus({ preventScroll: true })
  }, [list])
}

function useMomentKeys(list: React.RefObject<HTMLOListElement | null>): void {
  const bindings = useMemo(() => {
    const move = (by: number): void => {
      const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-decision]') ?? [])]
      const at = links.findIndex((link) => link === document.activeElement)
      links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
    }
    return [
      { keys: 'j', does: 'Next decision', run: () => move(1) },
      { keys: 'k', does: 'Previous decision', run: () => move(-1) },
      { keys: 'Escape', does: 'Back', run: () => window.history.back() },
    ]
  }, [list])
  useKeys('Session', bindings)
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Keyboard } from 'lucide-react'
import type { ReactNode } from 'react'
import { overviewQuery } from '../api/queries.ts'
import { LiveLine, Person, ROW, ThemeButton } from './account.tsx'
import { PAGES } from './pages.ts'

/** Where to go, on wide screens. */
export function Sidebar({ onKeys }: { readonly onKeys: () => void }): ReactNode {
  return (
    <header className="sticky top-0 hidden h-dvh w-52 shrink-0 flex-col border-r border-line bg-surface px-3 py-4 md:flex">
      <Link to="/" className="mb-5 flex items-center gap-2.5 px-2 text-head font-semibold tracking-tight">
        <img src="/mark.svg" alt="" width={22} height={22} />
        Assize
      </Link>
      <nav aria-label="Pages" className="flex flex-col gap-0.5">
        {PAGES.map((page) => (
          <Link
            key={page.to}
            to={page.to}
            activeOptions={{ exact: page.to === '/', includeSearch: false }}
            className={ROW}
            activeProps={{ className: 'bg-hover font-medium !text-ink' }}
          >
            <page.icon size={16} aria-hidden="true" />
            {page.name}
            {page.to === '/approvals' ? <Waiting /> : null}
          </Link>
        ))}
      </nav>
      <div className="mt-auto flex flex-col gap-0.5">
        <LiveLine />
        <ThemeButton />
        <button type="button" className={ROW} onClick={onKeys}>
          <Keyboard size={16} aria-hidden="true" /> Keys
          <kbd className="ml-auto rounded border border-line-strong px-1.5 text-tiny">?</kbd>
        </button>
        <Person />
      </div>
    </header>
  )
}

/** Where to go, on narrow screens. */
export function BottomBar(): ReactNode {
  return (
    <nav aria-label="Pages" className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface md:hidden">
      {PAGES.map((page) => (
        <Link
          key={page.to}
          to={page.to}
          activeOptions={{ exact: page.to === '/', includeSearch: false }}
          className="relative flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-tiny text-soft"
          activeProps={{ className: 'font-semibold !text-accent-ink' }}
        >
          <page.icon size={19} aria-hidden="true" />
          {page.name}
          {page.to === '/approvals' ? (
            <span className="absolute top-1 left-1/2 ml-1.5">
              <Waiting />
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  )
}

function Waiting(): ReactNode {
  const { data } = useQuery(overviewQuery())
  if (data === undefined || data.waitingApprovals === 0) return null
  return (
    <span
      className="figures ml-auto rounded-full bg-ask-wash px-1.5 text-tiny font-semibold text-ask-ink"
      aria-label={`${data.waitingApprovals} waiting`}
    >
      {data.waitingApprovals}
    </span>
  )
}

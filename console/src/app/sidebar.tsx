import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut, Moon, Sun, SunMoon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { answer, hub } from '../api/client.ts'
import { meQuery, overviewQuery } from '../api/queries.ts'
import { visible } from '../design/visible.ts'
import { useLiveState } from './live-context.tsx'
import { PAGES } from './pages.ts'
import { applyTheme, nextTheme, readTheme } from './theme.ts'

const ROW = 'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-soft hover:bg-hover hover:text-ink'

/** Where to go, on wide screens. */
export function Sidebar({ onKeys }: { readonly onKeys: () => void }): ReactNode {
  return (
    <div className="sticky top-0 hidden h-dvh w-52 shrink-0 flex-col border-r border-line bg-surface px-3 py-4 md:flex">
      <Link to="/" className="mb-5 flex items-center gap-2.5 px-2 text-head font-semibold tracking-tight">
        <img src="/mark.svg" alt="" width={22} height={22} />
        Assize
      </Link>
      <nav aria-label="Pages" className="flex flex-col gap-0.5">
        {PAGES.map((page) => (
          <Link key={page.to} to={page.to} activeOptions={{ exact: page.to === '/', includeSearch: false }} className={ROW} activeProps={{ className: 'bg-hover font-medium !text-ink' }}>
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
    </div>
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
          {page.to === '/approvals' ? <span className="absolute top-1 left-1/2 ml-1.5">{<Waiting />}</span> : null}
        </Link>
      ))}
    </nav>
  )
}

function Waiting(): ReactNode {
  const { data } = useQuery(overviewQuery())
  if (data === undefined || data.waitingApprovals === 0) return null
  return (
    <span className="figures ml-auto rounded-full bg-ask-wash px-1.5 text-tiny font-semibold text-ask-ink" aria-label={`${data.waitingApprovals} waiting`}>
      {data.waitingApprovals}
    </span>
  )
}

function LiveLine(): ReactNode {
  const state = useLiveState()
  const word = state === 'live' ? 'Live' : state === 'lost' ? 'Not connected' : 'Connecting'
  const dot = state === 'live' ? 'bg-good' : state === 'lost' ? 'border-2 border-ask' : 'border-2 border-line-strong'
  return (
    <p className="flex h-8 items-center gap-2.5 px-2.5 text-soft" role="status">
      <span className="flex w-4 justify-center" aria-hidden="true">
        <span className={`size-2 rounded-full ${dot}`} />
      </span>
      {word}
    </p>
  )
}

function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState(readTheme)
  const Icon = theme === 'light' ? Sun : theme === 'dark' ? Moon : SunMoon
  const change = (): void => {
    const next = nextTheme(theme)
    applyTheme(next)
    setTheme(next)
  }
  return (
    <button type="button" className={ROW} onClick={change}>
      <Icon size={16} aria-hidden="true" />
      {theme === 'system' ? 'As the system' : theme === 'light' ? 'Light' : 'Dark'}
    </button>
  )
}

function Person(): ReactNode {
  const { data } = useQuery(meQuery())
  const client = useQueryClient()
  const navigate = useNavigate()
  const leave = async (): Promise<void> => {
    await answer(hub.POST('/api/v1/sign-out')).catch(() => undefined)
    client.clear()
    await navigate({ to: '/signin', search: {} })
  }
  if (data === undefined) return null
  return (
    <div className="mt-2 flex items-center gap-2 border-t border-line px-2.5 pt-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{visible(data.name)}</p>
        <p className="truncate text-small text-faint">
          {data.role} · {visible(data.tenant)}
        </p>
      </div>
      <button type="button" className="rounded p-1.5 text-soft hover:bg-hover hover:text-ink" aria-label="Sign out" title="Sign out" onClick={() => void leave()}>
        <LogOut size={15} aria-hidden="true" />
      </button>
    </div>
  )
}

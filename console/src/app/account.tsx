import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { LogOut, Moon, Sun, SunMoon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { answer, hub } from '../api/api.ts'
import { meQuery } from '../api/queries.ts'
import { visible } from '../design/visible.ts'
import { useLiveState } from './live-context.tsx'
import { applyTheme, nextTheme, readTheme } from './theme.ts'

/** Who is signed in, how the page looks, and whether the hub is heard. */

export const ROW = 'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-soft hover:bg-hover hover:text-ink'

export function LiveLine(): ReactNode {
  const state = useLiveState()
  const word = state === 'live' ? 'Live' : state === 'lost' ? 'Not connected' : 'Connecting'
  const dot = state === 'live' ? 'bg-good' : state === 'lost' ? 'border-2 border-ask' : 'border-2 border-line-strong'
  return (
    <output className="flex h-8 items-center gap-2.5 px-2.5 text-soft">
      <span className="flex w-4 justify-center" aria-hidden="true">
        <span className={`size-2 rounded-full ${dot}`} />
      </span>
      {word}
    </output>
  )
}

export function ThemeButton({ short = false }: { readonly short?: boolean }): ReactNode {
  const [theme, setTheme] = useState(readTheme)
  const Icon = theme === 'light' ? Sun : theme === 'dark' ? Moon : SunMoon
  const change = (): void => {
    const next = nextTheme(theme)
    applyTheme(next)
    setTheme(next)
  }
  const word = theme === 'system' ? 'As the system' : theme === 'light' ? 'Light' : 'Dark'
  return (
    <button type="button" className={ROW} onClick={change} aria-label={`Colours: ${word.toLowerCase()}`}>
      <Icon size={16} aria-hidden="true" />
      {short ? null : word}
    </button>
  )
}

export function Person(): ReactNode {
  const { data } = useQuery(meQuery())
  if (data === undefined) return null
  return (
    <div className="mt-2 flex items-center gap-2 border-t border-line px-2.5 pt-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{visible(data.name)}</p>
        <p className="truncate text-small text-faint">
          {data.role} · {visible(data.tenant)}
        </p>
      </div>
      <SignOut />
    </div>
  )
}

export function SignOut(): ReactNode {
  const client = useQueryClient()
  const navigate = useNavigate()
  const leave = async (): Promise<void> => {
    await answer(hub.POST('/api/v1/sign-out', { body: {} })).catch(() => undefined)
    await navigate({ to: '/sign-in', search: {} })
    client.clear()
  }
  return (
    <button
      type="button"
      className="rounded p-1.5 text-soft hover:bg-hover hover:text-ink"
      aria-label="Sign out"
      title="Sign out"
      onClick={() => void leave()}
    >
      <LogOut size={15} aria-hidden="true" />
    </button>
  )
}

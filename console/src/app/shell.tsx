import { Outlet, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { KeySheet } from './key-sheet.tsx'
import { useKeys } from './keys.ts'
import { HubBanner } from './hub-banner.tsx'
import { LiveProvider } from './live-context.tsx'
import { PAGES } from './pages.ts'
import { BottomBar, Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'

/** What stands around every page: where to go, who is signed in, whether the hub is heard. */
export function Shell(): ReactNode {
  const [keysOpen, setKeysOpen] = useState(false)
  useGlobalKeys(setKeysOpen)
  return (
    <LiveProvider>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:p-2"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh">
        <Sidebar onKeys={() => setKeysOpen(true)} />
        <div className="flex min-w-0 flex-1 flex-col pb-14 md:pb-0">
          <TopBar />
          <HubBanner />
          <main id="content" className="min-w-0 flex-1" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </div>
      <BottomBar />
      <KeySheet open={keysOpen} onOpenChange={setKeysOpen} />
    </LiveProvider>
  )
}

function useGlobalKeys(setKeysOpen: (open: boolean) => void): void {
  const navigate = useNavigate()
  const bindings = useMemo(
    () => [
      { keys: '?', does: 'This sheet', run: () => setKeysOpen(true) },
      ...PAGES.map((page) => ({ keys: page.keys, does: `Go to ${page.name}`, run: () => void navigate({ to: page.to }) })),
    ],
    [navigate, setKeysOpen],
  )
  useKeys('Everywhere', bindings)
}

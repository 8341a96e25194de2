import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LiveLine, SignOut, ThemeButton } from './account.tsx'

/** What the sidebar holds, in one line, on narrow screens. */
export function TopBar(): ReactNode {
  return (
    <header className="flex h-12 items-center gap-1 border-b border-line bg-surface px-3 md:hidden">
      <Link to="/" className="mr-auto flex items-center gap-2 font-semibold tracking-tight">
        <img src="/mark.svg" alt="" width={20} height={20} />
        Assize
      </Link>
      <LiveLine />
      <ThemeButton short />
      <SignOut />
    </header>
  )
}

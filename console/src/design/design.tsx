/** What every page is made of: tokens, type, page and section, badges, tables and graphs, laid down once. */

import { type ReactNode, useEffect } from 'react'

/** The head every page shares: its name as the window title and the first heading, and its actions on the right. */
export function PageHead({
  title,
  children,
  note,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly note?: ReactNode
}): ReactNode {
  useTitle(title)
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-4">
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      {note === undefined ? null : <div className="text-soft">{note}</div>}
      {children === undefined ? null : <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  )
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Assize`
  }, [title])
}

/** A page's body: measured width, even margins. */
export function Page({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }): ReactNode {
  return <div className={`mx-auto w-full px-4 py-5 sm:px-7 sm:py-6 ${wide ? 'max-w-[110rem]' : 'max-w-[76rem]'}`}>{children}</div>
}

/** A titled block on a page. */
export function Section({
  title,
  children,
  aside,
  flush = false,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly aside?: ReactNode
  readonly flush?: boolean
}): ReactNode {
  return (
    <section className="card min-w-0 overflow-hidden">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-2">
        <h2 className="font-semibold">{title}</h2>
        {aside === undefined ? null : <div className="text-small text-soft">{aside}</div>}
      </div>
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  )
}

/** Name and value, aligned; for facts about one thing. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

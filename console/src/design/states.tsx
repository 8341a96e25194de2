import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { asProblem } from '../api/problem.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy.tsx'
import { visible } from './visible.ts'

/** What stands where data is not: nothing yet, still coming, or failed. */

/** Says what would appear here, and the command that makes it appear. */
export function Empty(shown: {
  readonly title: string
  readonly children?: ReactNode
  readonly command?: string
  /** Nothing else heads the page. */
  readonly page?: boolean
}): ReactNode {
  const Title = shown.page === true ? 'h1' : 'p'
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-2 px-6 py-12 text-center">
      <Title className="text-head font-semibold">{shown.title}</Title>
      {shown.children === undefined ? null : <div className="text-prose text-soft">{shown.children}</div>}
      {shown.command === undefined ? null : <Command text={shown.command} />}
    </div>
  )
}

/** A command to run, ready to copy. */
export function Command({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="mt-1 inline-flex max-w-full items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
      <code className="min-w-0 text-left text-small break-all">{text}</code>
      <CopyButton text={text} label="Copy command" />
    </span>
  )
}

/** What happened, what it means for protection, what to do. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }): ReactNode {
  const problem = asProblem(error)
  return (
    <div role="alert" className="card mx-auto my-8 flex max-w-xl gap-3 p-5">
      <CircleAlert className="mt-0.5 shrink-0 text-deny-ink" size={18} aria-hidden="true" />
      <div className="flex flex-col gap-1.5">
        <p className="text-head font-semibold">{visible(problem.title)}</p>
        <p className="text-prose">{visible(problem.message)}</p>
        <p className="text-prose text-soft">{visible(problem.protection)}</p>
        <p className="text-prose text-soft">{visible(problem.remedy)}</p>
        {retry === undefined ? null : (
          <div className="mt-2">
            <Button onClick={retry}>Try again</Button>
          </div>
        )}
      </div>
    </div>
  )
}

/** Grey bones, shown only when the answer takes longer than a blink. */
export function Bones({ rows = 6 }: { readonly rows?: number }): ReactNode {
  return (
    <output className="late flex flex-col gap-3 p-4" aria-label="Loading">
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className={`bone h-5 ${['w-full', 'w-11/12', 'w-4/5'][at % 3]}`} />
      ))}
    </output>
  )
}

/** Draws a query's answer, or honestly what is there instead. Old data stays on screen when a refresh fails. */
export function Ready<Data>({
  query,
  children,
  bones,
}: {
  readonly query: UseQueryResult<Data>
  readonly children: (data: Data) => ReactNode
  readonly bones?: ReactNode
}): ReactNode {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />
  return bones ?? <Bones />
}

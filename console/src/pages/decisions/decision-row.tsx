import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DecisionSummary } from '../../api/types.ts'
import { Foreign } from '../../design/foreign.tsx'
import { micros } from '../../design/format.ts'
import { Time } from '../../design/time.tsx'
import { Answered, VerdictBadge, withoutVerdict } from '../../design/verdict.tsx'

const COLUMNS =
  '@xl:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,8.5rem)_5rem] @min-[56rem]:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,11rem)_4.5rem_5rem] @min-[72rem]:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,13rem)_minmax(0,8rem)_minmax(0,8rem)_4.5rem_5.5rem]'

/** The names of the columns. */
export function DecisionHeads(): ReactNode {
  return (
    <div
      aria-hidden="true"
      className={`hidden h-8 shrink-0 items-center gap-x-4 border-b border-line bg-canvas px-6 text-tiny font-medium text-faint @xl:grid ${COLUMNS}`}
    >
      <span>Verdict</span>
      <span>What happened</span>
      <span>Tool</span>
      <span className="hidden @min-[72rem]:block">App</span>
      <span className="hidden @min-[72rem]:block">Host</span>
      <span className="hidden text-right @min-[56rem]:block">Took</span>
      <span className="text-right">When</span>
    </div>
  )
}

interface RowProps {
  readonly decision: DecisionSummary
  readonly current?: boolean
  readonly onFocus?: () => void
}

const MORE = 'hidden truncate text-soft @min-[72rem]:block'

/** One decision as a line, or as two where space is narrow. */
export function DecisionRow({ decision, current, onFocus }: RowProps): ReactNode {
  return (
    <Link
      to="/decisions/$id"
      params={{ id: decision.id }}
      data-decision={decision.id}
      onFocus={onFocus}
      preload={false}
      className={`grid h-full grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-3 gap-y-0.5 border-b border-line px-4 -outline-offset-2 hover:bg-hover @xl:gap-x-4 @xl:px-6 ${COLUMNS} ${current === true ? 'bg-hover' : ''}`}
    >
      <span>
        <VerdictBadge verdict={decision.verdict} />
      </span>
      <span className={`truncate @max-xl:col-span-2 ${decision.verdict === 'allow' ? '' : 'font-medium'}`}>
        <Answered answer={decision.answer} />
        <Foreign text={withoutVerdict(decision.title)} />
      </span>
      <code className="truncate text-soft @max-xl:col-span-2">
        <Foreign text={toolOf(decision)} />
      </code>
      <span className={MORE}>
        <Foreign text={decision.app} />
      </span>
      <span className={MORE}>
        <Foreign text={decision.hostname} />
      </span>
      <span className="figures hidden text-right text-small text-soft @min-[56rem]:block">{micros(decision.micros)}</span>
      <span className="text-right text-small text-soft @max-xl:col-start-2 @max-xl:row-start-1">
        <Time at={decision.at} />
      </span>
    </Link>
  )
}

/** One decision with its whole sentence, for short lists. */
export function DecisionLine({ decision }: { readonly decision: DecisionSummary }): ReactNode {
  return (
    <Link
      to="/decisions/$id"
      params={{ id: decision.id }}
      preload={false}
      className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-3 -outline-offset-2 hover:bg-hover"
    >
      <span className="w-26 shrink-0">
        <VerdictBadge verdict={decision.verdict} />
      </span>
      <span className="min-w-0 max-sm:order-last max-sm:w-full sm:flex-1">
        <span className="line-clamp-2 font-medium">
          <Answered answer={decision.answer} />
          <Foreign text={withoutVerdict(decision.title)} />
        </span>
        <span className="block truncate text-small text-soft">
          <code>
            <Foreign text={toolOf(decision)} />
          </code>{' '}
          on <Foreign text={decision.hostname} />
        </span>
      </span>
      <span className="shrink-0 text-small text-soft max-sm:ml-auto">
        <Time at={decision.at} />
      </span>
    </Link>
  )
}

function toolOf(decision: DecisionSummary): string {
  return decision.server === '' ? decision.tool : `${decision.server}/${decision.tool}`
}

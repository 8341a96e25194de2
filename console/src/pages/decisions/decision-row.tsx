import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DecisionSummary } from '../../api/types.ts'
import { Foreign } from '../../design/foreign.tsx'
import { micros } from '../../design/format.ts'
import { Time } from '../../design/time.tsx'
import { VerdictBadge } from '../../design/verdict.tsx'

const COLUMNS = 'sm:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,11rem)_5rem_5.5rem] xl:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,12rem)_minmax(0,8rem)_minmax(0,8rem)_4.5rem_5.5rem]'

/** The names of the columns. */
export function DecisionHeads(): ReactNode {
  return (
    <div aria-hidden="true" className={`hidden h-8 shrink-0 items-center gap-x-4 border-b border-line bg-canvas px-6 text-tiny font-medium text-faint sm:grid ${COLUMNS}`}>
      <span>Verdict</span>
      <span>What happened</span>
      <span>Tool</span>
      <span className="hidden xl:block">App</span>
      <span className="hidden xl:block">Host</span>
      <span className="text-right">Took</span>
      <span className="text-right">When</span>
    </div>
  )
}

interface RowProps {
  readonly decision: DecisionSummary
  readonly current?: boolean
  /** Only verdict, sentence, tool and time. */
  readonly short?: boolean
  readonly onFocus?: () => void
}

const SHORT = 'sm:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,9rem)_4.5rem]'

/** One decision as a line, or as two on a narrow screen. */
export function DecisionRow({ decision, current, short = false, onFocus }: RowProps): ReactNode {
  const more = short ? 'hidden' : 'hidden xl:block'
  const tool = decision.server === '' ? decision.tool : `${decision.server}/${decision.tool}`
  return (
    <Link
      to="/decisions/$id"
      params={{ id: decision.id }}
      data-decision={decision.id}
      onFocus={onFocus}
      preload={false}
      className={`grid h-full grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line px-4 outline-offset-[-2px] hover:bg-hover sm:gap-x-4 ${short ? SHORT : `sm:px-6 ${COLUMNS}`} ${current === true ? 'bg-hover' : ''}`}
    >
      <span className="max-sm:row-span-2">
        <VerdictBadge verdict={decision.verdict} />
      </span>
      <span className={`truncate ${decision.verdict === 'allow' ? '' : 'font-medium'}`}>
        <Foreign text={decision.title} />
      </span>
      <span className="truncate text-soft max-sm:col-start-2 max-sm:row-start-2">
        <code>
          <Foreign text={tool} />
        </code>
      </span>
      <span className={`truncate text-soft ${more}`}>
        <Foreign text={decision.app} />
      </span>
      <span className={`truncate text-soft ${more}`}>
        <Foreign text={decision.hostname} />
      </span>
      <span className={`figures text-right text-small text-soft ${short ? 'hidden' : 'hidden sm:block'}`}>{micros(decision.micros)}</span>
      <span className="text-right text-small text-soft max-sm:col-start-3 max-sm:row-start-1">
        <Time at={decision.at} />
      </span>
    </Link>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { decisionQuery } from '../../api/queries.ts'
import type { DecisionSummary } from '../../api/types.ts'
import { Foreign } from '../../design/foreign.tsx'
import { span } from '../../design/format.ts'
import { Time } from '../../design/time.tsx'
import { Answered, VERDICT_INK, VERDICT_WORD, VerdictShape, withoutVerdict } from '../../design/verdict.tsx'
import { TrustLabel } from '../../design/trust.tsx'
import { taintedSources } from '../decision/picture.ts'
import { readRecord } from '../decision/record.ts'
import { effectWords, sourceWords } from '../decision/words.ts'

const WORTH_TELLING = 600_000

/** One decision on the time line: when, what became of it, what it was and, with `because`, which untrusted text led to it. */
export function Moment({
  decision,
  after,
  because,
}: {
  readonly decision: DecisionSummary
  readonly after: number
  readonly because: boolean
}): ReactNode {
  const stopped = decision.verdict !== 'allow'
  return (
    <li className="relative">
      {after < WORTH_TELLING ? null : <p className="py-1 pl-[7.4rem] text-tiny text-faint max-sm:pl-14">{span(after)} later</p>}
      <span aria-hidden="true" className="absolute inset-y-0 left-[6.05rem] w-px bg-line max-sm:left-8" />
      <Link
        to="/decisions/$id"
        params={{ id: decision.id }}
        data-decision={decision.id}
        className="relative grid grid-cols-[3.75rem_1.5rem_minmax(0,1fr)] items-start gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-hover max-sm:grid-cols-[1.5rem_minmax(0,1fr)] sm:px-5"
      >
        <span className="figures pt-0.5 text-right text-small text-soft max-sm:hidden">
          <Time at={decision.at} absolute />
        </span>
        <span
          className={`flex size-6 items-center justify-center rounded-full border bg-surface ${VERDICT_INK[decision.verdict]} ${stopped ? 'border-current' : 'border-line'}`}
        >
          <VerdictShape verdict={decision.verdict} size={13} />
        </span>
        <span className="min-w-0 pt-0.5">
          <span className="flex flex-wrap items-baseline gap-x-2">
            {stopped ? (
              <span className={`font-semibold ${VERDICT_INK[decision.verdict]}`}>{VERDICT_WORD[decision.verdict]}</span>
            ) : (
              <span className="sr-only">Allowed</span>
            )}
            <span className={stopped ? 'font-medium' : ''}>
              <Answered answer={decision.answer} />
              <Foreign text={withoutVerdict(decision.title)} />
            </span>
          </span>
          <span className="flex flex-wrap gap-x-3 text-small text-soft">
            <code>
              <Foreign text={decision.server === '' ? decision.tool : `${decision.server}/${decision.tool}`} />
            </code>
            {decision.effectClasses.length === 0 ? null : <span>{decision.effectClasses.map(effectWords).join(', ')}</span>}
            <span className="text-faint">
              <Foreign text={decision.gate} />
            </span>
          </span>
          {because ? <Cause id={decision.id} /> : null}
        </span>
      </Link>
    </li>
  )
}

/** The untrusted texts that reached an effect of this call. */
function Cause({ id }: { readonly id: string }): ReactNode {
  const { data } = useQuery({ ...decisionQuery(id), staleTime: Number.POSITIVE_INFINITY })
  const sources = useMemo(() => (data === undefined ? [] : taintedSources(readRecord(data.entry).decision)), [data])
  return sources.map((source) => (
    <span key={source.id} className="mt-1 flex flex-wrap items-center gap-x-2 text-small">
      <span className="text-soft">because of</span>
      <span className="font-medium">{sourceWords(source)}</span>
      {source.origin === undefined ? null : (
        <span className="text-soft">
          <Foreign text={source.origin} />
        </span>
      )}
      <TrustLabel trust={source.integrity} />
    </span>
  ))
}

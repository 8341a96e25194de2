import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { decisionQuery } from '../../api/queries.ts'
import type { Approval } from '../../api/types.ts'
import { Button } from '../../design/button.tsx'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { counted, span } from '../../design/format.ts'
import { Bones } from '../../design/states.tsx'
import { Time, useNow } from '../../design/time.tsx'
import { VerdictBadge } from '../../design/verdict.tsx'
import { pictureOf } from '../decision/picture.ts'
import { ProvenanceList } from '../decision/provenance-list.tsx'
import { readRecord } from '../decision/record.ts'

export interface Reply {
  readonly approved: boolean
  readonly scope: 'once' | 'session' | 'always'
}

interface QuestionProps {
  readonly approval: Approval
  /** How many other questions ask the same. */
  readonly like: number
  readonly mayAnswer: boolean
  readonly busy: boolean
  readonly onReply: (reply: Reply) => void
}

/** One question with what is needed to answer it. */
export function Question({ approval, like, mayAnswer, busy, onReply }: QuestionProps): ReactNode {
  const now = useNow()
  const left = Date.parse(approval.expiresAt) - now
  return (
    <article className="card overflow-hidden" data-approval={approval.id}>
      <div className="flex flex-col gap-3 px-4 py-5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-soft">
          <VerdictBadge verdict="ask" />
          <Link to="/fleet/$id" params={{ id: approval.agent }} className="hover:text-ink hover:underline">
            <Foreign text={approval.hostname} />
          </Link>
          <span>
            asked <Time at={approval.askedAt} />
          </span>
          <span className="figures">{left > 0 ? `${span(left)} left to answer` : 'time is up'}</span>
          {like === 0 ? null : <span>{counted(like, 'other question')} like it</span>}
        </div>
        <h2 className="text-title font-semibold tracking-tight text-balance">
          <Foreign text={approval.question} />
        </h2>
      </div>
      <Grounds id={approval.decision} />
      <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-4 py-3.5">
        <Button tone="primary" hotkey="a" disabled={!mayAnswer || busy} onClick={() => onReply({ approved: true, scope: 'once' })}>
          Allow once
        </Button>
        <Button hotkey="s" disabled={!mayAnswer || busy} onClick={() => onReply({ approved: true, scope: 'session' })}>
          Allow for this session
        </Button>
        <Button tone="danger" hotkey="d" disabled={!mayAnswer || busy} onClick={() => onReply({ approved: false, scope: 'once' })}>
          Deny
        </Button>
        {mayAnswer ? null : <p className="text-soft">Your role may look but not answer. An administrator can make you an approver.</p>}
        <Link to="/decisions/$id" params={{ id: approval.decision }} className="ml-auto text-accent-ink hover:underline">
          The whole decision
        </Link>
      </footer>
    </article>
  )
}

function Grounds({ id }: { readonly id: string }): ReactNode {
  const query = useQuery(decisionQuery(id))
  const decision = useMemo(() => (query.data === undefined ? undefined : readRecord(query.data.entry).decision), [query.data])
  if (query.isPending) return <Bones rows={3} />
  if (decision === undefined)
    return (
      <p className="border-t border-line px-4 py-3.5 text-soft">The decision itself has not reached this hub yet; the machine holds it.</p>
    )
  const remedy = decision.reasons.find((reason) => reason.verdict === 'ask')?.remedy
  return (
    <div className="border-t border-line">
      {remedy === undefined ? null : (
        <p className="px-4 pt-3.5 text-prose">
          <Prose text={remedy} />
        </p>
      )}
      <ProvenanceList picture={pictureOf(decision)} />
    </div>
  )
}

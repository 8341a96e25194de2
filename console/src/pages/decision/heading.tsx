import { Link } from '@tanstack/react-router'
import { Film } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DecisionDetail } from '../../api/types.ts'
import { CopyButton, Id } from '../../design/copy.tsx'
import { Foreign } from '../../design/foreign.tsx'
import { micros } from '../../design/format.ts'
import { Time } from '../../design/time.tsx'
import { VERDICT_INK, VERDICT_WORD, VerdictBadge, VerdictShape } from '../../design/verdict.tsx'
import type { DecisionRecord } from './record.ts'

/** The verdict in one plain sentence, who and where, what would change it, and ways to take it along. */
export function Heading({ detail, record }: { readonly detail: DecisionDetail; readonly record: DecisionRecord }): ReactNode {
  const counterfactual = record.decision.counterfactual
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Breadcrumb" className="text-small text-faint">
        <Link to="/decisions" className="hover:text-ink hover:underline">
          Decisions
        </Link>
        <span aria-hidden="true"> / </span>
        <Id value={detail.id} name="decision id" />
      </nav>
      <div className="flex flex-wrap items-start gap-3">
        <VerdictBadge verdict={detail.verdict} large />
        <h1 className="min-w-[min(20rem,100%)] flex-1 text-title font-semibold tracking-tight text-balance">
          <Foreign text={record.decision.summary === '' ? detail.title : record.decision.summary} />
        </h1>
      </div>
      <Who detail={detail} chain={record.principal.chain} />
      {counterfactual === undefined ? null : (
        <p className="flex items-start gap-x-2.5 rounded-lg border border-line bg-surface px-3.5 py-2.5 text-prose">
          <span className={`mt-1 ${VERDICT_INK[counterfactual.verdict]}`} title={VERDICT_WORD[counterfactual.verdict]}>
            <VerdictShape verdict={counterfactual.verdict} size={15} />
          </span>
          <Foreign text={counterfactual.text} />
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Link
          to="/sessions/$id"
          params={{ id: detail.session }}
          hash={detail.id}
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-small font-medium hover:bg-hover"
        >
          <Film size={14} aria-hidden="true" /> The whole session
        </Link>
        <CopyButton text={`assize explain ${detail.id}`} label="Copy the command that tells the same on the machine">
          assize explain
        </CopyButton>
        <CopyButton text={JSON.stringify(detail.entry, null, 2)} label="Copy the record as JSON">
          JSON
        </CopyButton>
        <CopyButton text={window.location.href} label="Copy a link to this page">
          Link
        </CopyButton>
      </div>
    </header>
  )
}

function Who({ detail, chain }: { readonly detail: DecisionDetail; readonly chain: readonly string[] }): ReactNode {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-soft">
      <strong className="font-semibold text-ink">
        <Foreign text={detail.app} />
      </strong>
      {chain.map((name) => (
        <span key={name}>
          → <Foreign text={name} />
        </span>
      ))}
      <span>
        called{' '}
        <code className="text-ink">
          <Foreign text={detail.server === '' ? detail.tool : `${detail.server}/${detail.tool}`} />
        </code>
      </span>
      <span>
        for <Foreign text={detail.user} /> on{' '}
        <Link to="/fleet/$id" params={{ id: detail.agent }} className="underline decoration-line-strong underline-offset-2 hover:text-ink">
          <Foreign text={detail.hostname} />
        </Link>
      </span>
      <span aria-hidden="true">·</span>
      <Time at={detail.at} />
      <span aria-hidden="true">·</span>
      <span className="figures">decided in {micros(detail.micros)}</span>
      <span aria-hidden="true">·</span>
      <span>
        at the <Foreign text={detail.gate} /> gate
      </span>
    </p>
  )
}

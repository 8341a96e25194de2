import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AgentSummary } from '../../api/types.ts'
import { Coverage, LinkStateLabel } from '../../design/coverage.tsx'
import { Foreign } from '../../design/foreign.tsx'
import { count } from '../../design/format.ts'
import { PolicyName } from '../../design/policy-name.tsx'
import { Time } from '../../design/time.tsx'
import { VERDICT_INK, VERDICT_WORD, VERDICTS, VerdictShape } from '../../design/verdict.tsx'

const COLUMNS = 'lg:grid-cols-[minmax(0,2fr)_7.5rem_8rem_minmax(0,1.3fr)_minmax(0,1.4fr)]'

export function FleetHeads(): ReactNode {
  return (
    <div
      aria-hidden="true"
      className={`hidden h-8 items-center gap-x-4 border-b border-line bg-canvas px-4 text-tiny font-medium text-faint lg:grid ${COLUMNS}`}
    >
      <span>Machine</span>
      <span>Link</span>
      <span>Coverage</span>
      <span>Policy in force</span>
      <span>Last 24 hours</span>
    </div>
  )
}

/** One machine in a line. */
export function AgentRow({ agent }: { readonly agent: AgentSummary }): ReactNode {
  return (
    <Link
      to="/fleet/$id"
      params={{ id: agent.id }}
      className={`grid grid-cols-2 items-center gap-x-4 gap-y-2 px-4 py-3 -outline-offset-2 hover:bg-hover ${COLUMNS}`}
    >
      <span className="min-w-0 max-lg:col-span-2">
        <span className="block truncate font-semibold">
          <Foreign text={agent.hostname} />
        </span>
        <span className="block truncate text-small text-soft">
          <Foreign text={`${agent.platform} ${agent.architecture}`} /> · agent <Foreign text={agent.agentVersion} />
          {agent.group === '' ? null : (
            <>
              {' · '}
              <Foreign text={agent.group} />
            </>
          )}
        </span>
      </span>
      <span className="min-w-0">
        <LinkStateLabel state={agent.link} />
        <span className="block text-small text-faint">
          {agent.lastSeenAt === undefined ? 'never seen' : agent.link === 'connected' ? null : <Time at={agent.lastSeenAt} />}
        </span>
      </span>
      <span>
        <Coverage state={agent.coverage} />
      </span>
      <span className="min-w-0">
        <PolicyOf agent={agent} />
      </span>
      <span className="min-w-0">
        <Counts agent={agent} />
        {agent.problems.length === 0 ? null : (
          <span className="block truncate text-small text-ask-ink">
            <Foreign text={agent.problems[0] ?? ''} />
          </span>
        )}
      </span>
    </Link>
  )
}

function PolicyOf({ agent }: { readonly agent: AgentSummary }): ReactNode {
  if (agent.policy === undefined) return <span className="text-soft">not reported</span>
  return <PolicyName name={agent.policy.name} version={agent.policy.version} />
}

function Counts({ agent }: { readonly agent: AgentSummary }): ReactNode {
  const shown = VERDICTS.toReversed().filter((verdict) => (agent.decisions24h[verdict] ?? 0) > 0)
  if (shown.length === 0) return <span className="text-soft">no decisions</span>
  return (
    <span className="figures flex flex-wrap gap-x-3">
      {shown.map((verdict) => (
        <span key={verdict} className={`inline-flex items-center gap-1 ${VERDICT_INK[verdict]}`} title={VERDICT_WORD[verdict]}>
          <VerdictShape verdict={verdict} size={12} />
          <span className="sr-only">{VERDICT_WORD[verdict]}</span>
          {count(agent.decisions24h[verdict] ?? 0)}
        </span>
      ))}
    </span>
  )
}

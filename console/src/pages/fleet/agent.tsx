import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { agentQuery } from '../../api/queries.ts'
import type { AgentDetail } from '../../api/types.ts'
import { useKeys } from '../../app/keys.ts'
import { Id } from '../../design/copy.tsx'
import { Coverage, LinkStateLabel } from '../../design/coverage.tsx'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { bytes, count, span } from '../../design/format.ts'
import { Facts, Page, Section, useTitle } from '../../design/design.tsx'
import { Ready } from '../../design/states.tsx'
import { PolicyName } from '../../design/policy-name.tsx'
import { Time } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import { Bundles } from './bundles.tsx'
import { ModelFiles, Processes } from './inventory.tsx'

const route = getRouteApi('/shell/fleet/$id')

/** One machine as its agent reports it: what is covered and why not, what runs there, how the agent itself fares. */
export function Agent(): ReactNode {
  const { id } = route.useParams()
  const query = useQuery(agentQuery(id))
  useKeys(
    'Machine',
    useMemo(() => [{ keys: 'Escape', does: 'Back', run: () => window.history.back() }], []),
  )
  return (
    <Page>
      <Ready query={query}>{(agent) => <Machine agent={agent} />}</Ready>
    </Page>
  )
}

function Machine({ agent }: { readonly agent: AgentDetail }): ReactNode {
  useTitle(visible(agent.hostname))
  return (
    <div className="flex flex-col gap-5">
      <Heading agent={agent} />
      {agent.safeMode || agent.problems.length > 0 ? <Problems agent={agent} /> : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <CoverageByApp agent={agent} />
          <Processes processes={agent.processes} />
          <ModelFiles files={agent.modelFiles} />
          <Bundles bundles={agent.bundles} />
        </div>
        <Health agent={agent} />
      </div>
    </div>
  )
}

function Heading({ agent }: { readonly agent: AgentDetail }): ReactNode {
  return (
    <header className="flex flex-col gap-2">
      <nav aria-label="Breadcrumb" className="text-small text-faint">
        <Link to="/fleet" className="hover:text-ink hover:underline">
          Fleet
        </Link>
        <span aria-hidden="true"> / </span>
        <Id value={agent.id} name="agent id" />
      </nav>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="text-title font-semibold tracking-tight">
          <Foreign text={agent.hostname} />
        </h1>
        <LinkStateLabel state={agent.link} />
        <Coverage state={agent.coverage} />
        <Link to="/decisions" search={{ agent: agent.id }} className="ml-auto text-accent-ink hover:underline">
          Its decisions
        </Link>
      </div>
      <p className="text-soft">
        <Foreign text={`${agent.platform} ${agent.osRelease} ${agent.architecture}`} />, agent <Foreign text={agent.agentVersion} />, up for{' '}
        {span(agent.uptimeMs)}
      </p>
    </header>
  )
}

function Problems({ agent }: { readonly agent: AgentDetail }): ReactNode {
  return (
    <output className="flex gap-3 rounded-card border border-ask bg-ask-wash p-4 text-ask-ink">
      <CircleAlert size={18} aria-hidden="true" className="mt-0.5 shrink-0" />
      <ul className="flex flex-col gap-1">
        {agent.safeMode ? (
          <li className="font-semibold">Safe mode: models are off and the last good policy decides, because the agent kept failing.</li>
        ) : null}
        {agent.problems.map((problem, at) => (
          <li key={at}>
            <Prose text={problem} />
          </li>
        ))}
      </ul>
    </output>
  )
}

function CoverageByApp({ agent }: { readonly agent: AgentDetail }): ReactNode {
  return (
    <Section flush title="AI applications">
      {agent.coverageByApp.length === 0 ? (
        <p className="p-4 text-soft">
          The agent has not seen an AI application yet. Each one it finds stands here, covered or not, with the reason.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {agent.coverageByApp.map((app) => (
            <li
              key={`${app.app} ${app.gate}`}
              className="grid items-start gap-x-4 gap-y-0.5 px-4 py-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto]"
            >
              <Coverage state={app.state} />
              <span className="min-w-0">
                <span className="block font-medium">
                  <Foreign text={app.app} />
                </span>
                <span className="block text-soft">
                  <Prose text={app.reason} />
                </span>
              </span>
              <span className="text-small text-soft sm:text-right">
                {app.gate === '' ? 'no gate' : <Foreign text={`${app.gate} gate`} />}
                <span className="block text-faint">
                  {app.lastDecisionAt === undefined ? (
                    'no decision yet'
                  ) : (
                    <>
                      last decision <Time at={app.lastDecisionAt} />
                    </>
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Health({ agent }: { readonly agent: AgentDetail }): ReactNode {
  return (
    <Section title="Health, as reported">
      <Facts
        rows={[
          ['Last heard', agent.lastSeenAt === undefined ? 'never' : <Time key="seen" at={agent.lastSeenAt} />],
          [
            'Policy',
            agent.policy === undefined ? (
              'not reported'
            ) : (
              <PolicyName key="policy" name={agent.policy.name} version={agent.policy.version} />
            ),
          ],
          ['Policy hash', agent.policy === undefined ? '–' : <Id key="hash" value={agent.policy.hash} name="policy hash" />],
          [
            'Records here',
            <span key="stored" className="figures">
              {count(agent.stored.entries)}
            </span>,
          ],
          [
            'Still to come',
            <span key="unshipped" className="figures">
              {count(agent.unshippedEntries)}
            </span>,
          ],
          [
            'Declared lost',
            <span key="dropped" className={`figures ${agent.stored.dropped > 0 ? 'font-semibold text-deny-ink' : ''}`}>
              {count(agent.stored.dropped)}
            </span>,
          ],
          [
            'Chain',
            <span key="chain" className="figures" title={`epoch ${agent.stored.epoch}`}>{`entry ${count(agent.stored.seq)}`}</span>,
          ],
          [
            'Memory',
            <span key="memory" className="figures">
              {bytes(agent.rssBytes)}
            </span>,
          ],
          [
            'Clock',
            <span key="clock" className="figures">
              {clockWords(agent.clockSkewMs)}
            </span>,
          ],
          ['Enrolled', <Time key="enrolled" at={agent.enrolledAt} />],
          ['Certificate until', <Time key="certificate" at={agent.certificateExpiresAt} />],
          ['Group', agent.group === '' ? 'none' : <Foreign key="group" text={agent.group} />],
        ]}
      />
    </Section>
  )
}

function clockWords(skew: number): string {
  if (Math.abs(skew) < 1000) return 'agrees with the hub'
  return `${(Math.abs(skew) / 1000).toFixed(1)} s ${skew > 0 ? 'ahead' : 'behind'}`
}

import type { ReactNode } from 'react'
import type { DecisionDetail } from '../../api/types.ts'
import { Id } from '../../design/copy.tsx'
import { Foreign } from '../../design/foreign.tsx'
import { Facts, Section } from '../../design/design.tsx'
import { count } from '../../design/format.ts'
import { Time } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import type { DecisionRecord } from './record.ts'

/** Where the record stands in the chain, and what happened after the decision. */
export function RecordFacts({ detail, record }: { readonly detail: DecisionDetail; readonly record: DecisionRecord }): ReactNode {
  return (
    <>
      {detail.outcomes.length === 0 ? null : (
        <Section title="What followed">
          <ol className="flex flex-col gap-2">
            {detail.outcomes.map((outcome, at) => (
              <li key={at} className="flex justify-between gap-3">
                <span className="font-medium">
                  <Foreign text={outcome.outcome} />
                </span>
                <span className="text-soft">
                  <Time at={outcome.at} />
                </span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Record">
        <Facts
          rows={[
            [
              'Entry',
              <span key="entry" className="figures" title={`epoch ${detail.epoch}`}>
                {count(detail.seq)}
              </span>,
            ],
            ['Hash', <Id key="hash" value={detail.hash} name="hash" />],
            ['Follows', <Id key="previous" value={detail.previousHash} name="previous hash" />],
            ['Decided', <Time key="at" at={detail.at} absolute />],
            ['Reached the hub', <Time key="received" at={detail.receivedAt} absolute />],
            [
              'Policy',
              record.decision.policyVersion.hash === '' ? (
                'not recorded'
              ) : (
                <Id key="policy" value={record.decision.policyVersion.hash} name="policy hash" />
              ),
            ],
            ['Kernel', visible(record.decision.kernelVersion)],
            ['Kind', record.decision.consequential ? 'consequential: recorded before it ran' : 'a read'],
          ]}
        />
      </Section>
    </>
  )
}

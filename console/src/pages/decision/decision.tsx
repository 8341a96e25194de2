/** Why one call was answered as it was. */

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useCanGoBack, useRouter } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { decisionQuery } from '../../api/queries.ts'
import type { DecisionDetail } from '../../api/types.ts'
import { useKeys } from '../../app/keys.ts'
import { Page, useTitle } from '../../design/design.tsx'
import { Ready } from '../../design/states.tsx'
import { VERDICT_WORD } from '../../design/verdict.tsx'
import { Call, RawRecord } from './call.tsx'
import { Findings } from './findings.tsx'
import { Heading } from './heading.tsx'
import { Provenance } from './provenance.tsx'
import { Reasons } from './reasons.tsx'
import { readRecord } from './record.ts'
import { RecordFacts } from './record-facts.tsx'
import { TimingBar } from './timing-bar.tsx'

const route = getRouteApi('/shell/decisions/$id')

export function OneDecision(): ReactNode {
  const { id } = route.useParams()
  const query = useQuery(decisionQuery(id))
  useBackKey()
  return (
    <Page>
      <Ready query={query}>{(detail) => <Story detail={detail} />}</Ready>
    </Page>
  )
}

function Story({ detail }: { readonly detail: DecisionDetail }): ReactNode {
  const record = useMemo(() => readRecord(detail.entry), [detail.entry])
  useTitle(`${VERDICT_WORD[detail.verdict]}: ${detail.tool}`)
  return (
    <div className="flex flex-col gap-5">
      <Heading detail={detail} record={record} />
      <Provenance decision={record.decision} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Reasons decision={record.decision} verdict={detail.verdict} />
          <Findings findings={record.decision.findings} />
          <Call record={record} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <TimingBar timing={record.timing} />
          <RecordFacts detail={detail} record={record} />
        </div>
      </div>
      <RawRecord entry={detail.entry} />
    </div>
  )
}

function useBackKey(): void {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const bindings = useMemo(
    () => [
      {
        keys: 'Escape',
        does: 'Back to the list',
        run: () => (canGoBack ? router.history.back() : void router.navigate({ to: '/decisions', search: {} })),
      },
    ],
    [router, canGoBack],
  )
  useKeys('Decision', bindings)
}

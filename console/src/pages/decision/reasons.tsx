import type { Reason } from '@assize/kernel'
import type { ReactNode } from 'react'
import type { Verdict } from '../../api/types.ts'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { Section } from '../../design/design.tsx'
import { PolicyName } from '../../design/policy-name.tsx'
import { VerdictBadge } from '../../design/verdict.tsx'
import { visible } from '../../design/visible.ts'
import type { DecisionRecord } from './record.ts'
import { effectWords } from './words.ts'

/** The policies that spoke, strictest first, with what each one is about and what a person can do. */
export function Reasons({ decision, verdict }: { readonly decision: DecisionRecord['decision']; readonly verdict: Verdict }): ReactNode {
  const { name, version } = decision.policyVersion
  return (
    <Section flush title="Policies that decided" aside={name === '' ? undefined : <PolicyName name={name} version={version} />}>
      {decision.reasons.length === 0 ? (
        <p className="p-4 text-soft">
          {verdict === 'allow'
            ? 'No policy objected: nothing here needed a rule to speak.'
            : 'No policy permits an effect of this call, and what nothing permits does not run.'}
        </p>
      ) : (
        <ol className="divide-y divide-line">
          {decision.reasons.map((reason, at) => (
            <ReasonLine key={at} reason={reason} />
          ))}
        </ol>
      )}
      {decision.policyErrors.length === 0 ? null : (
        <div className="border-t border-line bg-ask-wash p-4 text-ask-ink">
          <p className="font-semibold">Some policies could not be evaluated; the call was judged more strictly for it.</p>
          <ul className="mt-1 list-disc pl-5">
            {decision.policyErrors.map((error, at) => (
              <li key={at}>
                <Prose text={error} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}

function ReasonLine({ reason }: { readonly reason: Reason }): ReactNode {
  return (
    <li className="flex flex-col gap-1.5 p-4">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <VerdictBadge verdict={reason.verdict} />
        <span className="font-semibold">
          <Foreign text={reason.title === '' ? reason.policy : reason.title} />
        </span>
        <code className="text-faint">
          <Foreign text={reason.policy} />
        </code>
      </div>
      <p className="text-soft">
        {effectWords(reason.effect.class)}:{' '}
        <code>
          <Foreign text={reason.effect.target} />
        </code>
      </p>
      {reason.remedy === undefined ? null : (
        <p className="text-prose">
          <Prose text={reason.remedy} />
        </p>
      )}
      <div className="flex flex-wrap gap-1.5">
        {reason.severity === '' ? null : <Tag name="severity" value={reason.severity} />}
        {reason.owasp === undefined ? null : <Tag name="OWASP" value={reason.owasp} />}
        {reason.atlas === undefined ? null : <Tag name="ATLAS" value={reason.atlas} />}
      </div>
    </li>
  )
}

function Tag({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <span className="rounded border border-line px-1.5 py-px text-tiny text-soft">
      {name} <span className="font-semibold text-ink">{visible(value)}</span>
    </span>
  )
}

import type { Timing } from '@assize/kernel'
import type { ReactNode } from 'react'
import { micros } from '../../design/format.ts'
import { Section } from '../../design/design.tsx'

const STAGES = [
  { name: 'effects', does: 'What the call does' },
  { name: 'provenance', does: 'Where it came from' },
  { name: 'findings', does: 'Detectors' },
  { name: 'policy', does: 'Policies' },
  { name: 'explain', does: 'Explanation' },
] as const

/** How the time of this one decision was spent, stage by stage on one scale. */
export function TimingBar({ timing }: { readonly timing: Timing }): ReactNode {
  const longest = Math.max(1, ...STAGES.map((stage) => timing[stage.name]))
  return (
    <Section title="Time" aside={<span className="figures">{micros(timing.total)} in all</span>}>
      <dl className="grid grid-cols-[auto_minmax(3rem,1fr)_auto] items-center gap-x-3 gap-y-1.5">
        {STAGES.map((stage) => (
          <div key={stage.name} className="contents">
            <dt className="text-soft">{stage.does}</dt>
            <dd aria-hidden="true" className="h-2 rounded-full bg-sunken">
              <span className="block h-2 min-w-0.5 rounded-full bg-accent" style={{ width: `${(100 * timing[stage.name]) / longest}%` }} />
            </dd>
            <dd className="figures text-right">{micros(timing[stage.name])}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

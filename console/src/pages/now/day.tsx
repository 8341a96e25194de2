import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Overview } from '../../api/types.ts'
import { clock, count, counted } from '../../design/format.ts'
import { Section } from '../../design/design.tsx'
import { VERDICT_FILL, VERDICT_INK, VERDICT_WORD, VERDICTS, VerdictShape } from '../../design/verdict.tsx'

/** The last day: how many decisions of each verdict, and when. */
export function Day({ overview }: { readonly overview: Overview }): ReactNode {
  const total = VERDICTS.reduce((sum, verdict) => sum + (overview.decisions24h[verdict] ?? 0), 0)
  return (
    <Section title="Last 24 hours" aside={<span className="figures">{counted(total, 'decision')}</span>}>
      <Hours hours={overview.decisionsPerHour} />
      <ul className="mt-4 flex flex-col">
        {VERDICTS.toReversed().map((verdict) => (
          <li key={verdict}>
            <Link
              to="/decisions"
              search={{ verdict: [verdict] }}
              className="-mx-2 flex h-7 items-center gap-2 rounded-md px-2 hover:bg-hover"
            >
              <span className={`inline-flex items-center gap-2 ${VERDICT_INK[verdict]}`}>
                <VerdictShape verdict={verdict} />
                {VERDICT_WORD[verdict]}
              </span>
              <span className="figures ml-auto">{count(overview.decisions24h[verdict] ?? 0)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Hours({ hours }: { readonly hours: Overview['decisionsPerHour'] }): ReactNode {
  const most = Math.max(1, ...hours.map((hour) => sum(hour.counts)))
  if (hours.length === 0) return <p className="text-soft">Decisions per hour will stand here once some have been made.</p>
  return (
    <figure className="relative flex h-20 items-end gap-[3px]">
      <figcaption className="sr-only">Decisions per hour; most in one hour: {most}</figcaption>
      {hours.map((hour) => (
        <div
          key={hour.hour}
          className="flex h-full min-w-0 flex-1 flex-col justify-end"
          title={`${clock(Date.parse(hour.hour)).slice(0, 5)}: ${counted(sum(hour.counts), 'decision')}`}
        >
          {sum(hour.counts) === 0 ? (
            <span className="h-px bg-line-strong" />
          ) : (
            VERDICTS.map((verdict) => <Slice key={verdict} verdict={verdict} number={hour.counts[verdict] ?? 0} most={most} />)
          )}
        </div>
      ))}
    </figure>
  )
}

// Few stops among many calls must still be seen, so a slice is never thinner than two pixels.
function Slice({
  verdict,
  number,
  most,
}: {
  readonly verdict: (typeof VERDICTS)[number]
  readonly number: number
  readonly most: number
}): ReactNode {
  if (number === 0) return null
  return (
    <span
      className={`min-h-0.5 w-full shrink-0 ${VERDICT_FILL[verdict]} first:rounded-t-[2px]`}
      style={{ height: `${(96 * number) / most}%` }}
    />
  )
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, number) => total + number, 0)
}

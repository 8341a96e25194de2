import type { ReactNode } from 'react'
import { Foreign } from '../../design/foreign.tsx'
import { figureText, figureWords } from './figure-text.ts'

/** Named sets of figures, whatever they are: cards of other makers hold other ones. */
export function Figures({
  rows,
}: {
  readonly rows: readonly { readonly name: string; readonly figures: Readonly<Record<string, unknown>> }[]
}): ReactNode {
  return (
    <ul className="divide-y divide-line">
      {rows.map(({ name, figures }, at) => (
        <li key={`${name} ${at}`} className="grid items-start gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <span className="min-w-0">
            <Foreign text={name} />
          </span>
          <span className="figures flex min-w-0 flex-wrap gap-x-4 text-small text-soft">
            {Object.entries(figures).map(([figure, value]) => (
              <span key={figure}>
                <Foreign text={`${figureWords(figure)} ${figureText(value)}`} />
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

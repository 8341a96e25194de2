import { type ReactNode, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Foreign } from '../../design/foreign.tsx'
import { figureText, figureWords } from './figure-text.ts'

const FOLD_AT = 8

/** Named sets of figures, whatever they are: cards of other makers hold other ones. */
export function Figures({
  rows,
}: {
  readonly rows: readonly { readonly name: string; readonly figures: Readonly<Record<string, unknown>> }[]
}): ReactNode {
  const [open, setOpen] = useState(false)
  const folded = !open && rows.length > FOLD_AT
  return (
    <>
      <ul className="divide-y divide-line">
        {(folded ? rows.slice(0, FOLD_AT) : rows).map(({ name, figures }, at) => (
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
      {folded ? (
        <div className="border-t border-line px-4 py-2.5">
          <Button onClick={() => setOpen(true)}>Show all {rows.length}</Button>
        </div>
      ) : null}
    </>
  )
}

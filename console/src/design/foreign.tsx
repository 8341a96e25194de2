import { Fragment, type ReactNode, useState } from 'react'
import { type Stretch, stretches } from './visible.ts'

const FOLD_AT = 2_000

/** Text that came from outside: always text, never markup, with what would hide or reorder drawn as a symbol. */
export function Foreign({ text, className = '' }: { readonly text: string; readonly className?: string }): ReactNode {
  return (
    <bdi className={`foreign ${className}`}>
      {draw(text.slice(0, FOLD_AT), false)}
      {text.length > FOLD_AT ? ' …' : ''}
    </bdi>
  )
}

/** A sentence from outside in which backticks mean code, as in `assize verify`; still text, never markup. */
export function Prose({ text }: { readonly text: string }): ReactNode {
  const parts = text.slice(0, FOLD_AT).split('`')
  return (
    <bdi className="foreign">
      {parts.map((part, at) =>
        // A lone backtick at the end closes nothing and stays a backtick.
        at % 2 === 1 && at < parts.length - 1 ? (
          <code key={at}>{draw(part, false)}</code>
        ) : (
          <Fragment key={at}>{draw(at % 2 === 1 ? `\`${part}` : part, false)}</Fragment>
        ),
      )}
    </bdi>
  )
}

/** Longer text that keeps its lines, wraps, and folds when it is very long. */
export function ForeignBlock({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const [open, setOpen] = useState(false)
  const folded = !open && text.length > FOLD_AT
  return (
    <div>
      <pre
        className="foreign max-h-[32rem] overflow-auto rounded-md bg-sunken p-3 font-mono text-small whitespace-pre-wrap"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
      >
        {draw(folded ? text.slice(0, FOLD_AT) : text, true)}
        {folded ? '\n…' : ''}
      </pre>
      {folded ? (
        <button type="button" className="mt-1 text-small text-accent-ink underline" onClick={() => setOpen(true)}>
          Show all {text.length.toLocaleString('en-US')} characters
        </button>
      ) : null}
    </div>
  )
}

/** A text with one stretch of it marked; the marked words stand out by background and, for readers of the page, by a `mark` element. */
export function Marked({ before, marked, after }: { readonly before: string; readonly marked: string; readonly after: string }): ReactNode {
  return (
    <span className="foreign">
      {draw(before, false)}
      <mark className="span-mark">{draw(marked, false)}</mark>
      {draw(after, false)}
    </span>
  )
}

function draw(text: string, lines: boolean): ReactNode {
  return stretches(text, lines).map((stretch, at) => <Fragment key={at}>{drawOne(stretch)}</Fragment>)
}

function drawOne(stretch: Stretch): ReactNode {
  if (stretch.kind === 'plain') return stretch.text
  return (
    <span className="foreign-mark" title={stretch.meaning} data-hidden-character>
      {stretch.text}
    </span>
  )
}

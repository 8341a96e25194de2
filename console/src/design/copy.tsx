import { Check, Copy as CopyIcon } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { shortId } from './format.ts'
import { visible } from './visible.ts'

/** Copies `text` and says so for two seconds. */
export function CopyButton({
  text,
  label,
  children,
}: {
  readonly text: string
  readonly label: string
  readonly children?: ReactNode
}): ReactNode {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const Icon = copied ? Check : CopyIcon
  return (
    <button
      type="button"
      className={
        children === undefined ? 'inline-flex size-5.5 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink' : BOXED
      }
      aria-label={children === undefined ? label : undefined}
      title={label}
      onClick={() => void copyText(text).then(setCopied)}
    >
      <Icon size={13} aria-hidden="true" className={copied ? 'text-good-ink' : ''} />
      {children === undefined ? null : <span>{copied ? 'Copied' : children}</span>}
      <output className="sr-only">{copied ? 'Copied' : ''}</output>
    </button>
  )
}

const BOXED =
  'inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-small font-medium text-ink hover:bg-hover'

/** The end of an id, the whole of it on hover, and a way to take it along. */
export function Id({ value, name = 'id' }: { readonly value: string; readonly name?: string }): ReactNode {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code title={visible(value)} className="text-soft">
        {visible(shortId(value))}
      </code>
      <CopyButton text={value} label={`Copy ${name}`} />
    </span>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

import { Button as BaseButton } from '@base-ui/react/button'
import type { ReactNode } from 'react'

const TONES = {
  plain: 'border-line-strong bg-surface text-ink hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent hover:brightness-110',
  danger: 'border-transparent bg-deny-wash text-deny-ink hover:brightness-95',
  quiet: 'border-transparent bg-transparent text-soft hover:bg-hover hover:text-ink',
} as const

export interface ButtonProps {
  readonly children: ReactNode
  readonly onClick?: () => void
  readonly tone?: keyof typeof TONES
  readonly type?: 'button' | 'submit'
  readonly disabled?: boolean
  readonly pressed?: boolean
  readonly label?: string
  /** The key that does the same. */
  readonly hotkey?: string
}

export function Button({
  children,
  onClick,
  tone = 'plain',
  type = 'button',
  disabled = false,
  pressed,
  label,
  hotkey,
}: ButtonProps): ReactNode {
  return (
    <BaseButton
      type={type}
      disabled={disabled}
      onClick={onClick}
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      className={`inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-small font-medium whitespace-nowrap disabled:opacity-50 ${TONES[tone]}`}
    >
      {children}
      {hotkey === undefined ? null : <Key>{hotkey}</Key>}
    </BaseButton>
  )
}

/** A key on the keyboard. */
export function Key({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <kbd aria-hidden="true" className="rounded border border-current/30 px-1 text-tiny max-md:hidden leading-4 font-medium opacity-80">
      {children}
    </kbd>
  )
}

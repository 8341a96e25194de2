import type { ReactNode } from 'react'
import type { Verdict } from '../api/types.ts'

/** A verdict is told three ways at once: a colour, a word and a shape. */

export const VERDICTS: readonly Verdict[] = ['quarantine', 'deny', 'ask', 'redact', 'allow']

export function isVerdict(value: unknown): value is Verdict {
  return typeof value === 'string' && (VERDICTS as readonly string[]).includes(value)
}

export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  allow: 'Allowed',
  redact: 'Redacted',
  ask: 'Asked',
  deny: 'Denied',
  quarantine: 'Quarantined',
}

export const VERDICT_INK: Readonly<Record<Verdict, string>> = {
  allow: 'text-allow-ink',
  redact: 'text-redact-ink',
  ask: 'text-ask-ink',
  deny: 'text-deny-ink',
  quarantine: 'text-quarantine-ink',
}

export const VERDICT_FILL: Readonly<Record<Verdict, string>> = {
  allow: 'bg-allow',
  redact: 'bg-redact',
  ask: 'bg-ask',
  deny: 'bg-deny',
  quarantine: 'bg-quarantine',
}

export const VERDICT_WASH: Readonly<Record<Verdict, string>> = {
  allow: 'bg-allow-wash text-allow-ink',
  redact: 'bg-redact-wash text-redact-ink',
  ask: 'bg-ask-wash text-ask-ink',
  deny: 'bg-deny-wash text-deny-ink',
  quarantine: 'bg-quarantine-wash text-quarantine-ink',
}

export const ANSWER_WORD = { approved: 'Approved', denied: 'Refused', expired: 'Nobody answered' } as const

/** What became of a question, before the sentence about the call; nothing while it waits or where the application asked it itself. */
export function Answered({ answer }: { readonly answer: keyof typeof ANSWER_WORD | undefined }): ReactNode {
  return answer === undefined ? null : <span className="font-normal text-soft">{`${ANSWER_WORD[answer]} · `}</span>
}

const SAID = /^(?:Allowed(?: with secrets masked)?|Waiting for you|Blocked(?: and set apart)?): (?:it would )?/

/** A decision's sentence without the verdict it opens with, for places where the verdict stands beside it. */
export function withoutVerdict(title: string): string {
  const rest = title.replace(SAID, '')
  return rest === '' ? title : rest.charAt(0).toUpperCase() + rest.slice(1)
}

export function VerdictBadge({ verdict, large = false }: { readonly verdict: Verdict; readonly large?: boolean }): ReactNode {
  const size = large ? 'h-7 gap-1.5 px-2.5 text-base' : 'h-5.5 gap-1 px-1.5 text-small'
  return (
    <span
      className={`inline-flex shrink-0 items-center rounded-md font-semibold whitespace-nowrap ${size} ${VERDICT_WASH[verdict]}`}
      data-verdict={verdict}
    >
      <VerdictShape verdict={verdict} size={large ? 16 : 13} />
      {VERDICT_WORD[verdict]}
    </span>
  )
}

/** The shape alone, for dense places; its word must stand beside it or in a label. */
export function VerdictShape({ verdict, size = 14 }: { readonly verdict: Verdict; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      {SHAPES[verdict]}
    </svg>
  )
}

const SHAPES: Readonly<Record<Verdict, ReactNode>> = {
  allow: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m5.2 8.2 1.9 1.9 3.7-4" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  redact: (
    <>
      <rect x="1.6" y="3.4" width="12.8" height="9.2" rx="2" />
      <path d="M4.6 8h6.8" strokeWidth="3" />
    </>
  ),
  ask: (
    <>
      <path d="M8 1.2 14.8 8 8 14.8 1.2 8Z" strokeLinejoin="round" />
      <path d="M6.5 6.7a1.5 1.5 0 1 1 2.3 1.3c-.5.3-.8.6-.8 1.1" strokeWidth="1.3" strokeLinecap="round" />
      <circle cx="8" cy="10.9" r=".55" fill="currentColor" stroke="none" />
    </>
  ),
  deny: (
    <>
      <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3Z" strokeLinejoin="round" fill="currentColor" fillOpacity=".14" />
      <path d="M5 8h6" strokeWidth="2.2" strokeLinecap="round" />
    </>
  ),
  quarantine: (
    <>
      <path d="M8 1.3 14 4.7v6.6L8 14.7 2 11.3V4.7Z" strokeLinejoin="round" fill="currentColor" fillOpacity=".14" />
      <rect x="5.6" y="5.6" width="4.8" height="4.8" rx="1" />
    </>
  ),
}

import { CircleDashed, type LucideIcon, ShieldAlert, ShieldCheck, ShieldOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AgentSummary, CoverageState, LinkState } from '../api/types.ts'

/** How well something is covered, and whether an agent speaks: shape, word and colour together. */

interface Face {
  readonly word: string
  readonly icon: LucideIcon
  readonly ink: string
}

const COVERAGE: Readonly<Record<CoverageState | 'unknown', Face>> = {
  protected: { word: 'Protected', icon: ShieldCheck, ink: 'text-good-ink' },
  partial: { word: 'Partial', icon: ShieldAlert, ink: 'text-ask-ink' },
  unprotected: { word: 'Unprotected', icon: ShieldOff, ink: 'text-deny-ink' },
  unknown: { word: 'Not reported', icon: CircleDashed, ink: 'text-soft' },
}

export function Coverage({ state }: { readonly state: AgentSummary['coverage'] }): ReactNode {
  const face = COVERAGE[state] ?? COVERAGE.unknown
  const Icon = face.icon
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${face.ink}`} data-coverage={state}>
      <Icon size={15} aria-hidden="true" />
      {face.word}
    </span>
  )
}

const LINKS: Readonly<Record<LinkState, { readonly word: string; readonly dot: string; readonly meaning: string }>> = {
  connected: { word: 'Connected', dot: 'bg-good rounded-full', meaning: 'A live stream to this hub' },
  silent: {
    word: 'Silent',
    dot: 'border-2 border-ask rounded-full',
    meaning: 'Nothing heard for over a minute; the agent still decides on its machine',
  },
  revoked: { word: 'Revoked', dot: 'bg-deny rotate-45', meaning: 'Its certificate no longer opens the door' },
}

export function LinkStateLabel({ state }: { readonly state: LinkState }): ReactNode {
  const face = LINKS[state] ?? LINKS.silent
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap" title={face.meaning} data-link={state}>
      <span className={`size-2 shrink-0 ${face.dot}`} aria-hidden="true" />
      {face.word}
    </span>
  )
}

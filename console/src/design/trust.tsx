import { Building2, Lock, type LucideIcon, PenLine, ShieldCheck, TriangleAlert, User } from 'lucide-react'
import type { ReactNode } from 'react'

/** Who stands behind a text; `unknown` is what the model wrote without any source. */
export type Trust = 'system' | 'user' | 'internal' | 'untrusted' | 'unknown'

interface TrustFace {
  readonly word: string
  readonly meaning: string
  readonly icon: LucideIcon
  readonly tone: string
}

export const TRUST: Readonly<Record<Trust, TrustFace>> = {
  system: { word: 'system', meaning: 'Standing instructions of the application', icon: ShieldCheck, tone: 'bg-allow-wash text-ink' },
  user: { word: 'user', meaning: 'The person said so', icon: User, tone: 'bg-accent-wash text-accent-ink' },
  internal: {
    word: 'internal',
    meaning: 'From a place your organisation vouches for',
    icon: Building2,
    tone: 'bg-allow-wash text-allow-ink',
  },
  untrusted: {
    word: 'untrusted',
    meaning: 'From outside; it may inform, it may not command',
    icon: TriangleAlert,
    tone: 'bg-untrusted-wash text-untrusted-ink',
  },
  unknown: {
    word: 'no source',
    meaning: 'Nothing the session read holds it; the model wrote it',
    icon: PenLine,
    tone: 'bg-sunken text-soft',
  },
}

export function TrustLabel({ trust }: { readonly trust: Trust }): ReactNode {
  const face = TRUST[trust]
  const Icon = face.icon
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 rounded px-1.5 py-px text-tiny font-semibold whitespace-nowrap ${face.tone}`}
      title={face.meaning}
    >
      <Icon size={11} aria-hidden="true" />
      {face.word}
    </span>
  )
}

export function SecretLock(): ReactNode {
  return (
    <span
      className="inline-flex shrink-0 items-center gap-1 rounded bg-quarantine-wash px-1.5 py-px text-tiny font-semibold text-quarantine-ink"
      title="Holds something secret"
    >
      <Lock size={11} aria-hidden="true" />
      secret
    </span>
  )
}

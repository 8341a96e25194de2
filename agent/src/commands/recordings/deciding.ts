import type { Decision, Verdict } from '@assize/kernel'

/** What decided a call: the strictest policy, or none. */
export interface Deciding {
  readonly verdict: Verdict
  readonly policy: string
  readonly title: string
  /** The policy's title; without one, what the call would do. */
  readonly reason: string
}

export function decidingOf({ verdict, reasons, summary }: Decision): Deciding {
  const [reason] = reasons
  return { verdict, policy: reason?.policy ?? '', title: reason?.title ?? '', reason: reason?.title ?? summary }
}

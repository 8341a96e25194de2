/** Ordered by strictness; the strictest determining policy wins. */
export const VERDICTS = ['allow', 'redact', 'ask', 'deny', 'quarantine'] as const
export type Verdict = (typeof VERDICTS)[number]

export function stricter(left: Verdict, right: Verdict): Verdict {
  return VERDICTS.indexOf(left) >= VERDICTS.indexOf(right) ? left : right
}

import { AgentError } from '../platform/errors.ts'

/** What `Date.parse` makes of a bare number such as `5` is a year or a month, which nobody means. */
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds in `15m`, `2h`, `3d`; undefined for anything else. */
export function durationMillis(text: string): number | undefined {
  const parts = /^(\d{1,6})([smhd])$/.exec(text)
  return parts === null ? undefined : Number(parts[1]) * (UNIT_MS[parts[2] ?? ''] ?? 0)
}

/** Milliseconds since 1970 of `15m`, `2h`, `3d` ago or of an ISO 8601 time. */
export function sinceMillis(text: string, now: number): number {
  const ago = durationMillis(text)
  if (ago !== undefined) return now - ago
  const at = ISO_DAY.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw new AgentError('usage', `\`${text}\` is no time, so nothing was listed; write 15m, 2h, 3d or 2026-11-22T10:00:00Z.`)
  return at
}

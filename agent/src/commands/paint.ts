import pc from 'picocolors'

/** Colours for a terminal; plain text when there is none. */
export function painter(color: boolean): ReturnType<typeof pc.createColors> {
  return pc.createColors(color)
}

/** A verdict in the colour of its weight, padded to a column. */
export function paintVerdict(verdict: string, color: boolean): string {
  const paint = painter(color)
  const padded = verdict.padEnd(10)
  if (verdict === 'allow') return paint.green(padded)
  if (verdict === 'deny' || verdict === 'quarantine') return paint.red(padded)
  return paint.yellow(padded)
}

/** A `like` pattern taken apart at its wildcards. */
export interface Pattern {
  /** Literal runs in order; between two of them anything may stand. */
  readonly runs: readonly string[]
}

/** Reads Cedar's JSON form: `Wildcard` or `{ Literal: text }`. */
export function readPattern(elements: readonly unknown[]): Pattern {
  const runs = ['']
  for (const element of elements) {
    if (element === 'Wildcard') runs.push('')
    else runs.push(`${runs.pop() ?? ''}${(element as { Literal: string }).Literal}`)
  }
  return { runs }
}

/** Whether the whole text fits the pattern. Linear in the text for each run; no backtracking. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const [first = '', ...rest] = pattern.runs
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let position = first.length
  for (const run of rest) {
    const found = text.indexOf(run, position)
    if (found < 0) return false
    position = found + run.length
  }
  return text.length - last.length >= position && text.endsWith(last)
}

/** The last scoring of each suite before anybody read it, out of the log of scorings. */
export interface HeldRow {
  /** When, and at which commit. */
  readonly title: string
  readonly cells: readonly string[]
}

export function heldRows(log: string): ReadonlyMap<string, HeldRow> {
  const found = new Map<string, HeldRow>()
  let title = ''
  for (const line of log.split('\n')) {
    const heading = /^## (\S+ · \S+) ·/.exec(line)?.[1]
    if (heading !== undefined) title = heading
    const row = /^\| ([^|]+?) \(held\) \| (.+) \|$/.exec(line)
    const name = row?.[1] ?? ''
    if (row === null || /, (?:model|attack|part|half) /.test(name)) continue
    found.set(name, { title, cells: (row[2] as string).split(' | ') })
  }
  return found
}

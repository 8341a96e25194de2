/** Tells from the bytes of an answer, in one pass, that there is no call in them: most of what models say is words. */

/**
 * `events` matches whole events of the kind that carries text, from where it is set; any of the `words` means that a call could be among
 * them. A word written with escapes counts as well, so `\\u` is always one of them.
 */
export function calmOf(events: RegExp, words: readonly string[]): (text: string) => number {
  const pattern = new RegExp(`(?:${events.source})*`, 'y')
  const suspicious = [...words, '\\u']
  return (text) => {
    pattern.lastIndex = 0
    pattern.exec(text)
    const end = pattern.lastIndex
    if (end === 0) return 0
    const calm = end === text.length ? text : text.slice(0, end)
    for (const word of suspicious) if (calm.includes(word)) return 0
    return end
  }
}

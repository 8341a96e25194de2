/** Characters in a text that people do not see, or that a terminal obeys instead of showing. */

/** What kinds of findings stand in such characters, and where these are. Each pattern is linear. */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['text.tag-characters', /[\u{E0000}-\u{E007F}]+/gu],
  ['text.bidi-controls', /[\u202A-\u202E\u2066-\u2069]+/g],
  // Not those that Arabic and Indian scripts spell with, nor the blanks at which Khmer and Thai break lines.
  [
    'text.invisible-characters',
    /(?<![\u0600-\u10FF\u1780-\u17FF])[\u200B\u200C]|[\u2060-\u2064\u115F\u1160\u3164\uFFA0\u034F\uFE00-\uFE0E]+|[\u{E0100}-\u{E01EF}]+/gu,
  ],
  ['text.control-characters', /[\b\u007F]+/g],
  [
    'text.terminal-escapes',
    /\u001B(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]?|\][^\u0007\u001B\n]{0,4096}(?:\u0007|\u001B\\)?|[PX^_][^\u001B\n]{0,4096}(?:\u001B\\)?|[ -Z\\`-~])?|\u009B[0-?]{0,64}[ -/]{0,8}[@-~]?/g,
  ],
]

export const UNSEEN_KINDS: ReadonlySet<string> = new Set(PATTERNS.map(([kind]) => kind))

/** Where characters of these kinds stand, in order; undefined when there are more such places than `most`. */
export function unseenIn(
  text: string,
  { kinds, most }: { readonly kinds: ReadonlySet<string>; readonly most: number },
): readonly (readonly [start: number, end: number])[] | undefined {
  const found: (readonly [number, number])[] = []
  for (const [kind, pattern] of PATTERNS) {
    if (!kinds.has(kind)) continue
    for (const match of text.matchAll(pattern)) {
      found.push([match.index, match.index + match[0].length])
      if (found.length > most) return undefined
    }
  }
  return found.sort(([left], [right]) => left - right)
}

/** Whether a text has any character that not every keyboard has; without one there is nothing unseen in it. */
export function hasUnusual(text: string): boolean {
  return /[^\t\n\r -~]/.test(text)
}

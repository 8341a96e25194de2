/** Characters that hide, reorder or control: C0 and C1 controls, bidi, zero-width, fillers, tags, variation selectors, lone surrogates. */
const HIDDEN =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202F\u205F-\u206F\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Anything but a blank and what is printed. */
const NOT_PLAIN = /[^ -~]/

/** Text from outside with every character that people would not see, or be misled by, drawn as `‹U+200B›`. Tabs and line ends become blanks. */
export function visible(text: string, limit = Number.POSITIVE_INFINITY): string {
  const cut = text.length > limit ? `${text.slice(0, Math.max(0, limit - 1))}…` : text
  if (!NOT_PLAIN.test(cut)) return cut
  return cut.replace(HIDDEN, (character) => {
    if (character === '\n' || character === '\r' || character === '\t') return ' '
    return `‹U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}›`
  })
}

/** Anything but what every keyboard has. */
const UNUSUAL = /[^\t\n\r -~]/
const NONE: ReturnType<typeof hiddenCharacters> = []

/** How many hidden characters stand in a text, not counting line ends and tabs. */
export function hiddenCharacters(text: string): readonly { readonly at: number; readonly length: number; readonly point: number }[] {
  if (!UNUSUAL.test(text)) return NONE
  const found: { at: number; length: number; point: number }[] = []
  for (const match of text.matchAll(HIDDEN)) {
    if (/[\n\r\t]/.test(match[0])) continue
    found.push({ at: match.index, length: match[0].length, point: match[0].codePointAt(0) as number })
    if (found.length >= 1000) break
  }
  return found
}

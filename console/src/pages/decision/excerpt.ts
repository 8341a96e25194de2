/** A text with one stretch of it to be marked. */
export interface Excerpt {
  readonly before: string
  readonly marked: string
  readonly after: string
}

const MOST_COMPARED = 256
const LEAST_RUN = 6

/**
 * Splits an excerpt at what it shares with the value: all of it, or the longest run of it. A value that was re-encoded shares
 * nothing; then its length in the source tells how much to mark.
 */
export function locate(excerpt: string, value: string, span: readonly [number, number]): Excerpt {
  const length = span[1] - span[0]
  const [at, run] = longestShared(excerpt.slice(0, MOST_COMPARED).toLowerCase(), value.slice(0, MOST_COMPARED).toLowerCase())
  if (run > 0 && (run === value.length || run >= Math.max(LEAST_RUN, length / 2))) return trimmed(excerpt, at, at + run)
  if (length <= 0 || length >= excerpt.length) return cut(excerpt, 0, excerpt.length)
  // The surroundings stand on both sides in equal measure, unless the source begins sooner.
  const start = Math.min(span[0], Math.floor((excerpt.length - length) / 2))
  return cut(excerpt, start, start + length)
}

/** Where the longest run of characters that both texts hold starts in the first, and how long it is. */
function longestShared(text: string, other: string): readonly [number, number] {
  let best: readonly [number, number] = [0, 0]
  let before = new Uint16Array(other.length + 1)
  for (let at = 1; at <= text.length; at += 1) {
    const here = new Uint16Array(other.length + 1)
    for (let column = 1; column <= other.length; column += 1) {
      if (text[at - 1] !== other[column - 1]) continue
      const run = (before[column - 1] ?? 0) + 1
      here[column] = run
      if (run > best[1]) best = [at - run, run]
    }
    before = here
  }
  return best
}

/** Leaves blanks at the edges of the marked stretch unmarked. */
function trimmed(text: string, start: number, end: number): Excerpt {
  const marked = text.slice(start, end)
  const lead = marked.length - marked.trimStart().length
  return lead === marked.length ? cut(text, start, end) : cut(text, start + lead, end - (marked.length - marked.trimEnd().length))
}

function cut(text: string, start: number, end: number): Excerpt {
  return { before: text.slice(0, start), marked: text.slice(start, end), after: text.slice(end) }
}

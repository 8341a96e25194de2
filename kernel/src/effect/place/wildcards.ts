/** Whether a path with wildcards could name another one. */

/** Stands for anything within one segment. */
const ANY = '\u0001'
const LENGTH = 512

/** Segments of a path in lower case, with whatever is decided only at run time as one mark. */
export function wildcardSegments(path: string): readonly string[] {
  return path
    .slice(0, LENGTH)
    .toLowerCase()
    .replace(/\*+|\?|\$\{[^}/]*\}|\$\w*|\[[^\]/]*\]?|\{[^}/]*\}?/g, ANY)
    .replace(/\u0001+/g, ANY)
    .split('/')
}

/** The path in lower case. Each segment is matched from left to right without going back further than its last wildcard. */
export function couldBe(segments: readonly string[], path: string): boolean {
  const others = path.split('/')
  return others.length === segments.length && segments.every((segment, at) => matches(segment, others[at] as string))
}

function matches(pattern: string, text: string): boolean {
  let [at, seen, star, retry] = [0, 0, -1, 0]
  while (seen < text.length) {
    if (pattern[at] === ANY) {
      star = at
      at += 1
      retry = seen
    } else if (pattern[at] === text[seen]) {
      at += 1
      seen += 1
    } else if (star >= 0) {
      at = star + 1
      retry += 1
      seen = retry
    } else return false
  }
  while (pattern[at] === ANY) at += 1
  return at === pattern.length
}

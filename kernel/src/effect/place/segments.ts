/** The parts of a path that every system shares. */
export interface CanonicalPath {
  /** Absolute when that could be told, `/`-separated; lower case and `c:/…` on Windows, `//host/share/…` for UNC. */
  readonly path: string
  /** False when a variable, a pattern or an unknown base keeps the file from being told exactly. */
  readonly resolved: boolean
  /** Machine behind a UNC path: opening it talks to that machine. */
  readonly remoteHost?: string
}

/** Without any of these characters at its end. One step for each of them, however many there are. */
export function withoutLast(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1] as string)) end -= 1
  return text.slice(0, end)
}

/** Resolves `.`, `..`, repeated and trailing slashes of a rooted path. */
export function foldSegments(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') kept.pop()
    else kept.push(segment)
  }
  return `/${kept.join('/')}`
}

/** The text without the slashes at its end. A pattern for that looks at every run of slashes from each of its characters. */
export function withoutEndSlashes(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0x2f) end -= 1
  return text.slice(0, end)
}

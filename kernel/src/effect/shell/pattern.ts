/** Longest pattern that is worked out, and most wildcards in it: more could take long to match. */
const PATTERN_LENGTH = 128
const WILDCARDS = 2

/** A shell pattern as the source of a regular expression; undefined when it is too long or too rich to be worked out. */
export function patternSource(pattern: string): string | undefined {
  if (pattern.length > PATTERN_LENGTH || (pattern.match(/\*/g)?.length ?? 0) > WILDCARDS || /[@!+]\(/.test(pattern)) return undefined
  return pattern.replace(/\*+|\?|\[!?[^\]]+\]|[.+^$()|[\]{}\\/]/g, (part) => {
    if (part.startsWith('*')) return '.*'
    if (part === '?') return '.'
    if (part.length > 1 && part.startsWith('['))
      return `[${part
        .slice(1, -1)
        .replace(/^!/, '^')
        .replace(/[\\[\]]/g, '\\$&')}]`
    return `\\${part}`
  })
}

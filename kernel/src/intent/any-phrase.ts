/** One expression that is found wherever any of these is, so that a sentence which holds none of them is walked through once. */

/** What many begin with, and which is looked at once for all of them. */
const OPENING = '(?<!\\p{L})'

/** None of them may have flags other than `u`, nor mean anything else with it. */
export function anyPhrase(phrases: readonly RegExp[]): RegExp {
  const sources = phrases.map(({ source }) => source)
  const opened = sources.filter((source) => source.startsWith(OPENING)).map((source) => source.slice(OPENING.length))
  const others = sources.filter((source) => !source.startsWith(OPENING))
  const shared = opened.length === 0 ? [] : [`${OPENING}(?:${opened.join('|')})`]
  return new RegExp([...shared, ...others].join('|'), 'u')
}

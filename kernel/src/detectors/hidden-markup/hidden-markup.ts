/** Sees sentences that markup keeps from whoever looks at the page, and that a model reads all the same. */
import type { Finding } from '../../finding/finding.ts'
import { literalDetector } from '../../finding/literal-walk.ts'

/** Most findings told of one text. */
const FINDINGS = 8
/** Longest tag, and longest sentence shown of what it hides. */
const TAG = 512
const HIDDEN = 400

/** What hides an element, in a style or as an attribute of its own. */
const STYLES = ['display:', 'visibility:', 'font-size:', 'opacity:', 'color:', 'text-indent:', 'left:', ' hidden', 'clip:']
const HIDES =
  /display:\s{0,3}none|visibility:\s{0,3}hidden|font-size:\s{0,3}0(?:px|pt|em|%)?\s{0,2}[;"']|opacity:\s{0,3}0(?:\.0+)?\s{0,2}[;"']|[^-]color:\s{0,3}(?:white|#fff(?:fff)?|transparent)\b|text-indent:\s{0,3}-\d{3}|left:\s{0,3}-\d{4}|\shidden(?=[\s>=])|clip:\s{0,3}rect\(0/i
/** Words that make a sentence, after the tag and those right behind it. */
const PROSE = /^(?:\s{0,20}<[a-z][^<>]{0,200}>){0,3}\s{0,20}([^<>{}]{24,400})/i

export const hiddenMarkup = literalDetector({
  name: 'hidden-markup',
  version: '1',
  literals: STYLES,
  begin({ text, where }) {
    const findings: Finding[] = []
    let done = 0
    return {
      found: () => findings,
      visit: (_, start) => {
        if (start < done || findings.length >= FINDINGS) return
        const tag = tagAround(text, start)
        if (tag === undefined) return
        done = tag.end
        const prose = HIDES.test(text.slice(tag.start, tag.end)) ? PROSE.exec(text.slice(tag.end, tag.end + TAG + HIDDEN)) : null
        const sentence = prose?.[1]
        if (prose === null || sentence === undefined || !isSentence(sentence)) return
        const from = tag.end + prose[0].length - sentence.length
        findings.push({
          detector: 'hidden-markup',
          version: '1',
          kind: 'text.hidden-markup',
          score: 0.6,
          where,
          span: [from, from + sentence.length],
          detail: `${sentence.trim().length} characters that the page does not show`,
        })
      },
    }
  },
})

/** The opening tag that a style stands in. */
function tagAround(text: string, at: number): { readonly start: number; readonly end: number } | undefined {
  const before = text.slice(Math.max(0, at - TAG), at)
  const start = before.lastIndexOf('<')
  if (start < 0 || before.indexOf('>', start) >= 0 || !/^<[a-z]/i.test(before.slice(start))) return undefined
  const end = text.slice(at, at + TAG).indexOf('>')
  return end < 0 ? undefined : { start: at - before.length + start, end: at + end + 1 }
}

/** Labels and captions are hidden for good reasons; five words are more than that. */
function isSentence(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu) ?? []).length >= 5
}

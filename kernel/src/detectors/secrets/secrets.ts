/** Sees keys, tokens and passwords: by the formats of those who issue them, and by the names they are assigned to. */
import type { Finding } from '../../finding/finding.ts'
import { literalDetector } from '../../finding/literal-walk.ts'
import { assignedSecret, NAMING } from './assigned-secret.ts'
import { assignmentAt, type BareRun } from './assignment.ts'
import type { SecretFormat } from './format.ts'
import { FORMATS } from './formats/index.ts'

/** Most findings told of one text; the last then stands for all that follow it. */
const FINDINGS = 64
/** How far around a match its meaning is looked for. */
const AROUND = 300
/** Longest run of token characters before a literal within a token. */
const TOKEN = 200

/** Every literal once, with the formats that begin with it; after them the words that name secrets. */
const LITERALS = [...new Set(FORMATS.flatMap((format) => format.literals.map((literal) => literal.toLowerCase())))]
const FORMATS_OF: readonly (readonly number[])[] = LITERALS.map((literal) =>
  FORMATS.flatMap((format, number) => (format.literals.some((one) => one.toLowerCase() === literal) ? [number] : [])),
)

export const secrets = literalDetector({
  name: 'secrets',
  version: '2',
  literals: [...LITERALS, ...NAMING],
  begin({ text, where }) {
    if (text.length < 12) return undefined
    const search = new Search(text)
    return {
      visit: (literal, start) => search.visit(literal, start),
      found: () => search.found().map((one) => ({ detector: 'secrets', version: '2', where, ...one })),
    }
  },
})

type Found = Pick<Finding, 'kind' | 'score' | 'span' | 'detail'>

/** One walk over a text. No format reads again what it has read, so that the whole stays linear. */
class Search {
  readonly #text: string
  readonly #found: Found[] = []
  #next: Int32Array | undefined
  #assigned = 0
  readonly #bare: BareRun = { start: 0, end: 0 }

  constructor(text: string) {
    this.#text = text
  }

  visit(literal: number, start: number): void {
    const formats = FORMATS_OF[literal]
    if (formats === undefined) this.#assignment(start)
    else for (const format of formats) this.#format(format, start)
  }

  #format(number: number, at: number): void {
    const format = FORMATS[number] as SecretFormat
    this.#next ??= new Int32Array(FORMATS.length)
    if (at < (this.#next[number] as number)) return
    const start = format.from === 'literal' ? at : tokenStart(this.#text, at)
    if (start === at && format.anywhere !== true && isInsideToken(this.#text, at)) return
    format.pattern.lastIndex = start
    const match = format.pattern.exec(this.#text)
    if (match === null) return
    const secret = match[1] ?? match[0]
    const from = match[1] === undefined ? start : start + match[0].lastIndexOf(secret)
    this.#next[number] = from + secret.length
    const around = this.#text.slice(Math.max(0, start - AROUND), from + secret.length + AROUND)
    const score = format.verify(secret, around)
    if (score > 0)
      this.#add({ kind: format.kind, score, span: [from, from + secret.length], detail: `${format.what}, ${secret.length} characters` })
  }

  #assignment(at: number): void {
    if (at < this.#assigned) return
    const assignment = assignmentAt(this.#text, at, this.#bare)
    if (assignment === undefined) return
    const secret = assignedSecret(assignment)
    if (secret === undefined) return
    this.#assigned = assignment.end
    const detail = `${secret.what}, ${assignment.end - assignment.span[0]} characters`
    this.#add({ kind: secret.kind, score: secret.score, span: assignment.span, detail })
  }

  #add(found: Found): void {
    this.#found.push(found)
  }

  /** In order; what lies within a better one is left out. */
  found(): readonly Found[] {
    const sorted = this.#found.sort((left, right) => left.span[0] - right.span[0] || right.span[1] - left.span[1])
    const kept: Found[] = []
    for (const one of sorted) {
      const last = kept.at(-1)
      if (last === undefined || one.span[0] >= last.span[1]) kept.push(one)
      else if (one.span[1] > last.span[1]) kept.push(one)
      else if (one.score > last.score && !isExact(last)) kept[kept.length - 1] = { ...one, span: last.span }
    }
    if (kept.length <= FINDINGS) return kept
    const last = kept[FINDINGS - 1] as Found
    return [
      ...kept.slice(0, FINDINGS - 1),
      { ...last, span: [last.span[0], this.#text.length], detail: 'more secrets than are told apart' },
    ]
  }
}

/** Known by a format, which says more than a name. */
function isExact({ kind }: Found): boolean {
  return kind !== 'secret.key' && kind !== 'secret.password'
}

function tokenStart(text: string, at: number): number {
  const least = Math.max(0, at - TOKEN)
  let start = at
  while (start > least && isTokenPart(text.charCodeAt(start - 1))) start -= 1
  return start > 0 && text[start - 1] === '\\' && start < at && /[nrt]/.test(text[start] as string) ? start + 1 : start
}

function isTokenPart(code: number): boolean {
  return isWordPart(code) || code === 45 || code === 46 || code === 126 || code === 43
}

function isWordPart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

/** A token does not begin within a word; the letter of an escaped line end or of `%3D` is none. */
function isInsideToken(text: string, at: number): boolean {
  if (at === 0 || !isWordPart(text.charCodeAt(at)) || !isWordPart(text.charCodeAt(at - 1))) return false
  if (text[at - 2] === '\\' && /[nrt]/.test(text[at - 1] as string)) return false
  return !(text[at - 3] === '%' && /^[0-9A-Fa-f]{2}$/.test(text.slice(at - 2, at)))
}

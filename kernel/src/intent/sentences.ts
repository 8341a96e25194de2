/** Cuts a text into sentences: what ends one, and what stands together. */

export interface Sentence {
  readonly start: number
  readonly end: number
  /** A blank line stands before it. */
  readonly opens: boolean
  /** Number of the field or cell it stands in: what stands in another one is other data. */
  readonly field: number
}

/** Longest sentence looked at as one, and the longest that counts as a neighbour. */
export const SENTENCE = 1200

/** Ends: a line end, the end of a cell or a quoted field, or a full stop before a blank. What is longer is cut. Linear. */
export function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = []
  let [start, opens, field] = [0, true, 0]
  const close = (end: number): void => {
    for (let from = start; from < end; from += SENTENCE) {
      const to = Math.min(end, from + SENTENCE)
      if (!hasLetter(text, from, to)) continue
      found.push({ start: from, end: to, opens, field })
      opens = false
    }
  }
  const keys = new Keys(text)
  const stops = new Stops(text)
  while (stops.next()) {
    const { at, length, mark } = stops
    const end = at + (mark === LINE ? 0 : 1)
    if (mark === LINE && length === 1 && isWrap(text, end)) continue
    if (mark === BAR && !isRow(text, at)) continue
    close(end)
    start = at + length
    if (mark === LINE && length > 1) opens = true
    if (mark === BAR || mark === QUOTE || mark === BRACE || keys.standsAt(start)) field += 1
  }
  close(text.length)
  return found
}

function hasLetter(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index)
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return true
  }
  return false
}

const [LINE, STOP, QUOTE, BRACE, BAR] = [10, 46, 34, 125, 124]
const FIELD_END = /",\s{0,80}(?="[\w -]{1,40}"\s{0,4}:)/y
const OBJECT_END = /\}\s{0,80},\s{0,80}(?=\{)/y

/** Walks from one possible end of a sentence to the next. Line ends with nothing but blanks between them are one. */
class Stops {
  at = 0
  length = 0
  /** What kind it is, by its first character; all full stops are one kind. */
  mark = 0
  readonly #text: string
  #from = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): boolean {
    const text = this.#text
    for (let at = this.#from; at < text.length; at += 1) {
      const length = this.#lengthAt(at, text.charCodeAt(at))
      if (length === 0) continue
      this.at = at
      this.length = length
      this.#from = at + length
      return true
    }
    return false
  }

  #lengthAt(at: number, code: number): number {
    switch (code) {
      case LINE:
        this.mark = LINE
        return this.#blankLines(at)
      case STOP:
      case 33:
      case 63:
        this.mark = STOP
        return this.#endsSentence(at + 1) && !(code === STOP && isAbbreviation(this.#text, at)) ? 1 : 0
      case QUOTE:
        this.mark = QUOTE
        return this.#text.charCodeAt(at + 1) === 44 ? this.#matched(FIELD_END, at) : 0
      case BRACE:
        this.mark = BRACE
        return this.#matched(OBJECT_END, at)
      case BAR:
        this.mark = BAR
        return 1
      default:
        return 0
    }
  }

  #blankLines(at: number): number {
    let last = at
    for (let next = at + 1; next < this.#text.length && isSpace(this.#text.charCodeAt(next)); next += 1)
      if (this.#text.charCodeAt(next) === LINE) last = next
    return last - at + 1
  }

  #endsSentence(next: number): boolean {
    if (next >= this.#text.length) return true
    const code = this.#text.charCodeAt(next)
    return code === 34 || code === 39 || code === 60 || code === 41 || code === 93 || isSpace(code)
  }

  #matched(pattern: RegExp, at: number): number {
    pattern.lastIndex = at
    return pattern.exec(this.#text)?.[0].length ?? 0
  }
}

/** A short form that a sentence goes on after in small letters: `e.g. in room 7`. */
const ABBREVIATED =
  /(?:^|[\s(.])(?:\p{L}|np|nr|no|ca|etc|dr|mr|mrs|ms|st|str|tel|bzw|usw|ggf|inkl|exkl|evtl|sog|vgl|max|min|vs|approx|incl|excl|ej|bijv|bl|ex|env|osv|resp|art|fig|dept|acct)$/iu

function isAbbreviation(text: string, stop: number): boolean {
  return /^\s\p{Ll}/u.test(text.slice(stop + 1, stop + 3)) && ABBREVIATED.test(text.slice(Math.max(0, stop - 8), stop))
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)))
}

/** A name that machines give: quoted, or small letters without a blank. */
const KEY = /^\s{0,40}(?:- )?(?:"[\w -]{1,40}"|[a-z][a-z0-9_]{0,30}):(?:\s|$)/
const KEY_WITHIN = 60

class Keys {
  readonly #text: string
  #colon = -1

  constructor(text: string) {
    this.#text = text
  }

  /** For places from first to last. */
  standsAt(start: number): boolean {
    if (this.#colon < start && this.#colon !== Number.POSITIVE_INFINITY) {
      const colon = this.#text.indexOf(':', start)
      this.#colon = colon < 0 ? Number.POSITIVE_INFINITY : colon
    }
    return this.#colon < start + KEY_WITHIN && KEY.test(this.#text.slice(start, start + KEY_WITHIN))
  }
}

/** A line of a table. */
function isRow(text: string, at: number): boolean {
  const begins = text.lastIndexOf('\n', at) + 1
  return /^\s{0,8}\|/.test(text.slice(begins, begins + 16))
}

/** Lines shorter than this end where they end. */
const WRAPPED = 48

/** A sentence that goes on in the next line: the line is long and stops in the middle, and no key or bullet follows. */
function isWrap(text: string, end: number): boolean {
  const begins = text.lastIndexOf('\n', end - 1) + 1
  if (end - begins < WRAPPED || /[.!?:;>|}\]]\s*$/.test(text.slice(Math.max(begins, end - 8), end))) return false
  return /^\s*(?![\w"' -]{1,32}:(?:\s|$))["'“(]?[\p{L}\p{N}]/u.test(text.slice(end + 1, end + 81))
}

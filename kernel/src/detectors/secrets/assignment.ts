/** Reads `name = value` around a word that names secrets, in the spellings of code, configuration, headers and command lines. */
export interface Assignment {
  readonly name: string
  /** As much of it as is judged. */
  readonly value: string
  /** [start, end) of the value. */
  readonly span: readonly [number, number]
  readonly quoted: boolean
  /** Where to go on reading. */
  readonly end: number
}

/** Longest name and value read, and how much of a value is judged. */
const NAME = 48
const VALUE = 8192
const JUDGED = 256

/** Where the last value without quotes stood: names within it are read again, the value is not. */
export interface BareRun {
  start: number
  end: number
}

/** What may stand between name and value; `==` compares and is not among them. */
const BETWEEN =
  /(?:\\?["'`])?\]?(?:[ \t]{0,4}:[ \t]{0,2}[A-Za-z][A-Za-z|<>[\] ]{0,24}(?==[^=]))?[ \t]{0,12}(?:(?::|\?|\|\|)?=(?![=~])>?|:(?!:)|(?<=<[\w.-]{1,48})>|[ \t]is:?(?=[ \t])|(?<=--[\w-]{1,48})(?=[ \t]))[ \t]{0,4}(?:[brfuBRFU@](?=["']))?/y
const QUOTE = /\\?["'`]/y
const SCHEME = /(?:Bearer|Basic|Token|token|bearer|ApiKey)[ \t]{1,4}(?=[^\s])/y

/** The assignment whose name holds what stands at `at`; undefined when nothing is assigned there. */
export function assignmentAt(text: string, at: number, run: BareRun): Assignment | undefined {
  const start = nameStart(text, at)
  const nameEnd = nameEndAfter(text, at)
  const value = match(BETWEEN, text, nameEnd)
  if (value === undefined) return undefined
  const name = text.slice(start, nameEnd)
  const quote = match(QUOTE, text, value)
  const from = match(SCHEME, text, quote ?? value) ?? quote ?? value
  const end = quote === undefined ? bareEnd(text, from, run) : quotedEnd(text, from, text.slice(value, quote))
  if (end === undefined || end <= from) return undefined
  return { name, value: text.slice(from, Math.min(end, from + JUDGED)), span: [from, end], quoted: quote !== undefined, end }
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

function nameStart(text: string, at: number): number {
  let start = at
  const least = Math.max(0, at - NAME)
  while (start > least && isNamePart(text.charCodeAt(start - 1))) start -= 1
  // The letter of an escaped line end is not part of the name.
  return start > 0 && text[start - 1] === '\\' && start < at ? start + 1 : start
}

function nameEndAfter(text: string, at: number): number {
  const end = wordEndAfter(text, at)
  // `api key`
  const second = text[end] === ' ' && /^(?:key|token|code|word|secret)(?![A-Za-z0-9])/i.test(text.slice(end + 1, end + 8))
  return second ? wordEndAfter(text, end + 1) : end
}

function wordEndAfter(text: string, at: number): number {
  let end = at
  const most = Math.min(text.length, at + NAME)
  while (end < most && isNamePart(text.charCodeAt(end))) end += 1
  return end
}

/** Letters, digits, `_`, `-`, `.`. */
function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46
  )
}

function quotedEnd(text: string, from: number, quote: string): number | undefined {
  const end = text.indexOf(quote, from)
  if (end < 0 || end - from > VALUE) return undefined
  const value = text.slice(from, end)
  return value.includes('\n') || value.includes('\\n') ? undefined : end - (value.endsWith('\\') ? 1 : 0)
}

/** A value that no quotes hold together. Before a bracket it is code, which holds no secret. */
const BARE = /[^\s"'`,;<>(){}[\]\\|]{1,8192}/y

function bareEnd(text: string, from: number, run: BareRun): number | undefined {
  if (from < run.start || from >= run.end) {
    run.start = from
    run.end = match(BARE, text, from) ?? from
  }
  const { end } = run
  if (end === from || text[end] === '(' || text[end] === '[' || text[end] === '{') return undefined
  return /[.:!?]/.test(text[end - 1] as string) ? end - 1 : end
}

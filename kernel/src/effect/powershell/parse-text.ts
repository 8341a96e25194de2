import { atEnd, type Cursor, giveUp, isDoubleQuote, isNewline, isSingleQuote, peek } from './cursor.ts'
import type { Expression } from './syntax.ts'

/** Parts of a text as they are gathered. */
export class TextParts {
  readonly #parts: (string | Expression)[] = []
  #text = ''

  add(part: string | Expression): void {
    if (typeof part === 'string') {
      this.#text += part
      return
    }
    if (this.#text !== '') this.#parts.push(this.#text)
    this.#text = ''
    this.#parts.push(part)
  }

  done(bare = false): Expression {
    const parts = this.#text === '' && this.#parts.length > 0 ? this.#parts : [...this.#parts, this.#text]
    return { kind: 'text', parts, ...(bare ? { bare: true } : {}) }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
}

/** What follows a backtick. Older editions know no `e` and `u` there, and only words are split up that way to hide them. */
export function readEscape(cursor: Cursor, bare = false): string {
  cursor.at += 1
  const character = peek(cursor)
  if (character === '') return ''
  cursor.at += 1
  if (bare && (character === 'e' || character === 'u')) return character
  if (character !== 'u' || peek(cursor) !== '{') return ESCAPES[character] ?? character
  const end = cursor.text.indexOf('}', cursor.at)
  const code = end < 0 || end > cursor.at + 8 ? Number.NaN : Number.parseInt(cursor.text.slice(cursor.at + 1, end), 16)
  if (Number.isNaN(code) || code > 0x10ffff) return character
  cursor.at = end + 1
  return String.fromCodePoint(code)
}

/** Between single quotes, the opening one still ahead; two of them stand for one. */
export function readSingleQuoted(cursor: Cursor): string {
  let text = ''
  cursor.at += 1
  for (;;) {
    if (atEnd(cursor)) {
      giveUp(cursor)
      return text
    }
    const character = peek(cursor)
    cursor.at += 1
    if (!isSingleQuote(character)) text += character
    else if (isSingleQuote(peek(cursor))) {
      text += character
      cursor.at += 1
    } else return text
  }
}

/** Reads what a `$` in a text leads in, or undefined when it is only a dollar sign. */
export type ReadVariable = (cursor: Cursor) => Expression | undefined

/** Between double quotes, the opening one still ahead. */
export function readDoubleQuoted(cursor: Cursor, parts: TextParts, variable: ReadVariable): void {
  cursor.at += 1
  for (;;) {
    if (atEnd(cursor)) return giveUp(cursor)
    const character = peek(cursor)
    if (character === '`') parts.add(readEscape(cursor))
    else if (character === '$') addVariable(cursor, parts, variable)
    else if (isDoubleQuote(character)) {
      cursor.at += 1
      if (!isDoubleQuote(peek(cursor))) return
      parts.add(character)
      cursor.at += 1
    } else {
      parts.add(character)
      cursor.at += 1
    }
  }
}

export function addVariable(cursor: Cursor, parts: TextParts, variable: ReadVariable): void {
  const value = variable(cursor)
  if (value !== undefined) return parts.add(value)
  parts.add('$')
  cursor.at += 1
}

/** `@"` or `@'`, a line end, text, a line end, `"@` or `'@`. Undefined when none starts here. */
export function readHereText(cursor: Cursor, variable: ReadVariable): Expression | undefined {
  const quote = peek(cursor, 1)
  const expands = isDoubleQuote(quote)
  if (peek(cursor) !== '@' || !(expands || isSingleQuote(quote))) return undefined
  let start = cursor.at + 2
  while (cursor.text[start] === ' ' || cursor.text[start] === '\t') start += 1
  if (!isNewline(cursor.text[start] ?? '')) return undefined
  start += cursor.text.startsWith('\r\n', start) ? 2 : 1
  const end = endOfHereText(cursor.text, start, expands)
  const body = cursor.text.slice(start, end === undefined ? undefined : end.text)
  if (end === undefined) giveUp(cursor)
  else cursor.at = end.after
  return expands ? expandBody(body, cursor, variable) : { kind: 'text', parts: [body] }
}

function endOfHereText(text: string, start: number, expands: boolean): { readonly text: number; readonly after: number } | undefined {
  for (let line = start; line >= 0 && line < text.length; ) {
    const quoted = expands ? isDoubleQuote(text[line] ?? '') : isSingleQuote(text[line] ?? '')
    if (quoted && text[line + 1] === '@')
      return { text: Math.max(start, line - (text.startsWith('\r\n', line - 2) ? 2 : 1)), after: line + 2 }
    const next = text.indexOf('\n', line)
    line = next < 0 ? -1 : next + 1
  }
  return undefined
}

function expandBody(body: string, outer: Cursor, variable: ReadVariable): Expression {
  const parts = new TextParts()
  const inner: Cursor = { ...outer, text: body, at: 0, depth: outer.depth + 1, complete: true }
  while (!atEnd(inner)) {
    const character = peek(inner)
    if (character === '`') parts.add(readEscape(inner))
    else if (character === '$') addVariable(inner, parts, variable)
    else {
      parts.add(character)
      inner.at += 1
    }
  }
  if (!inner.complete) outer.complete = false
  return parts.done()
}

import {
  atEnd,
  type Cursor,
  deeper,
  isBlank,
  isDash,
  isDoubleQuote,
  isNewline,
  isSingleQuote,
  peek,
  skipBlanks,
  take,
  takeMatch,
} from './cursor.ts'
import { readBlock, readChain, readExpression, readPrimary, readVariable } from './parse-expression.ts'
import { addVariable, readDoubleQuoted, readEscape, readSingleQuoted, TextParts } from './parse-text.ts'
import type { Argument, Element, Expression, Redirect } from './syntax.ts'

const EMPTY: Expression = { kind: 'text', parts: [''] }

/** One stage of a pipeline. */
export function readElement(cursor: Cursor): Element | undefined {
  skipBlanks(cursor, true)
  const call = readCall(cursor)
  if (call === 'plain' && startsExpression(cursor)) {
    const value = readExpression(cursor)
    return { kind: 'value', value, redirects: readRedirects(cursor) }
  }
  const name = call === 'plain' ? readWord(cursor) : readCalled(cursor)
  return name === undefined ? undefined : { kind: 'command', call, name, ...readWords(cursor) }
}

function readCall(cursor: Cursor): 'plain' | 'invoke' | 'source' {
  if (peek(cursor) === '&' && peek(cursor, 1) !== '&') {
    cursor.at += 1
    skipBlanks(cursor)
    return 'invoke'
  }
  const next = peek(cursor, 1)
  if (
    peek(cursor) === '.' &&
    (isBlank(next) || next === '{' || next === '(' || next === '$' || isDoubleQuote(next) || isSingleQuote(next))
  ) {
    cursor.at += 1
    skipBlanks(cursor)
    return 'source'
  }
  return 'plain'
}

function readCalled(cursor: Cursor): Expression | undefined {
  const character = peek(cursor)
  if (character === '$' || character === '(' || character === '{' || character === '@') return readChain(cursor, readPrimary(cursor))
  return readWord(cursor)
}

function startsExpression(cursor: Cursor): boolean {
  const character = peek(cursor)
  if (character === '') return false
  if ('$(@[{!,'.includes(character)) return true
  if (isSingleQuote(character) || isDoubleQuote(character)) return true
  const rest = cursor.text.slice(cursor.at, cursor.at + 24)
  if (/^[+-]?(?:0x[\da-f]+|\d+(?:\.\d+)?)(?:[kmgtp]b)?(?=[\s;|)}\]*/%+,-]|\.\.|$)/i.test(rest)) return true
  return /^(?:-(?:not|bnot|join|[ci]?split)(?![\w-])|\+\+|--)/i.test(isDash(character) ? `-${rest.slice(1)}` : rest)
}

/** Arguments and redirections up to where the command ends. */
function readWords(cursor: Cursor): { readonly args: readonly Argument[]; readonly redirects: readonly Redirect[] } {
  const args: Argument[] = []
  const redirects: Redirect[] = []
  for (;;) {
    skipBlanks(cursor)
    if (endsCommand(cursor)) return { args, redirects }
    const before = cursor.at
    if (take(cursor, '--%')) args.push(...readVerbatim(cursor))
    else if (!readRedirect(cursor, redirects)) readArgument(cursor, args)
    if (cursor.at === before) cursor.at += 1
  }
}

function endsCommand(cursor: Cursor): boolean {
  const character = peek(cursor)
  return character === '' || ';|&)}'.includes(character) || isNewline(character)
}

/** After `--%` the line is handed on as it stands. */
function readVerbatim(cursor: Cursor): readonly Argument[] {
  const line = takeMatch(cursor, /[^\n\r|]*/y) ?? ''
  return line
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => ({ value: { kind: 'text', parts: [text.replace(/^"(.*)"$/, '$1')] } }))
}

export function readRedirects(cursor: Cursor): readonly Redirect[] {
  const redirects: Redirect[] = []
  skipBlanks(cursor)
  while (readRedirect(cursor, redirects)) skipBlanks(cursor)
  return redirects
}

function readRedirect(cursor: Cursor, into: Redirect[]): boolean {
  const operator = takeMatch(cursor, /[\d*]?>>?(?:&\d)?/y)
  if (operator === undefined) return false
  if (operator.includes('&')) return true
  skipBlanks(cursor)
  const target = endsCommand(cursor) ? undefined : readWord(cursor)
  if (target !== undefined) into.push({ target, append: operator.endsWith('>>') })
  return true
}

function readArgument(cursor: Cursor, into: Argument[]): void {
  if (isDash(peek(cursor))) {
    const name = takeMatch(cursor, /.[A-Za-z_?][\w-]*/y)
    if (name !== undefined) return readParameter(cursor, name.slice(1), into)
  }
  const value = readValue(cursor)
  if (value !== undefined) into.push({ value })
}

function readParameter(cursor: Cursor, name: string, into: Argument[]): void {
  if (!take(cursor, ':')) {
    // `-dfoo.txt`, `-p1=x`: options of other programs go on where names end.
    const next = peek(cursor)
    if (next === '' || isBlank(next) || isNewline(next) || ';|&)}('.includes(next)) {
      into.push({ parameter: name })
      return
    }
    const rest = readWord(cursor)
    into.push({ value: { kind: 'text', parts: [`-${name}`, ...(rest === undefined ? [] : [rest])] } })
    return
  }
  skipBlanks(cursor)
  const value = endsCommand(cursor) ? undefined : readValue(cursor)
  into.push({ parameter: name, ...(value === undefined ? {} : { value }) })
}

/** A value or several with commas between them. */
function readValue(cursor: Cursor): Expression | undefined {
  const items: Expression[] = []
  for (;;) {
    const item = readItem(cursor)
    if (item !== undefined) items.push(item)
    const before = cursor.at
    skipBlanks(cursor)
    if (!take(cursor, ',')) {
      cursor.at = before
      break
    }
    skipBlanks(cursor, true)
  }
  return items.length <= 1 ? items[0] : { kind: 'array', items }
}

function readItem(cursor: Cursor): Expression | undefined {
  const character = peek(cursor)
  if (character === '{') return deeper<Expression>(cursor, () => readBlock(cursor), EMPTY)
  if (character === '(' || character === '@') return readChain(cursor, readPrimary(cursor))
  return readWord(cursor)
}

/** Pieces that touch make one word: `C:\a$b"c d"`. A variable alone may lead on to its members. */
export function readWord(cursor: Cursor): Expression | undefined {
  const start = cursor.at
  const parts = new TextParts()
  const value = peek(cursor) === '$' ? readVariable(cursor) : undefined
  if (value !== undefined) {
    const chain = readChain(cursor, value)
    if (endsWord(cursor)) return chain
    parts.add(chain)
  }
  while (!endsWord(cursor)) {
    const character = peek(cursor)
    if (character === '`') parts.add(readEscape(cursor, true))
    else if (isSingleQuote(character)) parts.add(readSingleQuoted(cursor))
    else if (isDoubleQuote(character)) readDoubleQuoted(cursor, parts, readVariable)
    else if (character === '$') addVariable(cursor, parts, readVariable)
    else {
      parts.add(character)
      cursor.at += 1
    }
  }
  return cursor.at === start ? undefined : parts.done(true)
}

function endsWord(cursor: Cursor): boolean {
  if (atEnd(cursor)) return true
  const character = peek(cursor)
  return isBlank(character) || isNewline(character) || ';|&(){}<>,'.includes(character)
}

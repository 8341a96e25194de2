import type { Statement } from './syntax.ts'

/** The parts of the grammar that stand inside all others. */
export interface Grammar {
  /** Statements up to the closing bracket, which is consumed; an empty one stands for the end of the text. */
  readonly statements: (cursor: Cursor, close: string) => readonly Statement[]
  readonly statement: (cursor: Cursor) => Statement | undefined
}

/** A place in a script that is being read. Lives for one parse. */
export interface Cursor {
  readonly text: string
  readonly grammar: Grammar
  at: number
  depth: number
  /** Cleared when something could not be understood. */
  complete: boolean
}

/** Deepest nesting parsed. */
const DEPTH = 48

export function newCursor(text: string, grammar: Grammar): Cursor {
  return { text, grammar, at: 0, depth: 0, complete: true }
}

export function peek(cursor: Cursor, ahead = 0): string {
  return cursor.text[cursor.at + ahead] ?? ''
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.text.length
}

/** Consumes these characters when they come next. */
export function take(cursor: Cursor, expected: string): boolean {
  if (!cursor.text.startsWith(expected, cursor.at)) return false
  cursor.at += expected.length
  return true
}

/** Gives up on the rest: what was read so far counts. */
export function giveUp(cursor: Cursor): void {
  cursor.complete = false
  cursor.at = cursor.text.length
}

/** Runs one level deeper, or gives up when that is too deep. */
export function deeper<Value>(cursor: Cursor, work: () => Value, otherwise: Value): Value {
  if (cursor.depth >= DEPTH) {
    giveUp(cursor)
    return otherwise
  }
  cursor.depth += 1
  const value = work()
  cursor.depth -= 1
  return value
}

/** PowerShell takes typographic quotes and dashes for the plain ones, and every Unicode blank for a space. */
export function isSingleQuote(character: string): boolean {
  return character === "'" || (character >= '\u2018' && character <= '\u201b' && character !== '')
}

export function isDoubleQuote(character: string): boolean {
  return character === '"' || (character >= '\u201c' && character <= '\u201e' && character !== '')
}

export function isDash(character: string): boolean {
  return character === '-' || character === '\u2013' || character === '\u2014' || character === '\u2015'
}

export function isBlank(character: string): boolean {
  return (
    character === ' ' ||
    character === '\t' ||
    character === '\v' ||
    character === '\f' ||
    /^[\u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$/.test(character)
  )
}

export function isNewline(character: string): boolean {
  return character === '\n' || character === '\r'
}

/** Blanks, comments and continued lines; line ends too when asked. */
export function skipBlanks(cursor: Cursor, lines = false): void {
  for (;;) {
    const character = peek(cursor)
    if (isBlank(character) || (lines && isNewline(character))) cursor.at += 1
    else if (character === '`' && isNewline(peek(cursor, 1))) cursor.at += peek(cursor, 1) === '\r' && peek(cursor, 2) === '\n' ? 3 : 2
    else if (character === '#') skipLine(cursor)
    else if (character === '<' && peek(cursor, 1) === '#') skipComment(cursor)
    else return
  }
}

function skipLine(cursor: Cursor): void {
  while (!atEnd(cursor) && !isNewline(peek(cursor))) cursor.at += 1
}

function skipComment(cursor: Cursor): void {
  const end = cursor.text.indexOf('#>', cursor.at + 2)
  if (end < 0) giveUp(cursor)
  else cursor.at = end + 2
}

/** A match of a sticky pattern here, consumed. */
export function takeMatch(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found === null) return undefined
  cursor.at += found[0].length
  return found[0]
}

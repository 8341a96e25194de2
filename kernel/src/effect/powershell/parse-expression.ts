import {
  atEnd,
  type Cursor,
  deeper,
  giveUp,
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
import { readDoubleQuoted, readHereText, readSingleQuoted, TextParts } from './parse-text.ts'
import type { Expression, Statement } from './syntax.ts'

const EMPTY: Expression = { kind: 'text', parts: [''] }

/** Binary operators by how tightly they bind, loosest first. */
const BINARY: readonly RegExp[] = [
  /-(?:and|or|xor)(?![\w-])/iy,
  /-(?:band|bor|bxor)(?![\w-])/iy,
  /-[ci]?(?:eq|ne|ge|gt|lt|le|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split|join|isnot|is|as)(?![\w-])/iy,
  /\+(?![+=])|-(?![-=A-Za-z])/y,
  /[*/%](?!=)|-(?:shl|shr)(?![\w-])/iy,
  /-f(?![\w-])/iy,
  /\.\.(?!\.)/y,
]
const UNARY = /-(?:not|bnot|join|[ci]?split)(?![\w-])|!|\+\+|--|\+|-(?![A-Za-z])/iy

/** Any expression, lists with commas among them. */
export function readExpression(cursor: Cursor): Expression {
  return deeper(cursor, () => readTernary(cursor), EMPTY)
}

function readTernary(cursor: Cursor): Expression {
  const left = readBinary(cursor, 0)
  skipBlanks(cursor)
  if (peek(cursor) === '?' && peek(cursor, 1) === '?' && peek(cursor, 2) !== '=') {
    cursor.at += 2
    skipBlanks(cursor, true)
    return { kind: 'binary', operator: '??', left, right: readBinary(cursor, 0) }
  }
  if (!take(cursor, '? ')) return left
  skipBlanks(cursor, true)
  const yes = readExpression(cursor)
  skipBlanks(cursor, true)
  if (!take(cursor, ':')) return { kind: 'binary', operator: '??', left, right: yes }
  skipBlanks(cursor, true)
  return { kind: 'binary', operator: '??', left: yes, right: readExpression(cursor) }
}

function readBinary(cursor: Cursor, level: number): Expression {
  const pattern = BINARY[level]
  if (pattern === undefined) return readList(cursor)
  let left = readBinary(cursor, level + 1)
  for (;;) {
    const before = cursor.at
    skipBlanks(cursor)
    const operator = takeOperator(cursor, pattern)
    if (operator === undefined) {
      cursor.at = before
      return left
    }
    skipBlanks(cursor, true)
    left = { kind: 'binary', operator, left, right: readBinary(cursor, level + 1) }
  }
}

/** Dashes of any kind lead an operator in. */
function takeOperator(cursor: Cursor, pattern: RegExp): string | undefined {
  const first = peek(cursor)
  if (first === '' || !(isDash(first) || '+*/%.'.includes(first))) return undefined
  if (first === '-' || !isDash(first)) return takeMatch(cursor, pattern)?.toLowerCase()
  pattern.lastIndex = 0
  const found = pattern.exec(`-${cursor.text.slice(cursor.at + 1, cursor.at + 16)}`)
  if (found === null) return undefined
  cursor.at += found[0].length
  return found[0].toLowerCase()
}

function readList(cursor: Cursor): Expression {
  const first = readUnary(cursor)
  const items = [first]
  for (;;) {
    const before = cursor.at
    skipBlanks(cursor)
    if (!take(cursor, ',')) {
      cursor.at = before
      break
    }
    skipBlanks(cursor, true)
    items.push(readUnary(cursor))
  }
  return items.length === 1 ? first : { kind: 'array', items }
}

function readUnary(cursor: Cursor): Expression {
  if (take(cursor, ',')) return { kind: 'array', items: [readUnary(cursor)] }
  const operator = isDash(peek(cursor)) || '!+'.includes(peek(cursor) || ' ') ? takeOperatorOrBang(cursor) : undefined
  if (operator !== undefined) {
    skipBlanks(cursor, true)
    return { kind: 'unary', operator, operand: deeper(cursor, () => readUnary(cursor), EMPTY) }
  }
  if (peek(cursor) !== '[') return readPostfix(cursor)
  const type = readType(cursor)
  if (type === undefined) return readPostfix(cursor)
  const before = cursor.at
  skipBlanks(cursor)
  if (!startsOperand(cursor)) {
    cursor.at = before
    return readChain(cursor, { kind: 'type', name: type })
  }
  return { kind: 'unary', operator: `[${type}]`, operand: deeper(cursor, () => readUnary(cursor), EMPTY) }
}

function takeOperatorOrBang(cursor: Cursor): string | undefined {
  return peek(cursor) === '!' ? (take(cursor, '!') ? '!' : undefined) : takeOperator(cursor, UNARY)
}

function startsOperand(cursor: Cursor): boolean {
  const character = peek(cursor)
  return character !== '' && ('$(@[{'.includes(character) || isSingleQuote(character) || isDoubleQuote(character) || /\d/.test(character))
}

const TYPE = /\[\s*([A-Za-z_][\w.+`]*)((?:\s*\[[\w.+`,\s[\]]{0,200}\])?)[^\]\n]{0,200}\]/y

/** `[Net.WebClient]`; lower case, without `System.`. */
function readType(cursor: Cursor): string | undefined {
  TYPE.lastIndex = cursor.at
  const found = TYPE.exec(cursor.text)
  if (found === null) return undefined
  cursor.at += found[0].length
  return typeName(`${found[1]}${(found[2] ?? '').startsWith('[]') ? '[]' : ''}`)
}

export function typeName(spelled: string): string {
  return spelled
    .trim()
    .toLowerCase()
    .replaceAll('`', '')
    .replace(/^system\./, '')
}

function readPostfix(cursor: Cursor): Expression {
  return readChain(cursor, readPrimary(cursor))
}

/** Members, calls and indexes that follow without a blank. */
export function readChain(cursor: Cursor, start: Expression): Expression {
  let target = start
  for (let links = 0; links < 200; links += 1) {
    if (take(cursor, '::') || startsMember(cursor)) target = readMember(cursor, target)
    else if (peek(cursor) === '[' && target.kind !== 'type') target = readIndex(cursor, target)
    else if (peek(cursor) === '(' && target.kind === 'member' && target.args === undefined)
      target = { ...target, args: readArguments(cursor) }
    else {
      while (take(cursor, '++') || take(cursor, '--'));
      return target
    }
  }
  giveUp(cursor)
  return target
}

function startsMember(cursor: Cursor): boolean {
  const dot = peek(cursor) === '?' && peek(cursor, 1) === '.' ? 2 : peek(cursor) === '.' ? 1 : 0
  const next = peek(cursor, dot)
  if (dot === 0 || next === '.' || next === '' || isBlank(next) || isNewline(next)) return false
  if (!(/[\w$(]/.test(next) || isSingleQuote(next) || isDoubleQuote(next))) return false
  cursor.at += dot
  return true
}

function readMember(cursor: Cursor, target: Expression): Expression {
  const plain = takeMatch(cursor, /[A-Za-z_]\w*/y)
  const name: Expression = plain === undefined ? readPrimary(cursor) : { kind: 'text', parts: [plain] }
  return { kind: 'member', target, name }
}

function readIndex(cursor: Cursor, target: Expression): Expression {
  cursor.at += 1
  skipBlanks(cursor, true)
  const index = readExpression(cursor)
  skipBlanks(cursor, true)
  if (!take(cursor, ']')) giveUp(cursor)
  return { kind: 'index', target, index }
}

function readArguments(cursor: Cursor): readonly Expression[] {
  cursor.at += 1
  const args: Expression[] = []
  for (;;) {
    skipBlanks(cursor, true)
    if (take(cursor, ')')) return args
    if (take(cursor, ',')) continue
    if (atEnd(cursor)) {
      cursor.complete = false
      return args
    }
    const before = cursor.at
    const value = deeper(cursor, () => readBinary(cursor, 0), EMPTY)
    if (value.kind === 'array') args.push(...value.items)
    else args.push(value)
    if (cursor.at === before) giveUp(cursor)
  }
}

/** Undefined when the `$` here names nothing. */
export function readVariable(cursor: Cursor): Expression | undefined {
  if (peek(cursor, 1) === '(') {
    cursor.at += 2
    return deeper(cursor, () => ({ kind: 'group', body: cursor.grammar.statements(cursor, ')') }), EMPTY)
  }
  const name = takeMatch(cursor, /\$(?:\{[^}]{1,256}\}|(?:\w+:)?\w+|[$?^])/y)
  if (name === undefined) return undefined
  return { kind: 'variable', name: variableName(name.slice(1)) }
}

function variableName(spelled: string): string {
  return spelled
    .replace(/^\{([^}]*)\}$/, '$1')
    .replaceAll('`', '')
    .toLowerCase()
    .replace(/^(?:global|script|local|private|using|variable):/, '')
}

/** One value: a text, a variable, a group, a block, a number. A bare word only where a table or member takes one. */
export function readPrimary(cursor: Cursor): Expression {
  const character = peek(cursor)
  if (isSingleQuote(character)) return { kind: 'text', parts: [readSingleQuoted(cursor)] }
  if (isDoubleQuote(character)) return readQuoted(cursor)
  if (character === '$') return readVariable(cursor) ?? skipOne(cursor)
  if (character === '@') return readAt(cursor)
  if (character === '(') {
    cursor.at += 1
    return deeper(cursor, () => ({ kind: 'group', body: cursor.grammar.statements(cursor, ')') }), EMPTY)
  }
  if (character === '{') return deeper(cursor, () => readBlock(cursor), EMPTY)
  const type = character === '[' ? readType(cursor) : undefined
  if (type !== undefined) return { kind: 'type', name: type }
  const plain = takeMatch(cursor, /0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:[kmgtp]b)?|[\w:\\/.*-]+/iy)
  return plain === undefined ? skipOne(cursor) : { kind: 'text', parts: [plain], bare: true }
}

function readQuoted(cursor: Cursor): Expression {
  const parts = new TextParts()
  readDoubleQuoted(cursor, parts, readVariable)
  return parts.done()
}

/** What stands here is no value: it is passed over, so that reading always ends. */
function skipOne(cursor: Cursor): Expression {
  const character = peek(cursor)
  if (character !== '' && !')}];|&,'.includes(character) && !isNewline(character)) {
    cursor.complete = false
    cursor.at += 1
  }
  return EMPTY
}

function readAt(cursor: Cursor): Expression {
  const here = readHereText(cursor, readVariable)
  if (here !== undefined) return here
  cursor.at += 1
  if (take(cursor, '(')) return deeper(cursor, () => ({ kind: 'group', body: cursor.grammar.statements(cursor, ')') }), EMPTY)
  if (take(cursor, '{')) return deeper(cursor, () => readTable(cursor), EMPTY)
  const splat = takeMatch(cursor, /\w+/y)
  return splat === undefined ? EMPTY : { kind: 'variable', name: splat.toLowerCase(), splat: true }
}

function readTable(cursor: Cursor): Expression {
  const entries: (readonly [Expression, Expression])[] = []
  for (;;) {
    skipBlanks(cursor, true)
    while (take(cursor, ';')) skipBlanks(cursor, true)
    if (take(cursor, '}')) return { kind: 'table', entries }
    const before = cursor.at
    const key = readChain(cursor, readPrimary(cursor))
    skipBlanks(cursor)
    if (take(cursor, '=')) {
      skipBlanks(cursor, true)
      const value = cursor.grammar.statement(cursor)
      entries.push([key, value === undefined ? EMPTY : { kind: 'group', body: [value] }])
    }
    if (cursor.at === before || atEnd(cursor)) {
      giveUp(cursor)
      return { kind: 'table', entries }
    }
  }
}

/** `{ param(…) … }`, the opening brace still ahead. */
export function readBlock(cursor: Cursor): Expression & { readonly kind: 'block' } {
  cursor.at += 1
  const body = cursor.grammar.statements(cursor, '}')
  return { kind: 'block', parameters: parametersOf(body), body }
}

/** A `param( … )` is read as a function without a body that stands first. */
export function parametersOf(body: readonly Statement[]): readonly string[] {
  const first = body.find((statement) => statement.kind === 'function' && statement.name === 'param')
  return first?.kind === 'function' ? first.parameters : []
}

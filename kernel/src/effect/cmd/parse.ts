import type { Batch, Node, Redirect } from './syntax.ts'

/** Deepest nesting, and most commands of one batch. */
const DEPTH = 40
const NODE_LIMIT = 4000

interface Cursor {
  readonly text: string
  at: number
  depth: number
  nodes: number
  complete: boolean
}

const EMPTY: Node = { kind: 'command', text: '', redirects: [] }

/** Total and linear in the text: what cannot be understood leaves the batch incomplete. */
export function parseCmd(text: string): Batch {
  const cursor: Cursor = { text, at: 0, depth: 0, nodes: 0, complete: true }
  const nodes: Node[] = []
  while (cursor.at < text.length && cursor.nodes < NODE_LIMIT) {
    nodes.push(...readNodes(cursor, false))
    if (cursor.at < text.length) cursor.at += 1
  }
  return { nodes, complete: cursor.complete && cursor.at >= text.length }
}

function peek(cursor: Cursor, ahead = 0): string {
  return cursor.text[cursor.at + ahead] ?? ''
}

function giveUp(cursor: Cursor): void {
  cursor.complete = false
  cursor.at = cursor.text.length
}

/** Commands up to the closing bracket, which stays ahead, or the end. */
function readNodes(cursor: Cursor, inGroup: boolean): readonly Node[] {
  const nodes: Node[] = []
  for (;;) {
    skipSeparators(cursor)
    if (cursor.at >= cursor.text.length || (inGroup && peek(cursor) === ')')) return nodes
    const before = cursor.at
    const node = readPipe(cursor, inGroup)
    if (cursor.nodes > NODE_LIMIT) giveUp(cursor)
    nodes.push(node)
    if (cursor.at === before) return nodes
  }
}

function skipSeparators(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && ' \t\r\n&;,=@\f\v\u00a0'.includes(peek(cursor))) cursor.at += 1
}

function skipBlanks(cursor: Cursor, lines = false): void {
  const blanks = lines ? ' \t,;=\u00a0\r\n' : ' \t,;=\u00a0'
  while (cursor.at < cursor.text.length && blanks.includes(peek(cursor))) cursor.at += 1
}

function readPipe(cursor: Cursor, inGroup: boolean): Node {
  const stages = [readNode(cursor, inGroup)]
  for (;;) {
    skipBlanks(cursor)
    if (peek(cursor) !== '|') break
    const double = peek(cursor, 1) === '|'
    cursor.at += double ? 2 : 1
    if (double) break
    skipSeparators(cursor)
    stages.push(readNode(cursor, inGroup))
  }
  return stages.length === 1 ? (stages[0] as Node) : { kind: 'pipe', stages }
}

function readNode(cursor: Cursor, inGroup: boolean): Node {
  cursor.nodes += 1
  if (cursor.depth >= DEPTH || cursor.nodes > NODE_LIMIT) {
    giveUp(cursor)
    return EMPTY
  }
  cursor.depth += 1
  const node = readAny(cursor, inGroup)
  cursor.depth -= 1
  return node
}

function readAny(cursor: Cursor, inGroup: boolean): Node {
  while (' \t@,;='.includes(peek(cursor) || 'x')) cursor.at += 1
  if (peek(cursor) === '(') return readGroup(cursor)
  const rest = cursor.text.slice(cursor.at, cursor.at + 12)
  if (/^if(?=[\s/("])/i.test(rest)) return readIf(cursor, inGroup)
  if (/^for(?=[\s/%])/i.test(rest)) return readFor(cursor, inGroup)
  if (/^rem(?=[\s/.]|$)/i.test(rest) || rest.startsWith(':')) {
    readToLineEnd(cursor)
    return EMPTY
  }
  return readCommand(cursor, inGroup)
}

function readToLineEnd(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && peek(cursor) !== '\n') cursor.at += 1
}

function readGroup(cursor: Cursor): Node {
  cursor.at += 1
  const body = readNodes(cursor, true)
  if (peek(cursor) === ')') cursor.at += 1
  else cursor.complete = false
  const redirects: Redirect[] = []
  for (;;) {
    while (peek(cursor) === ' ' || peek(cursor) === '\t') cursor.at += 1
    if (!readRedirect(cursor, redirects)) return { kind: 'group', body, redirects }
  }
}

function readIf(cursor: Cursor, inGroup: boolean): Node {
  cursor.at += 2
  let condition = ''
  const word = (): string => {
    skipBlanks(cursor)
    const text = readWord(cursor)
    condition += ` ${text}`
    return text
  }
  let first = word()
  while (/^(?:\/i|not)$/i.test(first)) first = word()
  if (/^(?:exist|defined|errorlevel|cmdextversion)$/i.test(first)) word()
  else if (!first.includes('==')) {
    skipBlanks(cursor)
    word()
    if (!condition.includes('==') || condition.trimEnd().endsWith('==')) word()
  } else if (first.endsWith('==')) word()
  const yes = readNode(cursor, inGroup)
  const before = cursor.at
  skipBlanks(cursor, inGroup || yes.kind === 'group')
  if (!/^else(?=[\s(])/i.test(cursor.text.slice(cursor.at, cursor.at + 6))) {
    cursor.at = before
    return { kind: 'if', condition, yes, no: undefined }
  }
  cursor.at += 4
  return { kind: 'if', condition, yes, no: readNode(cursor, inGroup) }
}

/** A word of a condition: `==` may stand in it, or between two. */
function readWord(cursor: Cursor): string {
  const start = cursor.at
  let quoted = false
  if (cursor.text.startsWith('==', cursor.at)) {
    cursor.at += 2
    return '=='
  }
  while (cursor.at < cursor.text.length) {
    const character = peek(cursor)
    if (character === '"') quoted = !quoted
    else if (
      character === '\n' ||
      (!quoted &&
        (' \t(&|'.includes(character) || (character === '=' && cursor.at > start && peek(cursor, 1) !== '=' && peek(cursor, -1) !== '=')))
    )
      break
    cursor.at += 1
  }
  return cursor.text.slice(start, cursor.at)
}

function readFor(cursor: Cursor, inGroup: boolean): Node {
  const start = cursor.at
  const head = /for((?:\s+\/[dlrf](?:\s+(?:"[^"\n]{0,400}"|[^\s%"(/][^\s%"(]{0,200}))?)*)\s*%{1,2}(\S)\s+in\s*\(/iy
  head.lastIndex = start
  const found = head.exec(cursor.text)
  if (found === null) return readCommand(cursor, inGroup)
  cursor.at = start + found[0].length
  const set = readSet(cursor)
  skipBlanks(cursor)
  if (!/^do(?=[\s(@])/i.test(cursor.text.slice(cursor.at, cursor.at + 4))) {
    cursor.complete = false
    return { kind: 'for', options: found[1] ?? '', variable: found[2] as string, set, body: EMPTY }
  }
  cursor.at += 2
  return { kind: 'for', options: found[1] ?? '', variable: found[2] as string, set, body: readNode(cursor, inGroup) }
}

/** What stands between the brackets of a `for`, the opening one read. */
function readSet(cursor: Cursor): string {
  const start = cursor.at
  let [quote, depth] = ['', 0]
  while (cursor.at < cursor.text.length) {
    const character = peek(cursor)
    if (character === '^') cursor.at += 1
    else if (quote !== '') quote = character === quote || character === '\n' ? '' : quote
    else if (character === '"') quote = '"'
    else if (character === '(') depth += 1
    else if (character === ')' && depth === 0) break
    else if (character === ')') depth -= 1
    cursor.at += 1
  }
  const set = cursor.text.slice(start, Math.min(cursor.at, cursor.text.length))
  if (cursor.at >= cursor.text.length) giveUp(cursor)
  else cursor.at += 1
  return set
}

function readCommand(cursor: Cursor, inGroup: boolean): Node {
  const redirects: Redirect[] = []
  let text = ''
  let quoted = false
  while (cursor.at < cursor.text.length) {
    const character = peek(cursor)
    if (character === '\n' || (character === '\r' && peek(cursor, 1) === '\n')) break
    if (!quoted && (character === '&' || character === '|' || (inGroup && character === ')'))) break
    if (!quoted && readRedirect(cursor, redirects)) continue
    if (!quoted && character === '^') {
      text += readCaret(cursor)
      continue
    }
    if (character === '"') quoted = !quoted
    text += character
    cursor.at += 1
  }
  return { kind: 'command', text, redirects }
}

/** A caret keeps what follows from meaning anything, and joins lines. It stays in the text for those who read it. */
function readCaret(cursor: Cursor): string {
  const next = peek(cursor, 1)
  cursor.at += 2
  if (next === '\r' && peek(cursor) === '\n') cursor.at += 1
  return next === '\r' || next === '\n' || next === '' ? '' : `^${next}`
}

function readRedirect(cursor: Cursor, into: Redirect[]): boolean {
  const operator = /\d?(?:>>?|<)(?:&\d)?/y
  operator.lastIndex = cursor.at
  const found = operator.exec(cursor.text)?.[0]
  if (found === undefined) return false
  // A digit belongs to the operator only when it stands alone before it.
  if (/^\d/.test(found) && /[^\s&|(>]/.test(peek(cursor, -1) || ' ')) return false
  cursor.at += found.length
  if (found.includes('&')) return true
  while (peek(cursor) === ' ' || peek(cursor) === '\t') cursor.at += 1
  const start = cursor.at
  let quoted = false
  while (cursor.at < cursor.text.length && (quoted || !' \t\r\n&|<>),;='.includes(peek(cursor)))) {
    if (peek(cursor) === '"') quoted = !quoted
    if (peek(cursor) === '\n') break
    cursor.at += 1
  }
  if (into.length < 16)
    into.push({ access: found.includes('<') ? 'read' : 'write', append: found.includes('>>'), target: cursor.text.slice(start, cursor.at) })
  return true
}

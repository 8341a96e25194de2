import { atEnd, type Cursor, deeper, giveUp, isNewline, newCursor, peek, skipBlanks, take, takeMatch } from './cursor.ts'
import { readElement } from './parse-command.ts'
import { readBlock, readVariable } from './parse-expression.ts'
import type { Element, Expression, Script, Statement } from './syntax.ts'

/** Most statements of one script. */
const STATEMENT_LIMIT = 4000

/** Total and linear in the text: what cannot be understood leaves the script incomplete. */
export function parsePowerShell(text: string): Script {
  const cursor = newCursor(text, { statements: readStatements, statement: readStatement })
  const statements: Statement[] = []
  while (!atEnd(cursor) && statements.length < STATEMENT_LIMIT) {
    statements.push(...readStatements(cursor, ''))
    if (!atEnd(cursor)) {
      cursor.complete = false
      cursor.at += 1
    }
  }
  return { statements, complete: cursor.complete && atEnd(cursor) }
}

function readStatements(cursor: Cursor, close: string): readonly Statement[] {
  const statements: Statement[] = []
  for (;;) {
    skipBlanks(cursor, true)
    if (take(cursor, ';')) continue
    if (close !== '' && take(cursor, close)) return statements
    if (atEnd(cursor)) {
      if (close !== '') cursor.complete = false
      return statements
    }
    const before = cursor.at
    const statement = readStatement(cursor)
    if (statement !== undefined && statements.length < STATEMENT_LIMIT) statements.push(statement)
    if (cursor.at === before) {
      // A bracket that closes nothing here: left to whoever opened it.
      if (close !== '' && ')}]'.includes(peek(cursor))) giveUp(cursor)
      return statements
    }
  }
}

const KEYWORD =
  /(?:if|elseif|else|while|for|foreach|switch|do|until|try|catch|finally|trap|function|filter|workflow|configuration|param|return|throw|exit|begin|process|end|clean|dynamicparam|class|enum|using|parallel|sequence|inlinescript)(?![\w-])/iy

function readStatement(cursor: Cursor): Statement | undefined {
  takeMatch(cursor, /:\w+(?=\s*(?:for|while|do|switch))/iy)
  const start = cursor.at
  const keyword = takeMatch(cursor, KEYWORD)?.toLowerCase()
  if (keyword !== undefined) {
    const statement = readKeyword(cursor, keyword)
    if (statement !== undefined) return statement
    cursor.at = start
  }
  return readPipeline(cursor)
}

/** Undefined when the word is none here: `foreach` may be a command as well. */
function readKeyword(cursor: Cursor, keyword: string): Statement | undefined {
  skipBlanks(cursor, true)
  const next = peek(cursor)
  switch (keyword) {
    case 'return':
    case 'throw':
    case 'exit':
      return endsStatement(cursor) ? branch([], []) : readPipeline(cursor)
    case 'function':
    case 'filter':
    case 'workflow':
    case 'configuration':
      return readFunction(cursor)
    case 'param':
      return next === '(' ? readParameters(cursor) : undefined
    case 'class':
    case 'enum':
      return readDeclaration(cursor)
    case 'using':
      takeMatch(cursor, /[^\n\r;]*/y)
      return branch([], [])
    default:
      return next === '(' || next === '{' || keyword === 'trap' || keyword === 'catch' || keyword === 'switch'
        ? readBranch(cursor, keyword)
        : undefined
  }
}

function endsStatement(cursor: Cursor): boolean {
  const next = peek(cursor)
  return next === '' || next === ';' || next === '}' || next === ')' || isNewline(next)
}

function branch(conditions: readonly Statement[], bodies: readonly (readonly Statement[])[]): Statement {
  return { kind: 'branch', conditions, bodies }
}

/** Everything with a condition in brackets and bodies in braces. */
function readBranch(cursor: Cursor, keyword: string): Statement {
  const conditions: Statement[] = []
  const bodies: (readonly Statement[])[] = []
  takeMatch(cursor, /(?:\s*-\w+)+|(?:\s*\[[\w.\s,]{1,120}\],?)+/y)
  skipBlanks(cursor, true)
  if (peek(cursor) === '(') {
    const loop = keyword === 'foreach' ? readLoop(cursor) : undefined
    if (loop !== undefined) return loop
    cursor.at += 1
    conditions.push(...deeper(cursor, () => cursor.grammar.statements(cursor, ')'), []))
  }
  skipBlanks(cursor, true)
  if (peek(cursor) !== '{') {
    // Nothing is read twice: what nests would be read twice at every level.
    cursor.complete = false
    return branch(conditions, bodies)
  }
  const block = deeper(cursor, () => readBlock(cursor), undefined)
  bodies.push(...(block === undefined ? [] : keyword === 'switch' ? blocksIn(block.body) : [block.body]))
  return branch(conditions, bodies)
}

/** The clauses of a `switch` read as commands whose last word is a block. */
function blocksIn(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== 'pipeline') return [[statement]]
    const blocks = statement.elements.flatMap((element) =>
      element.kind === 'value' ? [element.value] : element.args.map((argument) => argument.value),
    )
    const bodies = blocks.flatMap((value) => (value?.kind === 'block' ? [value.body] : []))
    return bodies.length > 0 ? bodies : [[statement]]
  })
}

function readLoop(cursor: Cursor): Statement | undefined {
  const start = cursor.at
  cursor.at += 1
  skipBlanks(cursor, true)
  const variable = peek(cursor) === '$' ? readVariable(cursor) : undefined
  skipBlanks(cursor, true)
  if (variable?.kind !== 'variable' || takeMatch(cursor, /in\b/iy) === undefined) {
    cursor.at = start
    return undefined
  }
  const values = deeper(cursor, () => cursor.grammar.statements(cursor, ')'), [])
  skipBlanks(cursor, true)
  const block = peek(cursor) === '{' ? deeper(cursor, () => readBlock(cursor), undefined) : undefined
  const held: Expression = { kind: 'group', body: values }
  return {
    kind: 'loop',
    variable: variable.name,
    values: { kind: 'pipeline', elements: [{ kind: 'value', value: held, redirects: [] }] },
    body: block?.body ?? [],
  }
}

function readFunction(cursor: Cursor): Statement | undefined {
  const name = takeMatch(cursor, /[^\s({]{1,128}/y)
  if (name === undefined) return undefined
  skipBlanks(cursor, true)
  const listed = peek(cursor) === '(' ? readParameters(cursor) : undefined
  skipBlanks(cursor, true)
  if (peek(cursor) !== '{') {
    cursor.complete = false
    return listed ?? branch([], [])
  }
  const block = deeper(cursor, () => readBlock(cursor), undefined)
  if (block === undefined) return branch([], [])
  const parameters = listed?.kind === 'function' ? listed.parameters : block.parameters
  return { kind: 'function', name: name.toLowerCase().replace(/^(?:global|script|local|private):/, ''), parameters, body: block.body }
}

/** `( [string]$a = 1, $b )`: the names, and what their defaults would do. */
function readParameters(cursor: Cursor): Statement {
  const from = cursor.at
  cursor.at += 1
  const body = deeper(cursor, () => cursor.grammar.statements(cursor, ')'), [])
  const text = cursor.text.slice(from, cursor.at)
  const parameters = [...text.slice(0, 16_384).matchAll(/\$(\w+)(?=\s*[,)=\n])/g)].map((found) => (found[1] as string).toLowerCase())
  return { kind: 'function', name: 'param', parameters: [...new Set(parameters)], body }
}

/** Methods of a class run only when called; what they would do counts all the same. */
function readDeclaration(cursor: Cursor): Statement | undefined {
  if (takeMatch(cursor, /[\w]+[^{\n]{0,200}/y) === undefined || peek(cursor) !== '{') return undefined
  const block = deeper(cursor, () => readBlock(cursor), undefined)
  return branch([], block === undefined ? [] : blocksIn(block.body))
}

const ASSIGNMENT = /(?:=(?!=)|[+\-*/%]=|\?\?=)/y

function readPipeline(cursor: Cursor): Statement | undefined {
  const elements: Element[] = []
  const first = readElement(cursor)
  if (first === undefined) return undefined
  skipBlanks(cursor)
  if (first.kind === 'value') {
    const operator = takeMatch(cursor, ASSIGNMENT)
    if (operator !== undefined) return readAssigned(cursor, first.value, operator)
  }
  elements.push(first)
  for (;;) {
    skipBlanks(cursor)
    if (!continuesOnNextLine(cursor) && (peek(cursor) !== '|' || peek(cursor, 1) === '|')) break
    skipBlanks(cursor, true)
    cursor.at += 1
    const next = readElement(cursor)
    if (next === undefined) {
      cursor.complete = false
      break
    }
    elements.push(next)
  }
  // What follows `&&` and `||` runs or does not; what follows `&` does not wait.
  takeMatch(cursor, /&&|\|\||&/y)
  return { kind: 'pipeline', elements }
}

/** A line may start with the bar that carries the pipeline on. */
function continuesOnNextLine(cursor: Cursor): boolean {
  if (!isNewline(peek(cursor))) return false
  const before = cursor.at
  skipBlanks(cursor, true)
  const continues = peek(cursor) === '|' && peek(cursor, 1) !== '|'
  cursor.at = before
  return continues
}

function readAssigned(cursor: Cursor, target: Expression, operator: string): Statement {
  skipBlanks(cursor, true)
  const value = deeper(cursor, () => readStatement(cursor), undefined)
  return { kind: 'assign', target, operator, value: value ?? { kind: 'pipeline', elements: [] } }
}

import { NO_FLOW } from '../shell/expanded.ts'
import type { Reading } from '../shell/reading.ts'
import { readClientLine } from './client-lines.ts'
import { Cursor } from './cursor.ts'
import { readFunction, readReferences, type SqlReading, tell, useText } from './statement-reader.ts'
import { type Dialect, statementsOf, type Token, tokensOf } from './tokens.ts'
import { HARMLESS, VERBS } from './verb-readers.ts'

/** Longest script read, and deepest nesting of SQL in texts of SQL. */
const SCRIPT_LENGTH = 262_144
const NESTING = 6
const STATEMENT_LIMIT = 400
/** Most statements inside of one. */
const VERB_LIMIT = 64

export interface SqlScript {
  readonly text: string
  readonly cwd: string | undefined
}

/** Tells what SQL would do. Total; where dialects disagree on what is hidden, it is read both ways. */
export function readSql(script: SqlScript, reading: Reading): void {
  readAt(script, { reading, depth: 0, budget: { left: STATEMENT_LIMIT } })
}

interface From {
  readonly reading: Reading
  readonly depth: number
  readonly budget: { left: number }
}

function readAt(script: SqlScript, from: From): void {
  const { text } = script
  const sql = sqlReading(script, from)
  if (text.length > SCRIPT_LENGTH || from.depth > NESTING)
    return tell({ class: 'data.mutate', target: 'database', certainty: 'unknown', detail: 'too much SQL to be read' }, sql)
  readDialect(text, { backslash: false }, { sql, budget: from.budget })
  if (/[\\#]|--[^\s]|\/\*/.test(text)) readDialect(text, { backslash: true }, { sql, budget: from.budget })
}

function sqlReading(script: SqlScript, from: From): SqlReading {
  const { reading } = from
  return {
    reading,
    cwd: script.cwd,
    nested: (text) => readAt({ text, cwd: script.cwd }, { ...from, depth: from.depth + 1 }),
    command: (text, grammar) => {
      const words = grammar === 'cmd' ? ['cmd', '/c', text] : ['sh', '-c', text]
      reading.run({
        words: words.map((word) => ({ text: word, known: true, glob: false })),
        input: NO_FLOW,
        inputFile: undefined,
        cwd: undefined,
      })
    },
  }
}

interface Within {
  readonly sql: SqlReading
  readonly budget: { left: number }
}

function readDialect(text: string, dialect: Dialect, within: Within): void {
  const { tokens, complete } = tokensOf(text, dialect)
  if (!complete)
    tell({ class: 'data.mutate', target: 'database', certainty: 'unknown', detail: 'SQL that does not end as it should' }, within.sql)
  for (const statement of statementsOf(tokens)) {
    within.budget.left -= 1
    if (within.budget.left === -1)
      tell({ class: 'data.mutate', target: 'database', certainty: 'unknown', detail: 'too many statements to be read' }, within.sql)
    if (within.budget.left < 0) return
    readStatement(statement, within.sql)
  }
}

/** Words after which a statement of its own may begin. */
const LEADS_IN = new Set(
  'as begin then else loop do explain analyze analyse verbose plan query extended partitions atomic also instead row statement immediate declare'.split(
    ' ',
  ),
)

/** The verbs of one statement: at its head, in brackets, and wherever another statement may begin. */
function readStatement(statement: readonly Token[], sql: SqlReading): void {
  const first = statement[0] as Token
  if (first.kind === 'line') return readClientLine(first.text, sql)
  const head = statement.find((token) => !(token.kind === 'sign' && token.text === '('))
  let verbs = 0
  let understood = head === undefined || head.kind !== 'word' || HARMLESS.has(head.key)
  for (const [at, token] of statement.entries()) {
    if (token.kind !== 'word' || !mayBegin(statement, at)) continue
    const verb = VERBS.get(token.key)
    if (verb === undefined) continue
    if (at > 0 && !isStatement(statement, at)) continue
    understood = true
    verbs += 1
    if (verbs > VERB_LIMIT) {
      tell({ class: 'data.mutate', target: 'database', certainty: 'unknown', detail: 'a statement that does too much to be read' }, sql)
      break
    }
    verb(new Cursor(statement, at + 1), sql)
  }
  readInto(statement, sql)
  readReferences(new Cursor(statement), sql)
  if (!understood && head !== undefined) {
    if (statement[statement.indexOf(head) + 1]?.text === '(') readFunction(new Cursor(statement, statement.indexOf(head)), sql, false)
    tell({ class: 'data.mutate', target: head.key.slice(0, 80), certainty: 'unknown', detail: 'a statement that is not known' }, sql)
  }
}

function mayBegin(statement: readonly Token[], at: number): boolean {
  if (at === 0) return true
  const before = statement[at - 1] as Token
  if (before.kind === 'sign') return before.text === '(' || before.text === ')'
  return before.kind === 'word' && LEADS_IN.has(before.key)
}

/** Deep in a statement, a verb counts only with what must follow it: there are columns called `update`. */
function isStatement(statement: readonly Token[], at: number): boolean {
  const [verb, next] = [statement[at]?.key, statement[at + 1]]
  if (next === undefined) return false
  switch (verb) {
    case 'insert':
    case 'replace':
    case 'merge':
      return next.key === 'into' || next.key === 'or' || next.key === 'overwrite' || next.key === 'ignore'
    case 'delete':
      return next.key === 'from'
    case 'update':
      return statement.slice(at + 1, at + 8).some((token) => token.key === 'set')
    case 'drop':
    case 'alter':
    case 'create':
    case 'truncate':
      return next.kind === 'word' || next.kind === 'name'
    case 'copy':
    case 'execute':
    case 'exec':
    case 'call':
    case 'grant':
    case 'revoke':
      return next.kind !== 'sign' || next.text === '('
    default:
      return false
  }
}

/** `SELECT … INTO OUTFILE 'file'`, `SELECT … INTO t FROM`. */
function readInto(statement: readonly Token[], sql: SqlReading): void {
  const cursor = new Cursor(statement)
  const selects = statement.some((token) => token.kind === 'word' && token.key === 'select')
  for (; selects && cursor.at < statement.length; cursor.at += 1) {
    if (
      cursor.key() !== 'into' ||
      /^(?:insert|replace|merge|ignore|copy|vacuum|overwrite|fetch)$/.test(statement[cursor.at - 1]?.key ?? '')
    )
      continue
    cursor.at += 1
    if (cursor.key() === 'outfile' || cursor.key() === 'dumpfile') {
      const file = cursor.text(3)
      if (file !== undefined) useText(file, 'write', sql)
      else tell({ class: 'fs.write', target: 'outfile', certainty: 'unknown', detail: 'a file that cannot be told' }, sql)
    } else if (!cursor.sign('@') && !cursor.sign(':')) {
      cursor.skip('temp', 'temporary', 'unlogged', 'table', 'strict')
      tell({ class: 'data.mutate', target: cursor.name() ?? 'data', certainty: 'likely', detail: 'makes a table' }, sql)
    }
  }
}

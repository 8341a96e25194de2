import type { EffectClass } from '../effect.ts'
import { act, type Reading, useAddress, useFile } from '../shell/reading.ts'
import { Cursor } from './cursor.ts'
import { FUNCTIONS, type FunctionUse, SECRET_TABLES, TABLE_FUNCTIONS } from './function-table.ts'
import type { Token } from './tokens.ts'

/** What a statement is read with. */
export interface SqlReading {
  readonly reading: Reading
  readonly cwd: string | undefined
  /** Reads SQL that stands in a text of this one. */
  readonly nested: (text: string) => void
  /** Follows a line that the server would hand to a shell. */
  readonly command: (text: string, grammar: 'posix' | 'cmd') => void
}

interface Told {
  readonly class: EffectClass
  readonly target: string
  readonly certainty?: 'certain' | 'likely' | 'inferred' | 'unknown'
  readonly detail?: string
}

export function tell(told: Told, sql: SqlReading): void {
  const aimed = told.class === 'identity.grant' || told.class === 'message.send'
  const kind = aimed ? 'recipient' : 'name'
  act(
    {
      class: told.class,
      target: told.target,
      certainty: told.certainty ?? 'certain',
      kind,
      words: [{ text: told.target, known: true, glob: false }],
      detail: told.detail,
    },
    sql.reading,
  )
}

export function useText(token: Token, access: 'read' | 'write', sql: SqlReading): void {
  const word = { text: token.text, known: true, glob: /[*?]/.test(token.text) }
  if (/^[a-z][\w+.-]*:\/\//i.test(token.text) && !/^file:/i.test(token.text))
    useAddress(word, {
      reading: sql.reading,
      detail: access === 'read' ? 'the database fetches' : 'the database sends data',
      retrieval: access === 'read',
    })
  else if (!/^:memory:$/i.test(token.text)) useFile(word, access, { reading: sql.reading, cwd: sql.cwd })
}

/** Words that end a list of tables. */
const AFTER_TABLES = new Set(
  'where group order having limit union except intersect window on using set values select for fetch offset returning qualify left right inner outer cross full natural join lateral when as with into'.split(
    ' ',
  ),
)

/** Every table after `FROM` and `JOIN`, and every function that reaches beyond the data, wherever it stands. */
export function readReferences(cursor: Cursor, sql: SqlReading): void {
  const own = namedHere(cursor.tokens)
  for (; cursor.at < cursor.tokens.length; cursor.at += 1) {
    const key = cursor.key()
    const before = cursor.tokens[cursor.at - 1]
    if (key === 'from' && before?.kind === 'word' && before.key === 'delete') continue
    if (key === 'from' || key === 'join' || (key === 'using' && cursor.peek(1)?.kind !== 'sign')) {
      cursor.at += 1
      readTables(cursor, sql, own)
      cursor.at -= 1
    } else if (key !== '' && cursor.peek(1)?.text === '(') readFunction(cursor, sql, false)
    else if (key !== '' && cursor.peek(1)?.text === '.' && cursor.peek(3)?.text === '(') readFunction(cursor, sql, false)
  }
}

/** Names that the statement itself gives to what it works out: `WITH name AS (…)`. */
function namedHere(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>()
  if (tokens.some((token) => token.kind === 'word' && token.key === 'with'))
    for (const [at, token] of tokens.entries())
      if ((token.kind === 'word' || token.kind === 'name') && tokens[at + 1]?.key === 'as')
        names.add(token.kind === 'word' ? token.key : token.text)
  return names
}

function readTables(cursor: Cursor, sql: SqlReading, own: ReadonlySet<string>): void {
  for (;;) {
    cursor.skip('only', 'lateral', 'table')
    const token = cursor.peek()
    if (token === undefined || AFTER_TABLES.has(cursor.key()) || token.kind === 'sign') return
    if (cursor.peek(1)?.text === '(' || (cursor.peek(1)?.text === '.' && cursor.peek(3)?.text === '(')) {
      readFunction(cursor, sql, true)
      return
    }
    const start = cursor.at
    const name = cursor.name()
    if (name === undefined) return
    if (token.kind === 'text') useText(token, 'read', sql)
    else if (!own.has(name)) readTable(name, sql)
    cursor.skip('as')
    if (cursor.key() !== '' && !AFTER_TABLES.has(cursor.key())) cursor.at += 1
    else if (cursor.peek()?.kind === 'name') cursor.at += 1
    if (!cursor.sign(',') || cursor.at === start) return
    cursor.at += 1
  }
}

function readTable(name: string, sql: SqlReading): void {
  if (SECRET_TABLES.test(name)) tell({ class: 'secret.read', target: name, detail: 'passwords of the database' }, sql)
  else tell({ class: 'data.query', target: name }, sql)
}

/** A call whose name stands at the cursor. */
export function readFunction(cursor: Cursor, sql: SqlReading, asTable: boolean): void {
  const start = cursor.at
  const name = cursor.name() ?? ''
  const plain = name.slice(name.lastIndexOf('.') + 1)
  const use = FUNCTIONS.get(name) ?? (TABLE_FUNCTIONS.has(plain) && !asTable ? undefined : FUNCTIONS.get(plain))
  if (use === undefined) {
    // Its arguments are looked at like everything else.
    cursor.at = start
    if (asTable) cursor.at = Math.min(start + 1, cursor.tokens.length)
    return
  }
  useFunction(use, plain, textsAfter(cursor), sql)
}

/** Texts up to the bracket that closes, or to the end of the statement for a procedure that is called without. */
export function textsAfter(cursor: Cursor): readonly Token[] {
  const texts: Token[] = []
  let depth = 0
  for (; cursor.at < cursor.tokens.length; cursor.at += 1) {
    const token = cursor.peek() as Token
    if (token.kind === 'sign' && token.text === '(') depth += 1
    if (token.kind === 'sign' && token.text === ')') {
      depth -= 1
      if (depth <= 0) break
    }
    if (token.kind === 'text' || (token.kind === 'name' && token.text.includes('/'))) texts.push(token)
  }
  return texts.slice(0, 32)
}

export function useFunction(use: FunctionUse, name: string, texts: readonly Token[], sql: SqlReading): void {
  const first = texts[0]
  const unknown = first === undefined
  switch (use) {
    case 'read':
      if (first !== undefined) return useText(first, 'read', sql)
      return tell({ class: 'fs.read', target: name, certainty: 'unknown', detail: 'a file that cannot be told' }, sql)
    case 'write':
    case 'write-last': {
      const file = use === 'write' ? first : texts.at(-1)
      if (file !== undefined) return useText(file, 'write', sql)
      return tell({ class: 'fs.write', target: name, certainty: 'unknown', detail: 'a file that cannot be told' }, sql)
    }
    case 'address':
      return useRemote(name, texts, sql)
    case 'shell':
    case 'cmd':
      tell(
        {
          class: 'process.exec',
          target: name,
          certainty: unknown ? 'unknown' : 'likely',
          detail: 'the database runs a command of the system',
        },
        { ...sql },
      )
      for (const text of texts.slice(0, 4)) sql.command(text.text, use === 'cmd' ? 'cmd' : 'posix')
      return
    case 'sql':
      for (const text of texts.slice(0, 4)) sql.nested(text.text)
      if (unknown) tell({ class: 'data.mutate', target: name, certainty: 'unknown', detail: 'runs a statement made up when it runs' }, sql)
      return
    case 'code':
      return tell(
        {
          class: 'process.exec',
          target: name,
          certainty: 'unknown',
          detail: `the database runs code: ${first?.text.slice(0, 80) ?? name}`,
        },
        sql,
      )
    default:
      return useServer(use, name, texts, sql)
  }
}

function useServer(use: FunctionUse, name: string, texts: readonly Token[], sql: SqlReading): void {
  const target = texts[0]?.text ?? name
  if (use === 'registry-read') tell({ class: 'data.query', target, detail: 'reads the registry' }, sql)
  else if (use === 'grant') tell({ class: 'identity.grant', target, detail: `${name} changes who may do what` }, sql)
  else if (use === 'send')
    for (const text of texts.slice(0, 4))
      tell({ class: 'message.send', target: text.text, certainty: 'likely', detail: 'the database sends mail' }, sql)
  else if (use === 'listen') tell({ class: 'net.listen', target }, sql)
  else
    tell(
      { class: 'device.actuate', target: `${name} ${target}`.slice(0, 120), certainty: 'likely', detail: 'changes the database server' },
      sql,
    )
}

/** Addresses, and hosts in connection strings: `host=a dbname=b`, `server=a;`. */
export function useRemote(name: string, texts: readonly Token[], sql: SqlReading): void {
  let found = false
  for (const { text } of texts.slice(0, 8)) {
    const host =
      /^[a-z][\w+.-]*:\/\/\S+/i.exec(text)?.[0] ??
      /\b(?:host(?:addr)?|server|data source|address)\s*=\s*'?(?:tcp:)?([\w.:-]+)/i.exec(text)?.[1]
    const bare = host ?? (/^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(text) ? text : undefined)
    if (bare === undefined) continue
    found = true
    useAddress({ text: bare, known: true, glob: false }, { reading: sql.reading, scheme: 'tcp', detail: `${name} talks to it` })
  }
  if (!found) tell({ class: 'net.egress', target: name, certainty: 'unknown', detail: 'an address that cannot be told' }, sql)
}

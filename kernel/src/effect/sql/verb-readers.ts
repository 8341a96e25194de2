import { useAddress } from '../shell/reading.ts'
import { Cursor } from './cursor.ts'
import { FUNCTIONS } from './function-table.ts'
import { ROW_CHANGES } from './row-changes.ts'
import { readReferences, type SqlReading, tell, textsAfter, useFunction, useRemote, useText } from './statement-reader.ts'
import type { Token } from './tokens.ts'

/** Reads what follows a verb; the cursor stands behind it. */
export type VerbReader = (cursor: Cursor, sql: SqlReading) => void

function named(cursor: Cursor): string {
  return cursor.name() ?? 'data'
}

/** Whether the rest of the statement, outside brackets of its own, chooses rows. `WHERE true` chooses them all. */
function choosesRows(cursor: Cursor): boolean {
  let depth = 0
  for (let at = cursor.at; at < cursor.tokens.length; at += 1) {
    const token = cursor.tokens[at] as Token
    if (token.kind === 'sign' && token.text === '(') depth += 1
    if (token.kind === 'sign' && token.text === ')') {
      depth -= 1
      if (depth < 0) return false
    }
    if (depth === 0 && token.kind === 'word' && token.key === 'where') return !isAlwaysTrue(cursor.tokens.slice(at + 1, at + 8))
    if (depth === 0 && token.kind === 'word' && token.key === 'limit') return true
  }
  return false
}

function isAlwaysTrue(tokens: readonly Token[]): boolean {
  const text = tokens.map((token) => token.key).join(' ')
  return /^(?:true|1|\( ?1 ?\))(?: (?:returning|order|$)|$)/.test(text) || /^(\w+) = \1(?:$| (?:returning|or|order)\b)/.test(text)
}

function readInsert(cursor: Cursor, sql: SqlReading): void {
  cursor.skip(
    'low_priority',
    'delayed',
    'high_priority',
    'ignore',
    'or',
    'replace',
    'abort',
    'rollback',
    'fail',
    'overwrite',
    'into',
    'table',
    'local',
  )
  if (cursor.key() === 'directory') {
    const file = cursor.text()
    if (file !== undefined) useText(file, 'write', sql)
    return
  }
  if (cursor.key() === 'function') {
    cursor.at += 1
    const name = cursor.name() ?? ''
    return useFunction(FUNCTIONS.get(name) ?? 'write', name, textsAfter(cursor), sql)
  }
  tell({ class: 'data.mutate', target: named(cursor), detail: ROW_CHANGES.adds }, sql)
}

function readUpdate(cursor: Cursor, sql: SqlReading): void {
  cursor.skip('low_priority', 'ignore', 'only', 'or', 'replace', 'rollback', 'abort', 'fail')
  const target = named(cursor)
  if (choosesRows(cursor)) tell({ class: 'data.mutate', target, detail: ROW_CHANGES.changes }, sql)
  else tell({ class: 'data.drop', target, detail: 'changes every row' }, sql)
}

function readDelete(cursor: Cursor, sql: SqlReading): void {
  cursor.skip('low_priority', 'quick', 'ignore', 'from', 'only')
  const target = named(cursor)
  if (choosesRows(cursor)) tell({ class: 'data.mutate', target, detail: ROW_CHANGES.deletes }, sql)
  else tell({ class: 'data.drop', target, detail: 'deletes every row' }, sql)
}

const HOLDS_DATA = new Set('table database schema keyspace tablespace collection catalog stage materialized snapshot dataset'.split(' '))
const HOLDS_PEOPLE = new Set('user role login group credential policy'.split(' '))

/** `TABLE IF EXISTS a.b`, after `DROP`, `ALTER` or `CREATE`. */
function objectOf(cursor: Cursor): { readonly type: string; readonly name: string } {
  cursor.skip(
    'or',
    'replace',
    'temp',
    'temporary',
    'global',
    'local',
    'unlogged',
    'unique',
    'external',
    'foreign',
    'transient',
    'public',
    'aggregate',
    'virtual',
    'definer',
    'force',
    'editionable',
    'shared',
  )
  const type = cursor.key()
  if (type !== '') cursor.at += 1
  cursor.skip('view', 'concurrently', 'if', 'not', 'exists', 'mapping', 'for', 'data', 'wrapper')
  return { type, name: cursor.name() ?? type }
}

function readDrop(cursor: Cursor, sql: SqlReading): void {
  const { type, name } = objectOf(cursor)
  if (HOLDS_PEOPLE.has(type)) return tell({ class: 'identity.grant', target: name, detail: `drops a ${type}` }, sql)
  if (HOLDS_DATA.has(type) || type === 'owned') tell({ class: 'data.drop', target: name, detail: `drops a ${type}` }, sql)
  else tell({ class: 'data.mutate', target: name, detail: `drops a ${type || 'thing'}` }, sql)
  // Several at once.
  for (let more = 0; cursor.sign(',') && more < 15; more += 1) {
    cursor.at += 1
    tell({ class: HOLDS_DATA.has(type) ? 'data.drop' : 'data.mutate', target: named(cursor), detail: `drops a ${type}` }, sql)
  }
}

function readTruncate(cursor: Cursor, sql: SqlReading): void {
  cursor.skip('table', 'only')
  tell({ class: 'data.drop', target: named(cursor), detail: 'deletes every row' }, sql)
}

function readAlter(cursor: Cursor, sql: SqlReading): void {
  if (cursor.key() === 'system' || cursor.key() === 'server') {
    tell({ class: 'device.actuate', target: `alter ${cursor.key()}`, detail: 'changes the database server' }, sql)
    return
  }
  const { type, name } = objectOf(cursor)
  if (HOLDS_PEOPLE.has(type)) return tell({ class: 'identity.grant', target: name, detail: `changes a ${type}` }, sql)
  const drops = cursor.tokens
    .slice(cursor.at)
    .some(
      (token, index, rest) =>
        token.key === 'drop' && !/^(?:constraint|default|not|index|expression|identity)$/.test(rest[index + 1]?.key ?? ''),
    )
  if (drops && HOLDS_DATA.has(type)) tell({ class: 'data.drop', target: name, detail: 'drops a part of it' }, sql)
  else tell({ class: 'data.mutate', target: name, detail: `changes a ${type || 'thing'}` }, sql)
}

const LOADS_CODE = new Set('extension language assembly library plugin component procedural java'.split(' '))

function readCreate(cursor: Cursor, sql: SqlReading): void {
  const { type, name } = objectOf(cursor)
  const rest = cursor.tokens.slice(cursor.at)
  const has = (...words: readonly string[]): boolean => rest.some((token) => token.kind === 'word' && words.includes(token.key))
  if (HOLDS_PEOPLE.has(type)) return tell({ class: 'identity.grant', target: name, detail: `makes a ${type}` }, sql)
  if (
    LOADS_CODE.has(type) ||
    (/^(?:function|procedure)$/.test(type) && has('c', 'soname', 'plpythonu', 'plpython3u', 'plperlu', 'pltclu', 'external', 'java'))
  )
    tell({ class: 'code.install', target: `${type}:${name}`, detail: 'loads code into the database' }, sql)
  else tell({ class: 'data.mutate', target: name, detail: `makes a ${type || 'thing'}` }, sql)
  const texts = rest.filter((token) => token.kind === 'text')
  if (type === 'server' || type === 'subscription' || type === 'link' || (type === 'database' && has('link')))
    useRemote(`create ${type}`, texts, sql)
  if (/^(?:function|procedure|trigger|event|rule)$/.test(type))
    for (const text of texts.filter((token) => /\s/.test(token.text)).slice(0, 4)) sql.nested(text.text)
  if (has('location', 'url'))
    for (const text of texts.filter((token) => /:\/\/|^\//.test(token.text)).slice(0, 4)) useText(text, 'read', sql)
}

function readGrant(cursor: Cursor, sql: SqlReading): void {
  let person = ''
  for (; cursor.at < cursor.tokens.length; cursor.at += 1) {
    if (cursor.key() !== 'to' && cursor.key() !== 'from') continue
    cursor.at += 1
    cursor.skip('role', 'user', 'group')
    person = cursor.name() ?? ''
  }
  tell({ class: 'identity.grant', target: person || 'database', detail: 'changes who may do what' }, sql)
}

/** `COPY t TO PROGRAM 'x'`, `COPY (…) TO 'file'`, `COPY t FROM 'file'`, `COPY INTO @stage`. */
function readCopy(cursor: Cursor, sql: SqlReading): void {
  cursor.skip('binary', 'into')
  const table = cursor.name()
  let [depth, inner] = [0, cursor.at]
  for (; cursor.at < cursor.tokens.length; cursor.at += 1) {
    if (cursor.sign('(')) depth += 1
    if (cursor.sign(')')) depth -= 1
    if (depth === 0 && (cursor.key() === 'to' || cursor.key() === 'from') && cursor.at >= inner) break
    inner = Math.max(inner, 0)
  }
  const out = cursor.key() === 'to'
  cursor.at += 1
  const program = cursor.take('program')
  const text = cursor.text(1)
  if (table !== undefined)
    tell({ class: out ? 'data.query' : 'data.mutate', target: table, detail: out ? 'copies it out' : 'copies into it' }, sql)
  if (program) {
    tell(
      {
        class: 'process.exec',
        target: 'copy program',
        certainty: text === undefined ? 'unknown' : 'likely',
        detail: 'the database runs a command of the system',
      },
      sql,
    )
    if (text !== undefined) sql.command(text.text, 'posix')
  } else if (text !== undefined) useText(text, out ? 'write' : 'read', sql)
}

function readLoad(cursor: Cursor, sql: SqlReading): void {
  if (cursor.key() === 'data' || cursor.key() === 'xml') {
    const text = cursor.text(8)
    if (text !== undefined) useText(text, 'read', sql)
    while (cursor.at < cursor.tokens.length && cursor.key() !== 'table') cursor.at += 1
    cursor.at += 1
    return tell({ class: 'data.mutate', target: named(cursor), detail: 'loads a file' }, sql)
  }
  const library = cursor.text(2)?.text ?? cursor.name() ?? 'library'
  tell({ class: 'code.install', target: `library:${library}`, detail: 'loads code into the database' }, sql)
}

/** `ATTACH 'file' AS x`, `BACKUP … TO DISK = 'file'`, `VACUUM INTO 'file'`, `EXPORT DATABASE 'folder'`, `UNLOAD (…) TO 's3://…'`. */
function readFileOut(cursor: Cursor, sql: SqlReading): void {
  for (const text of textsAfter(cursor)) if (/[/\\.:]/.test(text.text)) useText(text, 'write', sql)
}

function readFileIn(cursor: Cursor, sql: SqlReading): void {
  for (const text of textsAfter(cursor)) if (/[/\\.:]/.test(text.text)) useText(text, 'read', sql)
  tell({ class: 'data.mutate', target: 'database', certainty: 'likely', detail: 'restores it from a file' }, sql)
}

/** `EXEC proc 'a'`, `CALL proc('a')`, `EXECUTE IMMEDIATE 'sql'`, `EXEC('sql')`, `PREPARE x FROM 'sql'`. */
function readExecute(cursor: Cursor, sql: SqlReading): void {
  cursor.skip('immediate', 'procedure', 'function')
  // `EXEC @result = proc …`
  if (cursor.sign('@')) cursor.at += cursor.peek(2)?.text === '=' ? 3 : 0
  const statement = cursor.sign('(') || cursor.peek()?.kind === 'text'
  if (statement) {
    const texts = textsAfter(cursor)
    return texts.length === 0
      ? tell({ class: 'data.mutate', target: 'statement', certainty: 'unknown', detail: 'runs a statement made up when it runs' }, sql)
      : sql.nested(texts.map((text) => text.text).join(''))
  }
  const name = cursor.name() ?? 'procedure'
  const plain = name.slice(name.lastIndexOf('.') + 1)
  const use = FUNCTIONS.get(name) ?? FUNCTIONS.get(plain)
  if (use !== undefined) return useFunction(use, plain, textsAfter(cursor), sql)
  tell({ class: 'data.mutate', target: name, certainty: 'unknown', detail: 'runs a procedure whose doings are not known' }, sql)
}

/** `PREPARE x AS …` is read on; `PREPARE x FROM 'sql'` runs a text. */
function readPrepare(cursor: Cursor, sql: SqlReading): void {
  const text = cursor.text(4)
  if (text !== undefined) sql.nested(text.text)
}

function readDo(cursor: Cursor, sql: SqlReading): void {
  const text = cursor.text(4)
  if (text !== undefined) sql.nested(text.text)
}

/** Settings of this session are nobody's concern; those of the server are. */
function readSet(cursor: Cursor, sql: SqlReading): void {
  const key = cursor.key()
  if (key === 'password' || key === 'role' || (key === 'session' && cursor.key(1) === 'authorization')) {
    tell({ class: 'identity.grant', target: 'database', certainty: 'likely', detail: `set ${key}` }, sql)
    return
  }
  const line = cursor.tokens.slice(cursor.at, cursor.at + 8).map((token) => token.key)
  if (key === 'global' || key === 'persist' || line.join('').startsWith('@@global'))
    tell({ class: 'device.actuate', target: `set ${line.join(' ')}`.slice(0, 120), detail: 'changes the database server' }, sql)
}

function readPragma(cursor: Cursor, sql: SqlReading): void {
  const name = named(cursor)
  if (cursor.sign('=') && /writable_schema|trusted_schema|journal_mode|key|load_extension/.test(name))
    tell({ class: 'data.mutate', target: name, certainty: 'likely', detail: 'changes how the database works' }, sql)
}

function readServer(cursor: Cursor, sql: SqlReading): void {
  tell(
    {
      class: 'device.actuate',
      target: cursor.tokens
        .slice(0, 4)
        .map((token) => token.key)
        .join(' '),
      detail: 'acts on the database server',
    },
    sql,
  )
}

function readInstall(cursor: Cursor, sql: SqlReading): void {
  tell(
    { class: 'code.install', target: `extension:${cursor.text(2)?.text ?? cursor.name() ?? ''}`, detail: 'loads code into the database' },
    sql,
  )
}

function readHandler(cursor: Cursor, sql: SqlReading): void {
  readReferences(cursor, sql)
}

function readChangeMaster(cursor: Cursor, sql: SqlReading): void {
  const host = textsAfter(cursor).find((text) => /\./.test(text.text))
  if (host !== undefined)
    useAddress(
      { text: host.text, known: true, glob: false },
      { reading: sql.reading, scheme: 'tcp', detail: 'the database copies itself from there' },
    )
  tell({ class: 'device.actuate', target: 'replication', detail: 'changes the database server' }, sql)
}

const ROWS: readonly (readonly [verbs: string, read: VerbReader])[] = [
  ['insert replace upsert', readInsert],
  ['update', readUpdate],
  ['delete', readDelete],
  ['merge', readInsert],
  ['drop undrop', readDrop],
  ['truncate', readTruncate],
  ['alter rename comment reindex cluster refresh', readAlter],
  ['create', readCreate],
  ['grant revoke', readGrant],
  ['copy', readCopy],
  ['load', readLoad],
  ['attach backup export unload vacuum dump', readFileOut],
  ['restore import', readFileIn],
  ['exec execute call', readExecute],
  ['prepare', readPrepare],
  ['do', readDo],
  ['set', readSet],
  ['pragma', readPragma],
  ['shutdown kill reconfigure', readServer],
  ['install', readInstall],
  ['handler', readHandler],
  ['change', readChangeMaster],
]

export const VERBS: ReadonlyMap<string, VerbReader> = new Map(
  ROWS.flatMap(([verbs, read]) => verbs.split(' ').map((verb) => [verb, read] as const)),
)

/** Statements that only ask or that steer the session. */
export const HARMLESS = new Set(
  'select with values table show describe desc explain use begin start commit rollback savepoint release end abort analyze lock unlock declare fetch open close move checkpoint discard listen unlisten notify reset deallocate go if else elsif elseif while for loop return case raise print waitfor help list from pivot summarize optimize check checksum flush delimiter detach system set_option perform exception null leave iterate signal get'.split(
    ' ',
  ),
)

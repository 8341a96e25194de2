import type { EffectClass } from '../effect.ts'
import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import { commandName, type Invocation, parseOptions } from '../shell/invocation.ts'
import { act, type Reading, useAddress, useFile } from '../shell/reading.ts'

type ToolReader = (invocation: Invocation, reading: Reading) => Flow

const VALUED = new Set(
  '-h --host -p --port -U --username -u --user -d --dbname -f --file -t --table -n --schema -T --exclude-table -F --format -O --owner -D --template -r --result-file -o --out --uri --db --collection -c --archive -j --jobs -W -S --socket -P'.split(
    ' ',
  ),
)

/** What tools that come with databases do to the whole of one. Data. */
const TOOLS: readonly (readonly [names: string, does: EffectClass, detail: string])[] = [
  ['pg_dump pg_dumpall mysqldump mariadb-dump mongodump mongoexport', 'data.query', 'reads a whole database'],
  ['pg_restore mongorestore mongoimport mysqlimport createdb pg_upgrade vacuumdb reindexdb', 'data.mutate', 'changes a whole database'],
  ['dropdb', 'data.drop', 'drops a database'],
  ['createuser dropuser', 'identity.grant', 'changes who may log in'],
]

/** `pg_dump -h host app -f file`, `dropdb app`, `createuser eve`. */
function readTool(effectClass: EffectClass, detail: string): ToolReader {
  return (invocation, reading) => {
    const { options, operands } = parseOptions(invocation.words.slice(1), VALUED)
    for (const { name, value } of options) {
      if (value === undefined) continue
      if (/^(?:-h|--host|--uri)$/.test(name) && !/^[/.]/.test(value.text))
        useAddress(value, { reading, scheme: 'tcp', detail: `${commandName(invocation)} talks to it` })
      if (/^(?:-f|--file|-r|--result-file|-o|--out)$/.test(name))
        useFile(value, effectClass === 'data.query' ? 'write' : 'read', { reading, cwd: invocation.cwd })
    }
    if (options.some(({ name }) => /^(?:-V|--version|--help|-\?)$/.test(name))) return NO_FLOW
    const named = operands.at(-1) ?? options.find(({ name }) => /^(?:-d|--dbname|--db)$/.test(name))?.value
    const target = named?.text ?? commandName(invocation)
    const kind = effectClass === 'identity.grant' ? 'recipient' : 'name'
    act({ class: effectClass, target, certainty: 'likely', kind, words: named === undefined ? [] : [named], detail }, reading)
    return NO_FLOW
  }
}

const DOCUMENTS: readonly (readonly [pattern: RegExp, effectClass: EffectClass, detail: string])[] = [
  [
    /\.(?:dropDatabase|drop|dropIndexes)\s*\(|\.(?:deleteMany|remove)\s*\(\s*(?:\{\s*\}\s*)?[,)]/,
    'data.drop',
    'drops what a collection holds',
  ],
  [/\.(?:createUser|grantRolesToUser|updateUser|createRole)\s*\(/, 'identity.grant', 'changes who may log in'],
  [
    /\.(?:insert\w*|update\w*|replace\w*|delete\w*|remove|bulkWrite|save|create\w*|rename\w*|findOneAnd\w+|findAndModify)\s*\(/,
    'data.mutate',
    'changes documents',
  ],
  [
    /\.(?:find\w*|aggregate|count\w*|distinct|stats|getIndexes|getCollectionNames|explain)\s*\(|\bshow\s+\w+/,
    'data.query',
    'reads documents',
  ],
]

/** `mongosh mongodb://host/app --eval "db.users.drop()"`. */
function readDocuments(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), new Set([...VALUED, '--eval']))
  for (const word of operands)
    if (/^mongodb(?:\+srv)?:\/\//.test(word.text)) useAddress(word, { reading, detail: 'mongosh talks to it' })
    else if (word.text.endsWith('.js')) useFile(word, 'read', { reading, cwd: invocation.cwd })
  const codes: Expanded[] = options.flatMap(({ name, value }) => (name === '--eval' && value !== undefined ? [value] : []))
  if (invocation.input?.text !== undefined) codes.push({ text: invocation.input.text, known: true, glob: false })
  const found = codes.flatMap((code) => {
    const row = DOCUMENTS.find(([pattern]) => pattern.test(code.text.slice(0, 65_536)))
    return row === undefined ? [] : [{ code, row }]
  })
  for (const { code, row } of found)
    act(
      {
        class: row[1],
        target: /\bdb\.(\w+)/.exec(code.text)?.[1] ?? 'database',
        certainty: 'likely',
        kind: row[1] === 'identity.grant' ? 'recipient' : 'name',
        words: [code],
        detail: row[2],
      },
      reading,
    )
  if (found.length === 0)
    act(
      { class: 'data.mutate', target: 'database', certainty: 'unknown', kind: 'name', words: codes, detail: 'runs code in a database' },
      reading,
    )
  return NO_FLOW
}

/** By command name. */
export const DATABASE_TOOLS: readonly (readonly [string, ToolReader])[] = [
  ...TOOLS.flatMap(([names, effectClass, detail]) => names.split(' ').map((name) => [name, readTool(effectClass, detail)] as const)),
  ['mongosh', readDocuments],
  ['mongo', readDocuments],
]

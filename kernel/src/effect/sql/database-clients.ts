import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import { commandName, type Invocation, parseOptions } from '../shell/invocation.ts'
import { act, type Reading, useAddress, useFile } from '../shell/reading.ts'
import { DATABASE_TOOLS } from './database-tools.ts'
import { readSql } from './read-sql.ts'

/** What a database's command line client does with its options. Data. */
interface Client {
  readonly code: ReadonlySet<string>
  readonly scripts: ReadonlySet<string>
  readonly hosts: ReadonlySet<string>
  readonly writes: ReadonlySet<string>
  readonly valued: ReadonlySet<string>
  /** The first operand is a file that holds the database; those after it are statements. */
  readonly file: boolean
}

type Source = readonly [names: string, code: string, scripts: string, hosts: string, writes: string, valued: string, file?: 'file']

const SOURCES: readonly Source[] = [
  [
    'psql pgcli',
    '-c --command',
    '-f --file',
    '-h --host',
    '-o --output -L --log-file',
    '-d --dbname -U --username -p --port -v --set --variable -P --pset -F --field-separator -R --record-separator -T --table-attr',
  ],
  [
    'mysql mariadb mycli',
    '-e --execute --init-command',
    '',
    '-h --host',
    '--tee',
    '-u --user -P --port -S --socket -D --database --protocol --default-character-set --delimiter --ssl-ca --defaults-file',
  ],
  ['sqlite3 sqlite litecli', '-cmd', '-init', '', '', '-separator -nullvalue -newline -vfs -maxsize -mmap -A', 'file'],
  ['duckdb', '-c -s -cmd', '-f -init', '', '', '-separator -nullvalue -newline', 'file'],
  ['sqlcmd', '-Q -q --query --initial-query', '-i --input-file', '-S --server', '-o --output-file', '-U -P -d -t -l -v -h -s -w -W'],
  [
    'clickhouse-client clickhouse clickhouse-local',
    '-q --query',
    '--queries-file',
    '-h --host',
    '',
    '-u --user --password --port --database -d --format -f --file',
  ],
  ['snowsql', '-q --query', '-f --filename', '-h --host', '-o', '-a -u -d -s -w -r -c'],
  ['cqlsh', '-e --execute', '-f --file', '', '', '-u -p -k'],
  [
    'trino presto presto-cli beeline usql spark-sql hive impala-shell',
    '-e -q -c --execute --query --command',
    '-f --file',
    '--server -i -u',
    '-o',
    '--catalog --schema --user -n -p -d --database',
  ],
]

const set = (text: string): ReadonlySet<string> => new Set(text.split(' ').filter(Boolean))

const CLIENTS: ReadonlyMap<string, Client> = new Map(
  SOURCES.flatMap(([names, code, scripts, hosts, writes, valued, file]) => {
    const client: Client = {
      code: set(code),
      scripts: set(scripts),
      hosts: set(hosts),
      writes: set(writes),
      valued: set([code, scripts, hosts, writes, valued].join(' ')),
      file: file === 'file',
    }
    return names.split(' ').map((name) => [name, client] as const)
  }),
)

/** `psql -c SQL`, `mysql -e SQL`, `sqlite3 FILE SQL`, `… | psql`. */
function readClient(client: Client, invocation: Invocation, reading: Reading): Flow {
  // sqlite3 and duckdb spell long options with one dash.
  const { options, operands } = client.file
    ? singleDash(client, invocation.words.slice(1))
    : parseOptions(invocation.words.slice(1), client.valued)
  const from = { reading, cwd: invocation.cwd }
  const statements: Expanded[] = []
  for (const { name, value } of options) {
    if (value === undefined) continue
    if (client.code.has(name)) statements.push(value)
    else if (client.scripts.has(name)) runFile(value, from)
    else if (client.writes.has(name)) useFile(value, 'write', from)
    else if (client.hosts.has(name) || /:\/\//.test(value.text)) useHost(value, invocation, reading)
  }
  for (const word of operands.filter((operand) => /^[a-z][\w+]*:\/\//i.test(operand.text))) useHost(word, invocation, reading)
  if (client.file) statements.push(...operands.slice(1))
  const input = invocation.input
  if (statements.length === 0 && input?.text !== undefined) statements.push({ text: input.text, known: true, glob: false })
  const wrote = runStatements(statements, { invocation, reading })
  if (client.file && operands[0] !== undefined) useFile(operands[0], wrote ? 'write' : 'read', from)
  const asksOnly = options.some(({ name }) => /^(?:-l|--list|-V|--version|--help|-\?|-version|-help)$/.test(name))
  const scripted = options.some(({ name }) => client.scripts.has(name))
  if (statements.length === 0 && !asksOnly && !scripted) openSession(invocation, reading)
  return input === undefined ? NO_FLOW : { addresses: input.addresses, decodes: input.decodes }
}

function singleDash(client: Client, words: readonly Expanded[]): ReturnType<typeof parseOptions> {
  const options: { name: string; value: Expanded | undefined }[] = []
  const operands: Expanded[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Expanded
    if (!/^--?[A-Za-z]/.test(word.text)) operands.push(word)
    else {
      const name = word.text.replace(/^--/, '-')
      const takes = client.valued.has(name)
      options.push({ name, value: takes ? words[at + 1] : undefined })
      if (takes) at += 1
    }
  }
  return { options, operands }
}

/** Answers whether anything but reading was told. */
function runStatements(statements: readonly Expanded[], from: { readonly invocation: Invocation; readonly reading: Reading }): boolean {
  const { invocation, reading } = from
  let wrote = false
  const watched: Reading = {
    ...reading,
    add: (effect) => {
      if (effect.effect.class !== 'data.query') wrote = true
      reading.add(effect)
    },
  }
  for (const statement of statements) {
    readSql({ text: statement.text, cwd: invocation.cwd }, watched)
    if (!statement.known)
      act(
        {
          class: 'data.mutate',
          target: commandName(invocation),
          certainty: 'unknown',
          kind: 'name',
          words: [statement],
          detail: 'part of the SQL is decided only when it runs',
        },
        watched,
      )
  }
  return wrote
}

function runFile(file: Expanded, from: { readonly reading: Reading; readonly cwd: string | undefined }): void {
  useFile(file, 'read', from)
  act(
    {
      class: 'data.mutate',
      target: 'database',
      certainty: 'unknown',
      kind: 'name',
      words: [file],
      detail: `runs the SQL in ${file.text.slice(0, 120)}`,
    },
    from.reading,
  )
}

function useHost(word: Expanded, invocation: Invocation, reading: Reading): void {
  if (word.text.startsWith('/') || word.text.startsWith('.')) return
  useAddress(word, { reading, scheme: 'tcp', detail: `${commandName(invocation)} talks to it` })
}

function openSession(invocation: Invocation, reading: Reading): void {
  act(
    { class: 'data.mutate', target: commandName(invocation), certainty: 'inferred', kind: 'name', words: [], detail: 'opens a database' },
    reading,
  )
}

/** `bq query --use_legacy_sql=false 'SQL'`. */
function readBq(invocation: Invocation, reading: Reading): Flow {
  const operands = invocation.words.slice(1).filter((word) => !word.text.startsWith('-'))
  const verb = operands[0]?.text ?? ''
  if (verb === 'query') runStatements(operands.slice(1), { invocation, reading })
  else if (/^(?:rm|truncate)$/.test(verb))
    act(
      { class: 'data.drop', target: operands.at(-1)?.text ?? verb, certainty: 'likely', kind: 'name', words: operands.slice(-1) },
      reading,
    )
  else if (/^(?:ls|show|head|version|help|info)$/.test(verb))
    act(
      { class: 'data.query', target: operands.at(-1)?.text ?? verb, certainty: 'likely', kind: 'name', words: operands.slice(-1) },
      reading,
    )
  else
    act(
      { class: 'data.mutate', target: operands.at(-1)?.text ?? verb, certainty: 'inferred', kind: 'name', words: operands.slice(-1) },
      reading,
    )
  return NO_FLOW
}

/** By command name. */
export const DATABASE_CLIENTS: ReadonlyMap<string, (invocation: Invocation, reading: Reading) => Flow> = new Map([
  ...[...CLIENTS].map(
    ([name, client]) => [name, (invocation: Invocation, reading: Reading) => readClient(client, invocation, reading)] as const,
  ),
  ['bq', readBq] as const,
  ...DATABASE_TOOLS,
])

/** What a client in a container or on another machine does there: its files are not this machine's, its data are the person's all the same. */
export function readClientElsewhere(command: readonly Expanded[], invocation: Invocation, reading: Reading): void {
  const inside: Invocation = { ...invocation, words: command }
  const client = command.length === 0 ? undefined : DATABASE_CLIENTS.get(commandName(inside))
  client?.(inside, {
    ...reading,
    add: (effect) => {
      if (/^(?:data\.|identity\.grant|net\.egress)/.test(effect.effect.class)) reading.add(effect)
    },
  })
}

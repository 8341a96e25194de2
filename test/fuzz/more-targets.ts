/** The other readers that are fuzzed: Windows shells, SQL, addresses, paths, arguments and edits. */
import { effectsOf } from '../../kernel/src/effect/effects-of.ts'
import { parseAddress } from '../../kernel/src/effect/place/address.ts'
import { knownPlaces } from '../../kernel/src/effect/place/known-places.ts'
import { canonicalPath, type Surroundings } from '../../kernel/src/effect/place/path.ts'
import type { JsonObject } from '@assize/kernel'

const WINDOWS = { cwd: 'C:\\w', home: 'C:\\Users\\U', platform: 'windows' } as const
const POSIX = { cwd: '/home/u/proj', home: '/home/u', platform: 'posix' } as const

function effects(tool: string, args: JsonObject, at: typeof WINDOWS | typeof POSIX): unknown {
  const { effects: found, written } = effectsOf({ type: 'tool.call', callId: 'c', tool, args, ...at })
  return [found, [...written]]
}

const words = (text: string): readonly string[] => text.split(' ')

const POWERSHELL = [
  ...words(
    '$( ${ @( @{ @\' @" \' " ` ( ) { } [ ] [char] [char[]] [Net.WebClient]:: :: . .Invoke( , ; | || && & -f -join -split -replace -eq + - * % .. = += ?? ? <# #> # --% > 2>&1 $x $env:X $_ $args @x iex iwr ri gc gci sal icm start powershell pwsh cmd /c -enc -c -Path: if( foreach($x in switch( while( function f{ param( class a{ try{ return 1..512|%{ "$($x)" \'{0}{1}\' New-Object .DownloadString( [scriptblock]::Create( \u2018 \u201c \u2013 \u00a0',
  ),
  '\n',
  '"@',
  "\n'@",
]
const CMD = [
  ...words(
    '% ^ ! " ( ) & && | || < > >> 2>&1 @ %x% %x:~1,2% %x:a=b% !x! %%i %~dp0 set /a /p x= call start cmd /c /v:on for /f %i in do if exist else == goto : rem del copy a+b echo. powershell reg add schtasks wmic certutil',
  ),
  '\n',
  '^\n',
]
const SQL = [
  ...words(
    "select from where insert into update set delete drop table alter create grant copy to program execute exec prepare do $$ $a$ ' '' E' \" ` [ ] -- # /* /*! */ \\ \\! \\copy .shell ( ) , ; . = as with begin end then if xp_cmdshell load_file( pg_read_file( dblink( into outfile attach vacuum merge values 1=1 union join on 0x1 @x :x ? é",
  ),
  '\n',
]
const URL = words(
  'http: https: // / \\ @ : ? # & % %2e %2f %00 . .. [ ] ::1 ::ffff: 127.1 0x7f 017700000001 2130706433 a.example xn-- xn--a- \u0430 \u3002 \uff0f \u200b \u202e next= url= data: javascript: file: view-source: user:pw é \t \n ; , | < > ^ ~',
)
const PATH = words(
  '/ \\ // \\\\ . .. ~ : * ? [ ] { } $HOME ${HOME} %USERPROFILE% $env:TEMP C: c:/ \\\\?\\ \\\\.\\ \\??\\ UNC GLOBALROOT localhost C$ CON nul ::$DATA PROGRA~1 SSH~1 .ssh id_rsa .git hooks proc self root cwd private etc file:/// %20 %2e wsl$ @SSL \u200b \u0000 é é',
)
const JSON_PIECES = words(
  '{ } [ ] " : , \\ \\u0000 null true 1e999 -0 "__proto__" "constructor" "path" "command" "url" "sql" "to" "edits" "content" "old_string" "new_string" "a" "x/y~0~1" 9007199254740993 {"a": [[[[ ]]]]',
)
const EDIT = words(
  'run: script: - | >- "postinstall": "scripts": { } " \' \\ registry= index-url git+ https://a.example/x @ -e entry: repo: filter= subprocess.run( cmdclass curl sh ${{ secrets.X }} $(x) # // + - @@ *** Update File: *** Add File: +++ b/ \t'.replaceAll(
    '\\t',
    '\t',
  ),
).concat('\n')

function readJson(text: string): unknown {
  let args: unknown
  try {
    args = JSON.parse(text)
  } catch {
    args = { command: text, path: text, nested: [[text]] }
  }
  const held = typeof args === 'object' && args !== null && !Array.isArray(args) ? (args as JsonObject) : { value: args as string }
  return ['Bash', 'Write', 'execute_sql', 'web_fetch', 'do_something'].map((tool) => effects(tool, held, POSIX))
}

function readPath(text: string): unknown {
  return [POSIX, WINDOWS].map(({ cwd, home, platform }) => {
    const at: Surroundings = { cwd, workspace: cwd, home, platform }
    const found = canonicalPath(text, at)
    return [found, knownPlaces(found, at)]
  })
}

const FILES = [
  '.github/workflows/a.yml',
  'package.json',
  '.npmrc',
  'pyproject.toml',
  '.devcontainer.json',
  '.pre-commit-config.yaml',
  'setup.py',
]

export const MORE_TARGETS = [
  { name: 'powershell', pieces: POWERSHELL, read: (command: string) => effects('PowerShell', { command }, WINDOWS) },
  { name: 'cmd', pieces: CMD, read: (command: string) => effects('cmd', { command }, WINDOWS) },
  { name: 'sql', pieces: SQL, read: (sql: string) => effects('execute_sql', { sql }, POSIX) },
  {
    name: 'url',
    pieces: URL,
    read: (url: string) => [
      parseAddress(url),
      parseAddress(url, 'https'),
      effects('web_fetch', { url }, POSIX),
      effects('Bash', { command: `curl '${url.replaceAll("'", '')}'` }, POSIX),
    ],
  },
  { name: 'path', pieces: PATH, read: readPath },
  { name: 'json', pieces: JSON_PIECES, read: readJson },
  {
    name: 'edit',
    pieces: EDIT,
    read: (text: string) => [
      ...FILES.map((file_path) => effects('Edit', { file_path, old_string: text.slice(0, text.length / 2), new_string: text }, POSIX)),
      effects('apply_patch', { input: `*** Update File: package.json\n${text}` }, POSIX),
    ],
  },
]

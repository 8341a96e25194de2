/** Programs with a language of their own that can start commands: terminals, debuggers, editors, network namespaces. */
import { takeStarted } from '../code/started.ts'
import { COMMANDS } from './command-table.ts'
import type { Expanded, Flow } from './expanded.ts'
import { NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { act, type Reading, runProgram, useFile } from './reading.ts'
import { readRow } from './row-reader.ts'

export const TERMINALS: readonly string[] =
  'xterm uxterm lxterm rxvt urxvt konsole gnome-terminal kgx ptyxis xfce4-terminal lxterminal mate-terminal terminator tilix alacritty kitty foot st wezterm ghostty x-terminal-emulator'.split(
    ' ',
  )
export const DEBUGGERS: readonly string[] = ['gdb', 'lldb', 'rust-gdb', 'rust-lldb']
export const KEY_RINGS: readonly string[] = ['gpg', 'gpg2']

/** `xterm -e COMMAND…`, `gnome-terminal -- COMMAND…`: one word is a text for a shell, several are a command. */
export function readTerminal(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  runProgram(invocation, 'unknown', { reading })
  const at = words.findIndex(({ text }) => /^(?:-e|-x|--|--command|--execute|start|run)$/.test(text))
  const given = words.map((word) => ({ word, value: /^--(?:command|execute)=(.*)$/s.exec(word.text)?.[1] }))
  for (const { word, value } of given) if (value !== undefined) started([{ ...word, text: value }], invocation, reading)
  if (at >= 0) started(words.slice(words[at + 1]?.text === '--' ? at + 2 : at + 1), invocation, reading)
  return NO_FLOW
}

function started(words: readonly Expanded[], invocation: Invocation, reading: Reading): void {
  const [only] = words
  if (only === undefined) return
  if (words.length === 1) reading.nested(only.text, { ...invocation, input: undefined })
  else reading.run({ ...invocation, words, input: undefined, inputFile: undefined })
}

/** `ip netns exec NAME COMMAND…`, `ip vrf exec NAME COMMAND…`. */
export function readIp(invocation: Invocation, reading: Reading): Flow {
  const { words } = invocation
  const at = words.findIndex(({ text }) => /^(?:e|ex|exe|exec)$/.test(text))
  const inside = words[at - 1]?.text ?? ''
  const command = /^(?:netns|vrf)$/.test(inside) ? words.slice(inside === 'netns' && words[at + 1]?.text === '-all' ? at + 1 : at + 2) : []
  if (command.length > 0) return reading.run({ ...invocation, words: command })
  const row = COMMANDS.get(commandName(invocation))
  return row === undefined ? NO_FLOW : readRow(row, invocation, reading)
}

const DEBUGGER_VALUED = new Set(
  '-ex -iex -eval-command --eval-command --init-eval-command -x -ix --command --init-command -o -O -s -S -k --one-line --one-line-before-file --source -p --pid -n --core -c -cd --args'.split(
    ' ',
  ),
)

/** `gdb -ex 'shell TEXT'`, `lldb -o 'platform shell TEXT'`. */
export function readDebugger(invocation: Invocation, reading: Reading): Flow {
  runProgram(invocation, 'unknown', { reading })
  const { options, operands } = parseOptions(invocation.words.slice(1), DEBUGGER_VALUED)
  const lines = options.flatMap(({ name, value }) =>
    /ex$|eval-command|^-[oOk]$|one-line/.test(name) && value !== undefined ? [value.text] : [],
  )
  for (const text of [...lines, ...(invocation.input?.text?.slice(0, 16_384).split('\n').slice(0, 200) ?? [])]) {
    const command =
      /^\s{0,20}(?:(?:platform\s{1,8})?shell\b|platform\s{1,8}process\s{1,8}launch\b|make\b|!|pipe\b[^|]{0,2000}\|)\s{0,20}(\S.*)$/s.exec(
        text,
      )?.[1]
    if (command !== undefined) reading.nested(command, { ...invocation, input: undefined })
    else if (/^\s{0,20}(?:python|py|script|call|print|p|expr\w*)\b/.test(text)) takeStarted(text, { invocation, reading })
  }
  for (const file of operands) useFile(file, 'read', { reading, cwd: invocation.cwd })
  return NO_FLOW
}

/** `emacs --eval '(shell-command "TEXT")'`; what it opens otherwise may be written. */
export function readEmacs(invocation: Invocation, reading: Reading): Flow {
  const valued = new Set('--eval -eval --execute -l --load -f --funcall --visit --chdir --insert'.split(' '))
  const { options, operands } = parseOptions(invocation.words.slice(1), valued)
  for (const { name, value } of options) {
    if (value === undefined) continue
    if (/eval$|^--execute$/.test(name)) evaluated(value.text, invocation, reading)
    else if (/^-l$|^--load$/.test(name)) useFile(value, 'read', { reading, cwd: invocation.cwd })
  }
  for (const file of operands) useFile(file, 'write', { reading, cwd: invocation.cwd })
  return NO_FLOW
}

const LISP_FILES =
  /\((delete-(?:file|directory)|write-(?:region|file)|with-temp-file|rename-file|insert-file-contents|find-file)[^"()]{0,200}"([^"\\]{1,1000})"/g

function evaluated(code: string, invocation: Invocation, reading: Reading): void {
  runProgram(invocation, 'unknown', { reading, detail: 'runs inline code' })
  for (const [, verb = '', path = ''] of code.slice(0, 16_384).matchAll(LISP_FILES)) {
    const access = /^delete|^rename/.test(verb) ? 'delete' : /^(?:insert|find)/.test(verb) ? 'read' : 'write'
    useFile({ text: path, known: true, glob: false }, access, { reading, cwd: invocation.cwd })
  }
  takeStarted(code, { invocation, reading })
}

/** What `cmake -E` does by names of its own. */
const OF_CMAKE: ReadonlyMap<string, readonly string[]> = new Map([
  ['rm', ['rm']],
  ['remove', ['rm']],
  ['remove_directory', ['rm', '-r']],
  ['copy', ['cp']],
  ['copy_directory', ['cp', '-r']],
  ['copy_if_different', ['cp']],
  ['rename', ['mv']],
  ['make_directory', ['mkdir']],
  ['touch', ['touch']],
  ['cat', ['cat']],
  ['env', ['env']],
  ['time', ['time']],
  ['tar', ['tar']],
])

/** `cmake -E remove_directory X`: small commands of its own, for every system. */
export function readCmake(invocation: Invocation, reading: Reading): Flow {
  const { words } = invocation
  const at = words.findIndex(({ text }) => text === '-E')
  const own = at < 0 ? undefined : OF_CMAKE.get(words[at + 1]?.text ?? '')
  if (own !== undefined)
    return reading.run({ ...invocation, words: [...own.map((text) => ({ text, known: true, glob: false })), ...words.slice(at + 2)] })
  const row = COMMANDS.get('cmake')
  return row === undefined ? NO_FLOW : readRow(row, invocation, reading)
}

/** `ssh-keygen -y -f KEY` reads the key; without a verb like that it makes one. */
export function readKeygen(invocation: Invocation, reading: Reading): Flow {
  const { options } = parseOptions(
    invocation.words.slice(1),
    new Set('-f -t -b -C -N -P -m -I -n -V -s -O -r -D -Z -a -z -R -F -S -M -E'.split(' ')),
  )
  const file = options.find(({ name }) => name === '-f')?.value
  const looks = options.some(({ name }) => /^-[yeilLBFHvRDQ]$/.test(name))
  if (file !== undefined && !file.text.endsWith('known_hosts')) useFile(file, looks ? 'read' : 'write', { reading, cwd: invocation.cwd })
  runProgram(invocation, 'likely', { reading })
  return NO_FLOW
}

/** The private keys of a key ring come out. */
export function readKeyRing(invocation: Invocation, reading: Reading): Flow {
  if (invocation.words.some(({ text }) => /^--export-secret(?:-sub)?-keys?$/.test(text)))
    act(
      {
        class: 'secret.read',
        target: 'private keys of the key ring',
        certainty: 'certain',
        kind: 'name',
        words: [],
        detail: 'exports private keys',
      },
      reading,
    )
  const row = COMMANDS.get(commandName(invocation))
  return row === undefined ? NO_FLOW : readRow(row, invocation, reading)
}

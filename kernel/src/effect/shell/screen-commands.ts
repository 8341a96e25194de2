/** Terminals, editors and other programs that run a command they are given as text. */
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { type Reading, runProgram, useFile } from './reading.ts'

function text(words: readonly Expanded[], by = ' '): string {
  return words.map((word) => word.text).join(by)
}

/** `alias name='text'`: used later, so read now. */
export function readAlias(invocation: Invocation, reading: Reading): Flow {
  for (const { text: word } of invocation.words.slice(1)) {
    const equals = word.indexOf('=')
    if (equals > 0) reading.nested(word.slice(equals + 1), { ...invocation, input: undefined })
  }
  return NO_FLOW
}

/** `trap 'text' SIGNAL…`. */
export function readTrap(invocation: Invocation, reading: Reading): Flow {
  const action = invocation.words[1]
  if (action !== undefined && invocation.words.length > 2 && !action.text.startsWith('-')) reading.nested(action.text, invocation)
  return NO_FLOW
}

const KEY = /^(?:Enter|C-m|KPEnter|Escape|Tab|Space|BSpace|Up|Down|Left|Right|[CM]-.)$/
const TMUX_VALUED = new Set('-t -s -n -c -e -F -x -y -l -p -b -d'.split(' '))

/** `tmux new-session 'text'`, `tmux send-keys 'text' Enter`. */
export function readTmux(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const at = words.findIndex(({ text: word }, index) => /^[a-z]/.test(word) && !/^-[LSfc]$/.test(words[index - 1]?.text ?? ''))
  const verb = words[at]?.text ?? ''
  const valued = new Set(
    [...TMUX_VALUED].filter((name) => !(name === '-d' && /^(new|neww|new-session|new-window|split|splitw)/.test(verb))),
  )
  const { operands } = parseOptions(words.slice(at + 1), valued)
  runProgram(invocation, 'likely', { reading, detail: `tmux ${verb}` })
  const typed = /^send(-keys)?$/.test(verb)
  const runs =
    /^(new|new-session|neww|new-window|split|splitw|split-window|run|run-shell|if|if-shell|respawn-pane|respawnp|respawn-window|respawnw|popup|display-popup|pipe-pane|pipep)$/.test(
      verb,
    )
  const script = typed ? text(operands.filter(({ text: word }) => !KEY.test(word))) : runs ? text(operands) : ''
  if (script.trim() !== '') reading.nested(script, { ...invocation, input: undefined })
  return NO_FLOW
}

/** `vim -c '!text'`, `less '+!text'`: editors and pagers run what follows an exclamation mark. */
export function readEditor(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), new Set('-c --cmd -S -u -U -w -W -i -t -k'.split(' ')))
  const name = commandName(invocation)
  const writes = !/^(less|more|most|view)$/.test(name)
  const commands = options.flatMap(({ name: option, value }) => (/^(-c|--cmd)$/.test(option) && value !== undefined ? [value] : []))
  const files = operands.filter(({ text: word }) => !word.startsWith('+'))
  for (const { text: command } of [...commands, ...operands.filter(({ text: word }) => word.startsWith('+'))]) {
    const run =
      /^\+?:?(?:silent!?\s+|exe(?:cute)?\s+)?(?:r(?:ead)?\s*|w(?:rite)?\s*)?!\s*(.+)$/s.exec(command)?.[1] ??
      /\bsystem\(\s*['"]([^'"]+)/.exec(command)?.[1]
    const written = /^\+?:?(?:sav(?:eas)?|w(?:rite)?)!?\s+(?:>>\s*)?([^!\s]\S*)/.exec(command)?.[1]
    if (run !== undefined) reading.nested(run, invocation)
    if (written !== undefined) useFile({ text: written, known: true, glob: false }, 'write', { reading, cwd: invocation.cwd })
  }
  for (const file of files) useFile(file, writes ? 'write' : 'read', { reading, cwd: invocation.cwd })
  return invocation.input ?? NO_FLOW
}

/** `expect -c 'spawn text'`. */
export function readExpect(invocation: Invocation, reading: Reading): Flow {
  runProgram(invocation, 'unknown', { reading })
  const { options, operands } = parseOptions(invocation.words.slice(1), new Set(['-c', '-f']))
  for (const { name, value } of options) if (name === '-c' && value !== undefined) spawned(value.text, { invocation, reading })
  for (const file of operands.slice(0, 1)) useFile(file, 'read', { reading, cwd: invocation.cwd })
  if (invocation.input?.text !== undefined) spawned(invocation.input.text, { invocation, reading })
  return NO_FLOW
}

function spawned(script: string, { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  for (const line of script.split(/[\n;]/)) {
    const command = /^\s*(?:spawn|exec|system)\s+(?:-\w+\s+)*(.+)$/.exec(line)?.[1]
    const sent = /^\s*send\s+(?:--\s+)?"([^"]*?)(?:\\r|\\n)*"/.exec(line)?.[1]
    for (const one of [command, sent]) if (one !== undefined && one !== '') reading.nested(one, { ...invocation, input: undefined })
  }
}

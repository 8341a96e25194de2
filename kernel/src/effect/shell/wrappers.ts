/** Commands that run another command: `sudo`, `env`, `timeout` and their like. */
import { WRAPPER_WORD, WRAPPERS } from './command-table.ts'
import { setEnvironment } from './environment.ts'
import type { Expanded } from './expanded.ts'
import type { Invocation } from './invocation.ts'
import { act, folderAt, type Reading } from './reading.ts'

/** What is run instead: another command, a text for a shell, or nothing. Undefined when this is no wrapper. */
export type Unwrapped = Invocation | { readonly script: string } | 'nothing' | undefined

const word = (text: string): Expanded => ({ text, known: true, glob: false })

export function unwrapped(name: string, invocation: Invocation, reading: Reading): Unwrapped {
  const wrapper = WRAPPERS.get(name)
  if (wrapper === undefined) return undefined
  const { words } = invocation
  const required = WRAPPER_WORD.get(name)
  if (required !== undefined && words[1]?.text !== required) return undefined
  let at = 1
  let { cwd } = invocation
  for (let operands = wrapper.operands; at < words.length; at += 1) {
    const text = (words[at] as Expanded).text
    const split = name === 'env' ? splitText(words, at) : undefined
    if (split !== undefined) return split.length === 0 ? 'nothing' : { ...invocation, words: [words[0] as Expanded, ...split] }
    if ((name === 'flock' || name === 'setsid') && /^(-c|--command)$/.test(text) && words[at + 1] !== undefined)
      return { script: (words[at + 1] as Expanded).text }
    if (/^[A-Za-z_]\w*=/.test(text) && ASSIGNING.has(name)) {
      assigned(words[at] as Expanded, invocation, reading)
      continue
    }
    if (text === '--') {
      at += 1
      break
    }
    const folder = folderOf(name, text, words[at + 1])
    if (folder !== undefined) cwd = folderAt(folder, { cwd, reading })
    if (name === 'bwrap' && PAIRED.test(text)) at += 2
    else if (wrapper.valued.has(text)) at += 1
    else if (!text.startsWith('-') && operands > 0) operands -= 1
    else if (!text.startsWith('-')) break
    else if (name === 'command' && /^-[vV]+$/.test(text)) return 'nothing'
  }
  if (PRIVILEGED.has(name)) privileged(name, words, reading)
  return remaining(name, { ...invocation, cwd, words: words.slice(at) })
}

/** Options that say where the command runs, and whose they are. */
const FOLDERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['-C', new Set(['env', 'mise'])],
  ['--chdir', new Set(['env', 'sudo', 'bwrap'])],
  ['-D', new Set(['sudo'])],
  ['--cd', new Set(['mise'])],
  ['--cwd', new Set(['conda', 'mamba', 'micromamba'])],
])

/** `-C DIR`, `-CDIR`, `--chdir DIR`, `--chdir=DIR`. */
function folderOf(name: string, text: string, next: Expanded | undefined): string | undefined {
  const [, option = text, inline] = /^(--\w+)=(.+)$/s.exec(text) ?? /^(-[CD])(.+)$/s.exec(text) ?? []
  return FOLDERS.get(option)?.has(name) === true ? (inline ?? next?.text) : undefined
}

/** Options of bwrap that take two words. */
const PAIRED = /^--(?:(?:ro-|dev-)?bind(?:-try)?|symlink|setenv|file|bind-data|ro-bind-data|overlay|chmod)$/

const ASSIGNING: ReadonlySet<string> = new Set(['env', 'sudo', 'doas', 'run0', 'bwrap'])
const PRIVILEGED: ReadonlySet<string> = new Set(['sudo', 'doas', 'pkexec', 'run0'])

function remaining(name: string, rest: Invocation): Unwrapped {
  if (rest.words.length > 0) {
    // A text in one word is for a shell: `screen -dm 'sh -c …'`.
    const only = rest.words[0] as Expanded
    if (rest.words.length === 1 && /\s/.test(only.text) && TEXTUAL.has(name)) return { script: only.text }
    return rest
  }
  return name === 'env' ? { ...rest, words: [word('printenv')] } : 'nothing'
}

const TEXTUAL: ReadonlySet<string> = new Set(['screen', 'flock', 'entr', 'unbuffer', 'expect'])

/** `env -S 'A=1 rm -rf'`, in all its spellings: the text is split at blanks and read as if it had been written out. */
function splitText(words: readonly Expanded[], at: number): readonly Expanded[] | undefined {
  const spelled = words[at] as Expanded
  const found = /^(?:--split-string(?:=(.*))?|-[a-zA-Z]*?S(.*))$/s.exec(spelled.text)
  if (found === null) return undefined
  const inside = found[1] ?? (found[2] === '' ? undefined : found[2])
  const text = inside ?? words[at + 1]?.text ?? ''
  const rest = words.slice(inside === undefined ? at + 2 : at + 1)
  const known = inside === undefined ? (words[at + 1]?.known ?? true) : spelled.known
  return [...quotedWords(text).map((part) => ({ text: part, known, glob: false })), ...rest]
}

/** Blanks part words unless they stand in quotes or behind a backslash. */
function quotedWords(text: string): readonly string[] {
  return (text.slice(0, 65_536).match(/(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|\\.|[^\s"'\\])+/gs) ?? []).map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"?|'([^']*)'?|\\(.)/gs, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(.)/gs, '$1'),
    ),
  )
}

function assigned(spelled: Expanded, invocation: Invocation, reading: Reading): void {
  const equals = spelled.text.indexOf('=')
  setEnvironment(spelled.text.slice(0, equals), { ...spelled, text: spelled.text.slice(equals + 1) }, { reading, cwd: invocation.cwd })
}

function privileged(name: string, words: readonly Expanded[], reading: Reading): void {
  act(
    {
      class: 'process.exec',
      target: name,
      certainty: 'likely',
      kind: 'command',
      words: words.slice(0, 1),
      detail: 'with administrator rights',
    },
    reading,
  )
}

import type { Expanded, Flow } from './expanded.ts'

/** One command about to run, with where its input comes from and where its output goes. */
export interface Invocation {
  /** Command word first. Never empty. */
  readonly words: readonly Expanded[]
  /** What is piped or redirected in. */
  readonly input: Flow | undefined
  /** File or here-document on its standard input, in plain words. */
  readonly inputFile: string | undefined
  /** Folder it runs in; undefined when a `cd` could not be told. */
  readonly cwd: string | undefined
}

/** The command's name without its folder: `/bin/rm` is `rm`. */
export function commandName(invocation: Invocation): string {
  const text = invocation.words[0]?.text ?? ''
  const name = text.slice(text.lastIndexOf('/') + 1)
  // What is invisible in a name is read as if it were not there: one shell may skip what another takes along.
  return name
    .toLowerCase()
    .replace(/[\u0000-\u001f\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\.(exe|cmd|bat)$/, '')
}

/** Options and operands told apart. */
export interface Parsed {
  /** Options in order; a value is there for those that take one. */
  readonly options: readonly { readonly name: string; readonly value: Expanded | undefined }[]
  readonly operands: readonly Expanded[]
}

/**
 * POSIX and GNU reading of a command line: `-abc`, `-ofile`, `-o file`, `--name=value`, `--name value`, `--`.
 * `valued` names the options that take a value, as `-o` and `--output`.
 */
export function parseOptions(words: readonly Expanded[], valued: ReadonlySet<string>): Parsed {
  const options: { name: string; value: Expanded | undefined }[] = []
  const operands: Expanded[] = []
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as Expanded
    const text = word.text
    if (text === '--') return { options, operands: [...operands, ...words.slice(index + 1)] }
    if (!text.startsWith('-') || text === '-') operands.push(word)
    else if (text.startsWith('--')) index += longOption(words, index, valued, options)
    else index += shortOptions(words, index, valued, options)
  }
  return { options, operands }
}

type Options = { name: string; value: Expanded | undefined }[]

function longOption(words: readonly Expanded[], at: number, valued: ReadonlySet<string>, options: Options): number {
  const word = words[at] as Expanded
  const equals = word.text.indexOf('=')
  if (equals > 0) {
    options.push({ name: word.text.slice(0, equals), value: { ...word, text: word.text.slice(equals + 1) } })
    return 0
  }
  if (!valued.has(word.text)) {
    options.push({ name: word.text, value: undefined })
    return 0
  }
  options.push({ name: word.text, value: words[at + 1] })
  return 1
}

function shortOptions(words: readonly Expanded[], at: number, valued: ReadonlySet<string>, options: Options): number {
  const word = words[at] as Expanded
  if (valued.has(word.text)) {
    options.push({ name: word.text, value: words[at + 1] })
    return 1
  }
  for (let index = 1; index < word.text.length; index += 1) {
    const name = `-${word.text[index]}`
    if (!valued.has(name)) {
      options.push({ name, value: undefined })
      continue
    }
    const rest = word.text.slice(index + 1)
    options.push({ name, value: rest === '' ? words[at + 1] : { ...word, text: rest } })
    return rest === '' ? 1 : 0
  }
  return 0
}

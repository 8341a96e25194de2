/** find, fd and xargs: what is done with whatever is found. */
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { type Invocation, parseOptions } from './invocation.ts'
import { type Reading, runProgram, useFile } from './reading.ts'

const FIND_VALUED = new Set(
  '-name -iname -path -ipath -wholename -regex -iregex -type -size -mtime -mmin -atime -ctime -newer -user -group -perm -maxdepth -mindepth -depth-limit -links -inum -samefile -printf -regextype -fstype'.split(
    ' ',
  ),
)
const DOT: Expanded = { text: '.', known: true, glob: false }

export function readFind(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const from = { reading, cwd: invocation.cwd }
  const start = words.findIndex((word) => /^[-(!]/.test(word.text))
  const given = words.slice(0, start < 0 ? words.length : start)
  const roots = given.length > 0 ? given : [DOT]
  for (const root of roots) useFile(root, 'read', from)
  const found = foundPaths(words, roots)
  for (let at = Math.max(start, 0); at < words.length; at += 1) {
    const name = (words[at] as Expanded).text
    if (name === '-delete')
      for (const root of roots) useFile({ ...root, glob: true }, 'delete', { ...from, detail: 'deletes what it finds' })
    else if (/^-(exec|execdir|ok|okdir)$/.test(name)) at = runFound(words, at, { invocation, reading, found: [...roots, ...found] })
    else if (/^-f(print|printf|print0|ls)$/.test(name) && words[at + 1] !== undefined) useFile(words[at + 1] as Expanded, 'write', from)
    else if (FIND_VALUED.has(name)) at += 1
  }
  return { ...NO_FLOW, paths: found }
}

/** Where what is found lies: below the roots, named as asked for. */
function foundPaths(words: readonly Expanded[], roots: readonly Expanded[]): readonly Expanded[] {
  const names = words.flatMap((word, index) =>
    /^-(i?name|i?path|wholename)$/.test(word.text) && words[index + 1] !== undefined ? [words[index + 1] as Expanded] : [],
  )
  const ends = names.length > 0 ? names.map(({ text }) => text) : ['*']
  return roots
    .flatMap((root) => ends.map((end) => ({ text: `${root.text.replace(/\/$/, '')}/**/${end}`, known: root.known, glob: true })))
    .slice(0, 16)
}

interface Found {
  readonly invocation: Invocation
  readonly reading: Reading
  readonly found: readonly Expanded[]
}

function runFound(words: readonly Expanded[], at: number, from: Found): number {
  const end = words.findIndex((word, index) => index > at && /^[;+]$/.test(word.text))
  runFilled(words.slice(at + 1, end < 0 ? words.length : end), from)
  return end < 0 ? words.length : end
}

function runFilled(command: readonly Expanded[], { invocation, reading, found }: Found): void {
  const filled = command.flatMap((word) =>
    word.text.includes('{}') ? found.map((root) => ({ ...word, text: word.text.replaceAll('{}', root.text), glob: true })) : [word],
  )
  if (filled.length > 0) reading.run({ ...invocation, words: filled, input: undefined })
}

const FD_VALUED = new Set(
  '-t --type -e --extension -E --exclude -d --max-depth --min-depth -S --size -c --color -j --threads --base-directory -o --owner'.split(
    ' ',
  ),
)

/** `fd PATTERN FOLDER… -x COMMAND`. */
export function readFd(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const runs = words.findIndex(({ text }) => /^(-x|-X|--exec|--exec-batch)$/.test(text))
  const { operands } = parseOptions(runs < 0 ? words : words.slice(0, runs), FD_VALUED)
  const roots = operands.length > 1 ? operands.slice(1) : [DOT]
  for (const root of roots) useFile(root, 'read', { reading, cwd: invocation.cwd })
  const found = roots.map((root) => ({ text: `${root.text.replace(/\/$/, '')}/*`, known: root.known, glob: true }))
  if (runs >= 0) {
    const end = words.findIndex((word, index) => index > runs && word.text === ';')
    const command = words.slice(runs + 1, end < 0 ? words.length : end)
    const placed = command.some(({ text }) => text.includes('{}')) ? command : [...command, { text: '{}', known: true, glob: false }]
    runFilled(placed, { invocation, reading, found: [...roots, ...found] })
  }
  return { ...NO_FLOW, paths: found }
}

const XARGS_VALUED = new Set('-I -i -n -P -L -d -E -s -a --arg-file --max-args --max-procs --replace --delimiter --max-lines'.split(' '))

/** What comes in is handed to the command as words. */
export function readXargs(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  let at = 0
  let placeholder: string | undefined
  while (at < words.length && (words[at] as Expanded).text.startsWith('-')) {
    const { text } = words[at] as Expanded
    const replaced = /^(?:-I|-i|--replace=?)(.*)$/.exec(text)
    if (replaced !== null) placeholder = replaced[1] || (text === '-I' ? words[at + 1]?.text : '{}')
    at += XARGS_VALUED.has(text) && text !== '-i' ? 2 : 1
  }
  const listed = words.findIndex(({ text }) => /^:::+\+?$/.test(text))
  const command = words.slice(at, listed < 0 ? words.length : listed)
  const fed = listed < 0 ? fedWords(invocation.input) : words.slice(listed + 1)
  if (command.length === 0) return fed.length > 0 && listed >= 0 ? runEach(fed, { invocation, reading }) : NO_FLOW
  const given = placeholder ?? (command.some(({ text }) => text.includes('{}')) ? '{}' : undefined)
  if (given === undefined || given === '') return reading.run({ ...invocation, words: [...command, ...fed], input: undefined })
  const filled = command.flatMap((word) =>
    word.text.includes(given) ? fed.map((one) => ({ ...one, text: word.text.replaceAll(given, one.text) })) : [word],
  )
  return reading.run({ ...invocation, words: filled.length > 0 ? filled : command, input: undefined })
}

/** `parallel ::: 'one command' 'another'`. */
function runEach(
  texts: readonly Expanded[],
  { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading },
): Flow {
  for (const text of texts.slice(0, 16)) {
    if (!text.known) runProgram(invocation, 'unknown', { reading, detail: 'what it runs is decided when it runs' })
    reading.nested(text.text, invocation)
  }
  return NO_FLOW
}

function fedWords(input: Flow | undefined): readonly Expanded[] {
  if (input?.paths !== undefined) return input.paths
  if (input?.text === undefined) return [{ text: '*', known: false, glob: true }]
  return input.text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 16)
    .map((text) => ({ text, known: true, glob: false }))
}

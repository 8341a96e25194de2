/** sed: the files its script writes and reads, and the commands it runs. */
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { outputOf } from './output.ts'
import { runScript } from './run-script.ts'
import { putInto, type Reading, useFile } from './reading.ts'

const VALUED = new Set('-e --expression -f --file -l --line-length'.split(' '))
/** Longest script looked at, and most of its commands. */
const SCRIPT_LENGTH = 16_384
const COMMANDS = 512

export function readSed(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1).map(inPlace), VALUED)
  const scripts = options.flatMap(({ name, value }) => (/^(-e|--expression)$/.test(name) && value !== undefined ? [value] : []))
  const scriptFiles = options.flatMap(({ name, value }) => (/^(-f|--file)$/.test(name) && value !== undefined ? [value] : []))
  const given = scripts.length + scriptFiles.length > 0
  const put: Put[] = []
  for (const script of given ? scripts : operands.slice(0, 1)) put.push(...readScript(script, { invocation, reading }))
  const text = put.map((one) => one.text).join('\n')
  const old = put.flatMap((one) => (one.old === undefined ? [] : [one.old])).join('\n')
  for (const file of scriptFiles) runScript(file, [], { invocation, reading })
  const files = operands.slice(given ? 0 : 1)
  const access = options.some(({ name }) => name === '-i' || name.startsWith('--in-place')) ? 'write' : 'read'
  for (const file of files) useFile(file, access, { reading, cwd: invocation.cwd })
  if (access === 'write')
    for (const file of files) putInto(file, { text, ...(old === '' ? {} : { old }) }, { reading, cwd: invocation.cwd })
  if (commandName(invocation) === '' || access === 'write') return NO_FLOW
  return outputOf({ operands: 'read' }, invocation, { files, reading })
}

/** A suffix sticks to `-i`, so that what stands in it is no option. */
function inPlace(word: Expanded): Expanded {
  const found = /^-([nErsuz]*)i/.exec(word.text)
  return found === null ? word : { ...word, text: `-${found[1]}i` }
}

interface Put {
  readonly text: string
  readonly old?: string
}

interface Script {
  readonly text: string
  readonly word: Expanded
  readonly from: { readonly invocation: Invocation; readonly reading: Reading }
  /** Lines and parts of lines that it puts in. */
  readonly put: Put[]
  at: number
}

/** Answers what it puts in. */
function readScript(word: Expanded, from: Script['from']): readonly Put[] {
  const script: Script = { text: word.text.slice(0, SCRIPT_LENGTH), word, from, put: [], at: 0 }
  for (let count = 0; script.at < script.text.length && count < COMMANDS; count += 1) readOne(script)
  return script.put
}

/** One command with its addresses. */
function readOne(script: Script): void {
  skipAddresses(script)
  const command = script.text.charAt(script.at)
  script.at += 1
  switch (command) {
    case 's':
      return substitution(script)
    case 'y':
      section(script, section(script, script.text.charAt(script.at)))
      return
    case 'w':
    case 'W':
      return file(script, 'write')
    case 'r':
    case 'R':
      return file(script, 'read')
    case 'e':
      return run(script, restOfLine(script))
    case 'a':
    case 'i':
    case 'c':
      script.put.push({ text: restOfText(script) })
      return
    case '#':
      restOfLine(script)
      return
    default:
      return
  }
}

function skipAddresses(script: Script): void {
  for (;;) {
    const character = script.text.charAt(script.at)
    if (character === '' || !/[\s;,\d$!~+{}/\\]/.test(character)) return
    if (character === '/' || character === '\\') section(script, character === '/' ? '/' : script.text.charAt(script.at + 1))
    else script.at += 1
  }
}

/** Text up to the next delimiter; answers the delimiter, and leaves the place behind it. */
function section(script: Script, delimiter: string): string {
  if (script.text.charAt(script.at) === '\\' && delimiter !== '\\') script.at += 1
  if (script.text.charAt(script.at) === delimiter) script.at += 1
  for (; script.at < script.text.length && script.text.charAt(script.at) !== delimiter; script.at += 1)
    if (script.text.charAt(script.at) === '\\') script.at += 1
  script.at += 1
  return delimiter
}

function substitution(script: Script): void {
  const delimiter = script.text.charAt(script.at)
  const from = script.at + 1
  section(script, delimiter)
  const start = script.at
  const old = script.text.slice(from, start - 1).replace(/\\(.)/g, '$1')
  script.at -= 1
  section(script, delimiter)
  const put = script.text.slice(start, script.at - 1)
  script.put.push({ text: put.replaceAll('\\n', '\n').replace(/\\(.)/g, '$1'), old })
  for (; script.at < script.text.length && /[gpiIemM\d]/.test(script.text.charAt(script.at)); script.at += 1)
    if (script.text.charAt(script.at) === 'e') run(script, put.replace(/\\(.)/g, '$1'))
  if (script.text.charAt(script.at) !== 'w') return
  script.at += 1
  file(script, 'write')
}

/** Lines to put in go on where a backslash ends one; the first may stand behind one. */
function restOfText(script: Script): string {
  const lines: string[] = []
  for (let more = true; more; ) {
    const line = restOfLine(script)
    more = line.endsWith('\\') && script.at < script.text.length
    lines.push(more ? line.slice(0, -1) : line)
  }
  return lines
    .join('\n')
    .replace(/^\\?\s*/, '')
    .replaceAll('\\n', '\n')
}

function restOfLine(script: Script): string {
  const end = script.text.indexOf('\n', script.at)
  const rest = script.text.slice(script.at, end < 0 ? script.text.length : end)
  script.at = end < 0 ? script.text.length : end + 1
  return rest.trim()
}

function file(script: Script, access: 'read' | 'write'): void {
  const text = restOfLine(script)
  if (text !== '') useFile({ ...script.word, text }, access, { reading: script.from.reading, cwd: script.from.invocation.cwd })
}

function run(script: Script, text: string): void {
  if (text !== '') script.from.reading.nested(text, script.from.invocation)
}

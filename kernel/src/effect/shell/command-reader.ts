/** Turns one command about to run into effects, by the command table and the readers of the commands that need more. */
import { decodeBase64 } from '../../event/encoding.ts'
import { COMMANDS, type CommandRow, INTERPRETERS, type Role, SHELLS, WRAPPER_WORD, WRAPPERS } from './command-table.ts'
import { type Expanded, type Flow, NO_FLOW } from './expand.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { readCopy, readCurl, readGit, readSsh, readWget } from './network-commands.ts'
import { installPackage, isPackageManager, readPackageManager } from './package-commands.ts'
import {
  baseInterpreter,
  readContainer,
  readDd,
  readEval,
  readFind,
  readInterpreter,
  readShell,
  readSource,
  readTar,
  readXargs,
} from './program-commands.ts'
import { act, type Reading, runFlow, runProgram, useAddress, useFile } from './reading.ts'
import { WINDOWS_PROGRAMS } from '../windows/programs.ts'

type Reader = (invocation: Invocation, reading: Reading) => Flow

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['curl', readCurl],
  ['wget', readWget],
  ['ssh', readSsh],
  ['scp', readCopy],
  ['sftp', readCopy],
  ['rsync', readCopy],
  ['git', readGit],
  ['eval', readEval],
  ['source', readSource],
  ['.', readSource],
  ['find', readFind],
  ['fd', readFind],
  ['xargs', readXargs],
  ['parallel', readXargs],
  ['tar', readTar],
  ['bsdtar', readTar],
  ['dd', readDd],
  ['docker', readContainer],
  ['podman', readContainer],
])

/** Answers what flows out of the command. */
export function readCommand(invocation: Invocation, reading: Reading): Flow {
  const word = invocation.words[0] as Expanded
  if (!word.known || word.glob) {
    runProgram(invocation, 'unknown', { reading, detail: 'which program runs is decided only when it runs' })
    if (word.flow !== undefined) runFlow(word.flow, invocation, reading)
    return passOn(invocation)
  }
  const name = commandName(invocation)
  if (!isUsualFolder(word.text)) runProgram(invocation, 'unknown', { reading, detail: 'a program outside the usual folders' })
  const wrapped = unwrap(name, invocation, reading)
  if (wrapped !== undefined) return reading.run(wrapped)
  const reader =
    READERS.get(name) ??
    WINDOWS_PROGRAMS.get(name) ??
    (SHELLS.has(name)
      ? readShell
      : INTERPRETERS.has(baseInterpreter(name))
        ? readInterpreter
        : isPackageManager(name)
          ? readPackageManager
          : undefined)
  if (reader !== undefined) return reader(invocation, reading)
  const row = COMMANDS.get(name)
  if (row !== undefined) return readRow(row, invocation, reading)
  runProgram(invocation, 'unknown', { reading })
  return passOn(invocation)
}

/** A name alone is looked up in the usual folders; a path is trusted to be what it is called only in them. */
function isUsualFolder(word: string): boolean {
  const folder = word.slice(0, word.lastIndexOf('/') + 1)
  return (
    folder === '' ||
    /^\/(?:(?:usr|opt)\/(?:[\w.+-]+\/)*)?s?bin\/$|(^|\/)(node_modules\/\.bin|\.?venv\/bin)\/$/.test(folder) ||
    /^\.\/(gradlew|mvnw)$/.test(word)
  )
}

function passOn(invocation: Invocation): Flow {
  const input = invocation.input
  return input === undefined ? NO_FLOW : { addresses: input.addresses, decodes: input.decodes }
}

/** The command a wrapper runs, or undefined when this is none. */
function unwrap(name: string, invocation: Invocation, reading: Reading): Invocation | undefined {
  const wrapper = WRAPPERS.get(name)
  if (wrapper === undefined) return undefined
  const words = invocation.words
  const required = WRAPPER_WORD.get(name)
  if (required !== undefined && words[1]?.text !== required) return undefined
  let at = 1
  for (let operands = wrapper.operands; at < words.length; at += 1) {
    const text = (words[at] as Expanded).text
    if (name === 'env' && (text === '-S' || text === '--split-string')) return splitString(words.slice(at + 1), invocation)
    if (name === 'env' && /^[A-Za-z_]\w*=/.test(text)) continue
    if (wrapper.valued.has(text)) at += 1
    else if (!text.startsWith('-') && operands > 0) operands -= 1
    else if (!text.startsWith('-')) break
    else if (name === 'command' && /^-[vV]$/.test(text)) return { ...invocation, words: [{ text: 'which', known: true, glob: false }] }
  }
  if (name === 'sudo' || name === 'doas')
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
  const rest = words.slice(at)
  return rest.length === 0
    ? name === 'env'
      ? { ...invocation, words: [{ text: 'printenv', known: true, glob: false }] }
      : undefined
    : { ...invocation, words: rest }
}

function splitString(words: readonly Expanded[], invocation: Invocation): Invocation {
  const [first, ...rest] = words
  const split = (first?.text ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => ({ text, known: first?.known ?? false, glob: false }))
  return { ...invocation, words: [...split, ...rest] }
}

function readRow(row: CommandRow, invocation: Invocation, reading: Reading): Flow {
  const options = row.options ?? {}
  const parsed = parseOptions(invocation.words.slice(1), new Set(Object.keys(options)))
  for (const { name, value } of parsed.options) if (value !== undefined) useWord(value, options[name] ?? 'ignore', { invocation, reading })
  const switched = parsed.options.map(({ name }) => row.switches?.[name]).find((role) => role !== undefined)
  const skip = parsed.options.some(({ name }) => /^(-e|-f|--regexp|--expression|--file)$/.test(name)) ? 0 : (row.skip ?? 0)
  useOperands(parsed.operands.slice(skip), switched ?? row.operands, { invocation, reading })
  runRow(row, parsed.operands, { invocation, reading })
  return outputOf(row, invocation)
}

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

function useOperands(operands: readonly Expanded[], role: CommandRow['operands'], from: From): void {
  for (const [index, word] of operands.entries()) {
    const last = index === operands.length - 1 && index > 0
    if (role === 'copy') useWord(word, last ? 'write' : 'read', from)
    else if (role !== 'move') useWord(word, role, from)
    else if (last) useWord(word, 'write', from)
    else {
      useWord(word, 'read', from)
      useWord(word, 'delete', from)
    }
  }
}

function useWord(word: Expanded, role: Role, from: From): void {
  const { invocation, reading } = from
  switch (role) {
    case 'read':
    case 'write':
    case 'delete':
      return useFile(word, role, { reading, cwd: invocation.cwd })
    case 'address':
      return /^\d+$/.test(word.text) || word.text.startsWith('.')
        ? undefined
        : useAddress(word, { reading, scheme: 'tcp', detail: `${commandName(invocation)} talks to it` })
    case 'named':
      return /^[a-z][\w+.-]*:\/\//i.test(word.text)
        ? useAddress(word, { reading, detail: `${commandName(invocation)} shows it`, retrieval: true })
        : useFile(word, 'read', { reading, cwd: invocation.cwd })
    case 'package':
      return installPackage(word, invocation, reading)
    case 'script':
      return runProgram(invocation, 'unknown', { reading, detail: `runs ${word.text.slice(0, 120)}`, words: [word] })
    case 'listen':
      return act({ class: 'net.listen', target: word.text, certainty: 'certain', kind: 'name', words: [word] }, reading)
    case 'ignore':
      return undefined
  }
}

function runRow(row: CommandRow, operands: readonly Expanded[], from: From): void {
  const { invocation, reading } = from
  const name = commandName(invocation)
  const line = [name, ...operands.slice(0, 2).map((word) => word.text)].join(' ').slice(0, 120)
  switch (row.runs) {
    case undefined:
      return
    case 'program':
      return runProgram(invocation, invocation.words.every((word) => word.known) ? 'likely' : 'unknown', { reading, detail: line })
    case 'installer':
      if (row.operands !== 'package')
        act(
          {
            class: 'code.install',
            target: line,
            certainty: 'likely',
            kind: 'command',
            words: operands.slice(0, 3),
            detail: `persistence: ${line}`,
          },
          reading,
        )
      else if (operands.length < 2) runProgram(invocation, 'likely', { reading, detail: line })
      return
    case 'publisher':
      return act(
        { class: 'code.publish', target: line, certainty: 'likely', kind: 'name', words: operands.slice(0, 2), detail: line },
        reading,
      )
    case 'privilege':
      return act(
        { class: 'identity.grant', target: line, certainty: 'likely', kind: 'name', words: operands.slice(0, 3), detail: line },
        reading,
      )
    case 'database':
      return act(
        { class: 'data.mutate', target: line, certainty: 'inferred', kind: 'name', words: operands.slice(0, 2), detail: line },
        reading,
      )
    case 'power':
      return act(
        { class: 'device.actuate', target: line, certainty: 'likely', kind: 'name', words: operands.slice(0, 2), detail: line },
        reading,
      )
    case 'environment':
      if (isHarmlessLook(operands, reading)) return
      return act(
        {
          class: 'secret.read',
          target: 'environment',
          certainty: 'inferred',
          kind: 'name',
          words: [],
          detail: 'prints every environment variable',
        },
        reading,
      )
  }
}

const SECRET_WORD = /secret|token|passw|pwd|key|credential|auth|private|cert|[*.+?|[]/i

/** `printenv HOME`, `env | grep JAVA`: what comes out is told beforehand, and is no secret. */
function isHarmlessLook(operands: readonly Expanded[], reading: Reading): boolean {
  if (operands.length > 0) return operands.every((word) => word.known && !SECRET_WORD.test(word.text))
  const script = reading.payload[0]?.text ?? ''
  const looks = script.match(/\b(?:env|printenv)\b/g)?.length ?? 0
  const filters = [
    ...script.matchAll(/\b(?:env|printenv)\s*\|\s*[ef]?grep\s+(?:-[a-zA-Z]*[iwEF]\s+)?(['"]?)\^?([\w-]{3,40})\1(?=\s|[;&|)]|$)/g),
  ]
  return looks > 0 && filters.length === looks && filters.every(([, , pattern]) => !SECRET_WORD.test(pattern ?? ''))
}

/** Text that can be told is told: `echo … | base64 -d | sh` is read through. */
function outputOf(row: CommandRow, invocation: Invocation): Flow {
  const name = commandName(invocation)
  const words = invocation.words.slice(1)
  if (name === 'echo' || name === 'printf') {
    const shown = words.filter((word, index) => !(name === 'echo' && index === 0 && /^-[neE]+$/.test(word.text)))
    const flow = words.find((word) => word.flow !== undefined)?.flow ?? NO_FLOW
    if (words.every((word) => word.known)) return { ...flow, text: shown.map((word) => word.text).join(' ') }
    return { addresses: flow.addresses, decodes: flow.decodes }
  }
  if (name === 'pwd' && invocation.cwd !== undefined) return { ...NO_FLOW, text: invocation.cwd }
  const input = passOn(invocation)
  if (row.decodes !== true) return name === 'cat' && words.length === 0 && invocation.input !== undefined ? invocation.input : input
  const decoded =
    name.startsWith('base64') && words.some((word) => /^(-d|-D|--decode)$/.test(word.text)) ? decodeInput(invocation) : undefined
  return decoded === undefined ? { ...input, decodes: true } : { ...input, text: decoded }
}

function decodeInput(invocation: Invocation): string | undefined {
  const text = invocation.input?.text
  return text === undefined || text.length > 65_536 ? undefined : decodeBase64(text)
}

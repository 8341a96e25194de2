import { decodeBase64Utf16 } from '../../event/encoding.ts'
import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import { type Reading, runFlow, runProgram } from '../shell/reading.ts'
import { usePlace } from '../windows/use-place.ts'
import { runWritten } from '../windows/written-script.ts'
import { readPowerShell } from './walk.ts'

/** Options of the program itself, in full; any beginning of one that no earlier one has names it. The second ones take a value. */
const PLAIN = 'nologo noexit noninteractive noprofile noprofileloadtime sta mta login help interactive'.split(' ')
const VALUED =
  'executionpolicy windowstyle version inputformat outputformat configurationname configurationfile custompipename settingsfile workingdirectory psconsolefile'.split(
    ' ',
  )
const CODE: ReadonlyMap<string, 'command' | 'encoded' | 'file' | 'code'> = new Map([
  ['command', 'command'],
  ['commandwithargs', 'code'],
  ['cwa', 'code'],
  ['encodedcommand', 'encoded'],
  ['ec', 'encoded'],
  ['encodedarguments', 'code'],
  ['ea', 'code'],
  ['file', 'file'],
])
const SHORT: ReadonlyMap<string, string> = new Map([
  ['ep', 'executionpolicy'],
  ['ex', 'executionpolicy'],
  ['w', 'windowstyle'],
  ['wd', 'workingdirectory'],
  ['v', 'version'],
  ['i', 'inputformat'],
  ['o', 'outputformat'],
])

/** `powershell -NoProfile -Command …`, `pwsh -enc …`, `… | pwsh -`. */
export function readPowerShellProgram(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Expanded
    const option = /^(?:-{1,2}|\/|[\u2013-\u2015])([a-z?]+)$/i.exec(word.text)?.[1]?.toLowerCase()
    if (option === undefined) return word.text === '-' ? runInput(invocation, reading) : runWords(words.slice(at), invocation, reading)
    const code = codeOption(option)
    const rest = words.slice(at + 1)
    if (code === 'encoded') return runEncoded(rest[0], invocation, reading)
    if (code === 'file') return runFile(rest, invocation, reading)
    if (code !== undefined) return rest[0]?.text === '-' ? runInput(invocation, reading) : runWords(rest, invocation, reading)
    if (takesValue(option)) at += 1
  }
  return runInput(invocation, reading)
}

function codeOption(option: string): 'command' | 'encoded' | 'file' | 'code' | undefined {
  const exact = CODE.get(option)
  if (exact !== undefined) return exact
  if (PLAIN.some((name) => name.startsWith(option)) || SHORT.has(option)) return undefined
  for (const [name, kind] of CODE) if (name.startsWith(option) && kind !== 'code') return option === 'e' ? 'encoded' : kind
  return undefined
}

function takesValue(option: string): boolean {
  return SHORT.has(option) || (!PLAIN.some((name) => name.startsWith(option)) && VALUED.some((name) => name.startsWith(option)))
}

function runWords(words: readonly Expanded[], invocation: Invocation, reading: Reading): Flow {
  const first = words[0]
  if (words.length === 1 && first !== undefined && /\.ps1$/i.test(first.text) && !/\s/.test(first.text))
    return runFile(words, invocation, reading)
  const text = words.map((word) => word.text).join(' ')
  const unknown = words.find((word) => !word.known)
  if (unknown !== undefined) runFlow(unknown.flow ?? NO_FLOW, invocation, reading)
  return readPowerShell({ text, cwd: invocation.cwd, input: invocation.input }, reading)
}

function runEncoded(word: Expanded | undefined, invocation: Invocation, reading: Reading): Flow {
  const text = word?.known === true && word.text.length < 131_072 ? decodeBase64Utf16(word.text) : undefined
  if (text !== undefined) return readPowerShell({ text, cwd: invocation.cwd, input: invocation.input }, reading)
  runFlow({ ...(word?.flow ?? NO_FLOW), decodes: true }, invocation, reading)
  return NO_FLOW
}

function runFile(words: readonly Expanded[], invocation: Invocation, reading: Reading): Flow {
  const script = words[0]
  if (script === undefined || script.text === '-') return runInput(invocation, reading)
  usePlace(script, 'read', { reading, cwd: invocation.cwd })
  const run = (text: string): void => void readPowerShell({ text, cwd: invocation.cwd, input: invocation.input }, reading)
  if (runWritten(script, { invocation, reading, follow: { powershell: run, cmd: run } })) return NO_FLOW
  runProgram(invocation, script.known ? 'likely' : 'unknown', { reading, detail: `runs ${script.text.slice(0, 120)}`, words: [script] })
  return NO_FLOW
}

function runInput(invocation: Invocation, reading: Reading): Flow {
  const { input } = invocation
  if (input?.text !== undefined) return readPowerShell({ text: input.text, cwd: invocation.cwd }, reading)
  if (input === undefined || invocation.inputFile !== undefined)
    runProgram(invocation, 'unknown', { reading, detail: input === undefined ? 'opens a shell' : `runs ${invocation.inputFile}` })
  else runFlow(input, invocation, reading)
  return NO_FLOW
}

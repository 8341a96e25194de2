import { registryKey } from '../windows/registry.ts'
import { usePlace } from '../windows/use-place.ts'
import { type Followers, keepWritten, runWritten } from '../windows/written-script.ts'
import { installPackage } from '../shell/package-commands.ts'
import { readCmd } from '../cmd/walk.ts'
import type { Expanded } from '../shell/expanded.ts'
import { withoutLast } from '../place/segments.ts'
import { act, copyContent, runProgram, useAddress } from '../shell/reading.ts'
import type { Bound } from './bind.ts'
import type { CmdletRole, CmdletRow } from './cmdlet-table.ts'
import { runValue } from './members.ts'
import { contentOf, flowOf, itemsOf, known, list, NOTHING, outside, type Run, unknown, type Value, wordOf } from './value.ts'

export interface CmdletCall {
  /** Lower-case name. */
  readonly name: string
  readonly bound: Bound
  /** What the pipeline hands in. */
  readonly input: Value | undefined
  readonly run: Run
}

/** Does what the table says the command does with each of its parameters; answers what it gives out. */
export function readCmdlet(row: CmdletRow, call: CmdletCall): Value {
  const { bound, input, run } = call
  let result: Value | undefined
  for (const [name, value] of bound.values) {
    const role = row.parameters.get(name) ?? 'ignore'
    result = useEach(role, placed(name, value, call), call) ?? result
  }
  for (const value of bound.rest) result = useEach(row.parameters.get(row.positional.at(-1) ?? '') ?? 'ignore', value, call) ?? result
  if (input !== undefined && row.input !== 'ignore' && !row.positional.slice(0, 1).some((name) => bound.values.has(name)))
    result = useEach(row.input, input, call) ?? result
  if (row.does !== undefined) doIt(row, call)
  if (HANDS_ON.test(call.name) && input !== undefined) return input
  return result ?? passedOn(row, call, run)
}

/** A key of the registry with the value's name; a folder with the name of what is made in it. */
function placed(parameter: string, value: Value, call: CmdletCall): Value {
  const named = call.bound.values.get('name')
  if (parameter !== 'path' && parameter !== 'literalpath') return value
  if (named === undefined || (registryKey(value.text) === undefined && !call.name.startsWith('new-item'))) return value
  return { ...value, text: `${value.text}\\${named.text}`, known: value.known && named.known }
}

function useEach(role: CmdletRole, value: Value, call: CmdletCall): Value | undefined {
  let result: Value | undefined
  const block = role === 'block' || role === 'code'
  for (const item of block ? [value] : itemsOf(value).slice(0, 64)) result = useOne(role, item, call) ?? result
  return result
}

function useOne(role: CmdletRole, value: Value, call: CmdletCall): Value | undefined {
  const { run, name } = call
  const word = wordOf(value)
  const from = { reading: run.reading, cwd: run.cwd }
  switch (role) {
    case 'read':
      usePlace(word, 'read', from)
      return showsFiles(name) ? { ...value, files: true } : outside([])
    case 'write':
    case 'delete':
      usePlace(word, role, from)
      if (name === 'move-item' && role === 'delete') usePlace(word, 'read', from)
      if (role === 'write') keepOne(word, call)
      return undefined
    case 'address':
      return useUrl(value, call)
    case 'host':
      useAddress(word, { reading: run.reading, scheme: 'tcp', detail: `${name} talks to it` })
      return undefined
    case 'recipient':
      act(
        { class: 'message.send', target: value.text, certainty: value.known ? 'certain' : 'unknown', kind: 'recipient', words: [word] },
        run.reading,
      )
      return undefined
    case 'code':
    case 'block':
      return runValue(value, { ...run, input: call.input ?? run.input })
    case 'script':
      usePlace(word, 'read', from)
      if (runWritten(word, { invocation: invocationOf([known(name), value], run), reading: run.reading, follow: followers(run) }))
        return undefined
      runProgram(invocationOf([known(name), value], run), value.known ? 'likely' : 'unknown', {
        reading: run.reading,
        detail: `runs ${value.text.slice(0, 120)}`,
        words: [word],
      })
      return undefined
    case 'package':
      installPackage(word, invocationOf([known(name)], run), run.reading)
      return undefined
    case 'program':
      return startProgram(value, call)
    case 'listen':
      act({ class: 'net.listen', target: value.text, certainty: 'certain', kind: 'name', words: [word] }, run.reading)
      return undefined
    case 'sql':
      act({ class: 'data.mutate', target: 'database', certainty: 'inferred', kind: 'name', words: [word] }, run.reading)
      return undefined
    case 'arguments':
    case 'ignore':
      return undefined
  }
}

/** Commands that only show, sort or choose what they are given. */
const HANDS_ON =
  /^(?:select-object|sort-object|where-object|get-unique|out-string|tee-object|group-object|select-string|convertto-\w+|convertfrom-\w+|measure-object)$/

/** What goes into the file: a text, what the pipeline hands in, or another file. */
function keepOne(file: Expanded, { name, bound, input, run }: CmdletCall): void {
  const from = { reading: run.reading, cwd: run.cwd }
  const source = bound.values.get('path') ?? bound.values.get('literalpath')
  if (/^(?:copy|move)-item$/.test(name) && source !== undefined) return copyContent(wordOf(source), file, from)
  if (!/^(?:set-content|add-content|out-file|tee-object|new-item)$/.test(name)) return
  keepWritten(file, contentOf(bound.values.get('value') ?? bound.values.get('inputobject') ?? input), {
    ...from,
    append: name === 'add-content' || bound.switches.has('append'),
  })
}

function showsFiles(name: string): boolean {
  return /^(?:get-(?:childitem|item)|resolve-path|convert-path|new-item)$/.test(name)
}

function useUrl(value: Value, call: CmdletCall): Value {
  const { run, name, bound } = call
  const method = bound.values.get('method')?.text ?? bound.values.get('custommethod')?.text ?? 'GET'
  const sends = ['body', 'infile', 'form'].some((key) => bound.values.has(key)) || !/^(?:get|head|options|default)$/i.test(method)
  useAddress(wordOf(value), {
    reading: run.reading,
    scheme: 'http',
    detail: sends ? `${name} sends data` : `${name} fetches`,
    retrieval: !sends,
  })
  const file = bound.values.get('outfile') ?? bound.values.get('destination')
  if (file !== undefined) keepWritten(wordOf(file), flowOf(outside([value.text])), { reading: run.reading, cwd: run.cwd })
  return outside([value.text])
}

/** What follows scripts that a script starts. */
export function followers(run: Run): Followers {
  return {
    powershell: (text) => void run.script(text, run),
    cmd: (text) => void readCmd({ text, cwd: run.cwd }, run.reading),
  }
}

export function invocationOf(values: readonly Value[], run: Run): Parameters<typeof runProgram>[0] {
  const input = run.input === undefined ? undefined : { ...flowOf(run.input), ...(run.input.known ? { text: run.input.text } : {}) }
  return { words: values.map(wordOf), input, inputFile: undefined, cwd: run.cwd }
}

function startProgram(program: Value, call: CmdletCall): Value | undefined {
  const { run, bound } = call
  const args = itemsOf(bound.values.get('argumentlist') ?? bound.values.get('argument'))
  if (/^runas$/i.test(bound.values.get('verb')?.text ?? ''))
    act(
      { class: 'process.exec', target: 'runas', certainty: 'likely', kind: 'command', words: [], detail: 'with administrator rights' },
      run.reading,
    )
  const words = args.flatMap((argument) =>
    argument.known ? (argument.text.match(/"[^"]*"|\S+/g)?.map((text) => known(text.replace(/^"(.*)"$/, '$1'))) ?? []) : [argument],
  )
  if (program.known && args.every((argument) => argument.known))
    return run.script(`& ${quoted(program.text)} ${args.map((argument) => argument.text).join(' ')}`, run)
  run.reading.run(invocationOf([program, ...words], run))
  return undefined
}

function quoted(text: string): string {
  return /^[\w.:\\/-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`
}

function doIt(row: CmdletRow, call: CmdletCall): void {
  const { bound, run, name } = call
  if (row.does === undefined) return
  const target =
    row.positional.map((key) => bound.values.get(key)).find((value) => value !== undefined) ?? [...bound.values.values()][0] ?? call.input
  // A machine that is not named is the one it runs on: what somebody has to have asked for is the command itself.
  const words = target === undefined ? (row.does.class === 'device.actuate' ? [wordOf(known(name))] : []) : [wordOf(target)]
  const text = [name, ...(target === undefined ? [] : [target.text])].join(' ').slice(0, 120)
  const aimed = row.does.class === 'identity.grant' || row.does.class === 'message.send'
  act(
    {
      class: row.does.class,
      target: aimed ? (target?.text ?? name) : text,
      certainty: row.does.class === 'process.exec' ? 'unknown' : 'likely',
      kind: aimed ? 'recipient' : 'name',
      words,
      detail: row.does.detail,
    },
    run.reading,
  )
}

/** What a command gives out that uses nothing. */
function passedOn(row: CmdletRow, call: CmdletCall, run: Run): Value {
  const { name, bound } = call
  if (name === 'write-output') return list([...bound.values.values(), ...bound.rest])
  if (name === 'get-location') return run.cwd === undefined ? unknown('$PWD') : known(run.cwd)
  if (name === 'join-path' || name === 'split-path') return joinedPath(call)
  if (/^get-(?:command|alias)$/.test(name)) return named(call)
  if (row.does?.class === 'secret.read' || name.startsWith('get-')) return unknown(name)
  return NOTHING
}

function joinedPath(call: CmdletCall): Value {
  const parts = [...call.bound.values.values(), ...call.bound.rest].flatMap(itemsOf)
  if (call.name === 'split-path') {
    const text = parts[0]?.text ?? ''
    return parts[0]?.known === true ? known(text.replace(/[\\/][^\\/]*$/, '')) : unknown(text)
  }
  const text = parts.map((part) => withoutLast(part.text, '\\/')).join('\\')
  return parts.every((part) => part.known) ? known(text) : unknown(text)
}

/** `& (Get-Command Invoke-Expression)`: the command of that name, when it is named in full. */
function named(call: CmdletCall): Value {
  const value = [...call.bound.values.values()].flatMap(itemsOf)[0]
  return value?.known === true && !/[*?[]/.test(value.text) ? value : unknown(value?.text ?? call.name)
}

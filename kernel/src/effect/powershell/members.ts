import { decodeBase64, decodeBase64Utf16, decodeHex } from '../../event/encoding.ts'
import { environmentValue } from '../windows/environment.ts'
import { usePlace } from '../windows/use-place.ts'
import { keepWritten } from '../windows/written-script.ts'
import { type Flow, NO_FLOW } from '../shell/expanded.ts'
import { act, runFlow, useAddress } from '../shell/reading.ts'
import { type ArgumentRole, COMPUTES, DECODES, LOADS_CODE, rolesOf } from './dotnet-table.ts'
import { formatted, joined } from './operators.ts'
import {
  contentOf,
  flowOf,
  itemsOf,
  ITEM_LIMIT,
  known,
  list,
  NOTHING,
  numberOf,
  outside,
  type Run,
  unknown,
  type Value,
  wordOf,
} from './value.ts'
import { parseAddress } from '../place/address.ts'

/** Type of code that has been followed where it was made. */
const FOLLOWED = 'followed'

export interface MethodCall {
  readonly target: Value
  readonly name: Value
  readonly args: readonly Value[]
  readonly run: Run
}

/** A property: of files, another name of theirs; of what was fetched, part of it. */
export function propertyOf(target: Value, name: Value): Value {
  const key = name.text.toLowerCase()
  const held = target.table?.get(key)
  if (held !== undefined) return held
  if (target.files === true && /^(?:fullname|path|pspath|name|literalpath|providerpath)$/.test(key)) return target
  if (target.type?.startsWith('text.encoding') === true) return { ...target, type: `text.encoding.${key}` }
  if (key === 'length' || key === 'count') return { ...unknown('0'), type: 'int32' }
  if (key === 'value' || key === 'content' || key === 'path' || key === 'source' || key === 'definition')
    return target.known ? target : unknown(target.text, target)
  const type = target.type === undefined ? {} : { type: `${target.type}.${key}` }
  return { ...unknown(`${target.text}.${name.text}`, target), ...type, ...(target.made === undefined ? {} : { made: target.made }) }
}

/** A method: computes where that can be done, else does what the table says. */
export function callMethod(call: MethodCall): Value {
  const { target, args, run } = call
  const name = call.name.text.toLowerCase()
  if (target.block !== undefined) return runBlock(target, args, run)
  if (target.type === FOLLOWED) return target
  if (!call.name.known) return opaque(call, 'which member is called is decided only when it runs')
  const computed = compute(target, name, args)
  if (computed !== undefined) return computed
  const type = target.type
  if (name === 'new' && type !== undefined) return makeObject(type, args, run)
  const roles = rolesOf(type, name)
  if (roles !== undefined) return perform(roles, call)
  if (target.flow !== undefined && name.startsWith('invoke')) return runValue(target, run)
  const full = `${type ?? ''}::${name}`
  if (DECODES.test(full)) return decoding(args)
  if (type !== undefined && LOADS_CODE.test(type))
    return opaque(call, `[${type}]::${call.name.text} loads or reaches code that is not in the script`)
  if (/^invoke(?:returnasis|command|member)?$/.test(name) && type !== undefined && !COMPUTES.test(type))
    return opaque(call, `calls ${target.text.slice(0, 80)}`)
  if (type !== undefined && !COMPUTES.test(type) && target.text.startsWith('[')) return opaque(call, `[${type}]::${call.name.text}`)
  return unknown(`${target.text}.${call.name.text}()`, target, ...args)
}

function opaque(call: MethodCall, detail: string): Value {
  const { run, args, target } = call
  act({ class: 'process.exec', target: 'powershell', certainty: 'unknown', kind: 'command', words: [], detail }, run.reading)
  return unknown(`${target.text}.${call.name.text}()`, target, ...args)
}

/** An object as `New-Object` and `[Type]::new` make it. */
export function makeObject(spelled: string, args: readonly Value[], run: Run): Value {
  const type = spelled.toLowerCase().replace(/^system\./, '')
  const target: Value = { ...unknown(type, ...args), type, made: args }
  if (DECODES.test(`${type}::new`)) return { ...decoding(args), type }
  const roles = rolesOf(type, 'new')
  if (roles !== undefined && !(type === 'io.filestream' && /write|append|create/i.test(args[1]?.text ?? '')))
    return { ...perform(roles, { target, name: known('new'), args: args.flatMap(itemsOf), run }), type }
  if (type === 'io.filestream' && args[0] !== undefined) usePlace(wordOf(args[0]), 'write', run)
  return target
}

function runBlock(target: Value, args: readonly Value[], run: Run): Value {
  const block = target.block
  if (block === undefined || run.depth > 24) return NOTHING
  const inner: Run = { ...run, depth: run.depth + 1 }
  for (const [index, name] of block.parameters.entries()) inner.variables.set(name, args[index] ?? unknown(`$${name}`))
  inner.variables.set('args', list(args))
  return run.follow(block.body, inner)
}

/** Text is run as a script: read on when it is known. */
export function runValue(value: Value, run: Run): Value {
  if (value.block !== undefined) return runBlock(value, [], run)
  if (value.flow?.text !== undefined) return run.script(value.flow.text, run)
  if (!value.known)
    runFlow(flowOf(value), { words: [known('Invoke-Expression')], input: undefined, inputFile: undefined, cwd: run.cwd }, run.reading)
  return run.script(value.text, run)
}

function decoding(args: readonly Value[]): Value {
  const first = args[0]
  const flow: Flow = { addresses: args.flatMap((argument) => argument.flow?.addresses ?? []), decodes: true }
  if (first?.known === true && first.items === undefined) return { ...known(first.text), type: 'bytes', flow }
  return { ...unknown('', first), flow, type: 'bytes' }
}

/** Text of encoded bytes, or of a list of numbers. */
function decoded(encoding: string, value: Value | undefined): Value {
  const codes = value?.items?.map(numberOf)
  if (codes?.every((code) => code !== undefined) === true) return known(String.fromCharCode(...(codes as number[])))
  if (value?.type === 'bytes' && value.known) {
    const wide = encoding.includes('unicode')
    const text = wide ? decodeBase64Utf16(value.text) : (decodeBase64(value.text) ?? decodeHex(value.text))
    if (text !== undefined) return known(text)
  }
  return { ...unknown(value?.text ?? '', value), flow: { ...(value?.flow ?? NO_FLOW), decodes: true } }
}

/** Methods of texts that can be worked out. */
function compute(target: Value, name: string, args: readonly Value[]): Value | undefined {
  const [first, second] = args
  const type = target.type ?? ''
  if (name === 'getstring' && type.startsWith('text.')) return decoded(type, first)
  if (type === 'convert' && name.startsWith('to') && first !== undefined) return fromBase(name, first, second)
  if (type === 'string' && name === 'join') return joined(itemsOf(second), first ?? known(''))
  if (type === 'string' && name === 'concat') return joined(args.flatMap(itemsOf), known(''))
  if (type === 'string' && name === 'format' && first !== undefined) return formatted(first, args.slice(1).flatMap(itemsOf))
  if (!target.known || target.items !== undefined || target.text.startsWith('[')) return name === 'tostring' ? target : undefined
  switch (name) {
    case 'replace':
      return first?.known === true && second?.known === true && first.text !== ''
        ? known(target.text.replaceAll(first.text, () => second.text))
        : unknown(target.text, target)
    case 'substring':
      return substring(target.text, numberOf(first), numberOf(second))
    case 'trim':
      return args.length === 0 ? known(target.text.trim()) : unknown(target.text)
    case 'tolower':
    case 'tolowerinvariant':
      return known(target.text.toLowerCase())
    case 'toupper':
    case 'toupperinvariant':
      return known(target.text.toUpperCase())
    case 'tostring':
    case 'normalize':
    case 'gettype':
      return target
    case 'tochararray':
      return list([...target.text].slice(0, ITEM_LIMIT + 1).map(known))
    case 'split':
      return first?.known === true && first.text !== ''
        ? list(
            target.text
              .split(first.text)
              .slice(0, ITEM_LIMIT + 1)
              .map(known),
          )
        : undefined
    case 'insert':
      return second?.known === true
        ? known(target.text.slice(0, numberOf(first) ?? 0) + second.text + target.text.slice(numberOf(first) ?? 0))
        : undefined
    case 'remove':
      return known(
        target.text.slice(0, numberOf(first) ?? 0) +
          (numberOf(second) === undefined ? '' : target.text.slice((numberOf(first) ?? 0) + (numberOf(second) ?? 0))),
      )
    default:
      return undefined
  }
}

function substring(text: string, start: number | undefined, length: number | undefined): Value {
  if (start === undefined || start < 0) return unknown(text)
  return known(text.slice(start, length === undefined ? undefined : start + length))
}

/** `[Convert]::ToInt32('69', 16)`, `ToChar(105)`. */
function fromBase(name: string, value: Value, base: Value | undefined): Value | undefined {
  const code = base === undefined ? numberOf(value) : Number.parseInt(value.text, numberOf(base) ?? 10)
  if (name === 'tobase64string' || code === undefined || Number.isNaN(code) || !value.known) return unknown(value.text, value)
  return name === 'tochar' ? known(String.fromCharCode(code & 0xffff)) : { ...known(String(code)), type: 'int32' }
}

function perform(roles: readonly ArgumentRole[], call: MethodCall): Value {
  const { args, target, name } = call
  let result: Value = { ...unknown(`${target.text}.${name.text}()`, ...args), type: target.type ?? '' }
  for (const [index, role] of roles.entries()) {
    const value = args[index]
    if (value !== undefined) result = performOne(role, value, call) ?? result
  }
  return result
}

function performOne(role: ArgumentRole, value: Value, call: MethodCall): Value | undefined {
  const { run, name } = call
  const word = wordOf(value)
  switch (role) {
    case 'read':
    case 'write':
    case 'delete':
      usePlace(word, role, { reading: run.reading, cwd: run.cwd })
      if (role === 'write') noteWritten(value, call)
      return role === 'read' ? outside([]) : undefined
    case 'fetch':
      useAddress(word, { reading: run.reading, detail: `${name.text} fetches`, retrieval: true })
      return outside([value.text])
    case 'send':
      useAddress(word, { reading: run.reading, detail: `${name.text} sends data` })
      return undefined
    case 'host':
      useAddress(word, {
        reading: run.reading,
        scheme: parseAddress(value.text) === undefined ? 'tcp' : 'https',
        detail: `${name.text} talks to it`,
      })
      return undefined
    case 'code':
      // Code made from text is taken to run: nobody makes it for another reason.
      runValue(value, run)
      return { ...NOTHING, type: FOLLOWED }
    case 'shell':
      return roleBefore(call) === 'program' ? undefined : runLine(call.args.slice(0, 1), run)
    case 'program':
      return runLine(call.args.slice(0, 2), run)
    case 'variable':
      return environmentValue(value.text, `$env:${value.text}`, run.reading)
    case 'registry':
      usePlace(word, 'write', { reading: run.reading, cwd: run.cwd })
      return undefined
    case 'ignore':
      return undefined
  }
}

/** `DownloadFile(address, file)`, `WriteAllText(file, text)`. */
function noteWritten(file: Value, call: MethodCall): void {
  const { run, args } = call
  const fetched = roleBefore(call) === 'fetch'
  const content = fetched ? flowOf(outside([args[0]?.text ?? ''])) : contentOf(args[1])
  keepWritten(wordOf(file), content, { reading: run.reading, cwd: run.cwd, append: /^append/i.test(call.name.text) })
}

function roleBefore(call: MethodCall): ArgumentRole | undefined {
  return rolesOf(call.target.type, call.name.text.toLowerCase())?.[0]
}

/** A command line handed to the system. */
function runLine(words: readonly Value[], run: Run): Value {
  const line = words.map((word) => word.text).join(' ')
  return words.every((word) => word.known) ? run.script(`& ${line}`, run) : runValue(unknown(`& ${line}`, ...words), run)
}

/** What a function called with these values does to files, machines and programs. */
import { parseAddress } from '../place/address.ts'
import type { FileAccess } from '../place/place-effects.ts'
import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import { act as tell, keepContent, type Reading, runFlow, runProgram, useAddress, useFile } from '../shell/reading.ts'
import { type Deed, deedOf } from './call-table.ts'
import type { Call } from './reader.ts'
import { type CodeValue, joinedPath, knownText, secretIn, UNKNOWN } from './value.ts'

export interface Doing {
  readonly language: string
  readonly invocation: Invocation
  readonly reading: Reading
  /** The code could reach another machine by something that is not known here. */
  readonly reaches: () => boolean
  /** Addresses that the code has fetched something from so far. */
  readonly fetched: string[]
  /** Reads text of the same language. */
  readonly code: (text: string) => void
}

const URL = /^[a-z][a-z0-9+.-]{1,10}:\/\//i

/** Answers the value of the call, as far as something follows from it. */
export function doCall(call: Call, doing: Doing): CodeValue {
  const deed = deedOf(doing.language, call.name)
  if (deed !== undefined && (OUTWARD.has(deed) || TELLS.test(call.name)))
    reveal(deed === 'shell' ? call.args.slice(0, 1) : call.args, doing)
  // A function that runs text is handed on, to be called with what comes: `….then(eval)`.
  if (
    call.args.some(
      ({ name, text, result }) => text === undefined && name !== undefined && result !== true && deedOf(doing.language, name) === 'code',
    )
  )
    evaluated({ ...call, args: [{ known: false, ...(call.on === undefined ? {} : { on: call.on }) }] }, doing)
  handedOver(call, doing)
  keepFetched(call, doing)
  const done: CodeValue = { known: false, name: call.name, result: true, ...(call.on === undefined ? {} : { on: call.on }) }
  switch (deed) {
    case undefined:
      mentioned(call, doing)
      return done
    case 'quiet':
      if (
        call.on?.text === undefined &&
        call.name.includes('.') &&
        call.args.some(({ text }) => text !== undefined && URL.test(text)) &&
        call.name.endsWith('.get')
      )
        mentioned(call, doing)
      return call.on === undefined ? UNKNOWN : { known: false, on: call.on }
    case 'load': {
      const module = knownText(call.args[0])
      if (module !== undefined && /^https?:/i.test(module)) runFetched([module], doing)
      return module === undefined ? done : { known: false, name: module.replace(/^node:/, '').replace(/^fs\/promises$/, 'fs') }
    }
    case 'environment':
      return UNKNOWN
    default:
      act(deed, call, doing)
      if (deed === 'read' && INCLUDES.test(call.name)) runFetched(fetchedBy(call.args[0]), doing)
      if (deed === 'open') return { ...done, ...(call.args[0] === undefined ? {} : { on: call.args[0] }) }
      if (deed === 'read' || deed === 'list') return { ...done, ...entries(call) }
      return { ...done, ...(deed === 'fetch' ? { on: { ...UNKNOWN, ...call.args[0] } } : {}) }
  }
}

/** What these read is run. */
const INCLUDES = /^(?:source|sys\.source|include|evalfile|dofile|require_once|include_once)$/

/** Code from there runs. */
function runFetched(addresses: readonly string[], { invocation, reading }: Doing): void {
  const [address] = addresses
  if (address === undefined) return
  useAddress({ text: address, known: true, glob: false }, { reading, detail: 'fetches what it runs', retrieval: true })
  runFlow({ addresses: [address], decodes: false }, invocation, reading)
}

/** `map(os.remove, files)`, `array_map('unlink', $files)`, `files.forEach(fs.unlinkSync)`: the function is called with every one. */
function handedOver(call: Call, doing: Doing): void {
  for (const one of call.args.slice(0, 4)) {
    const name = one.text === undefined ? (one.result === true ? undefined : one.name) : HANDS_OVER.test(call.name) ? one.text : undefined
    const deed = name === undefined ? undefined : deedOf(doing.language, name)
    if (name === undefined || (deed !== 'delete' && deed !== 'shell')) continue
    const given = [...call.args.filter((other) => other !== one), ...(call.on === undefined ? [] : [call.on])]
    for (const value of given.flatMap(({ items, ...rest }) => items ?? [rest]).slice(0, 16))
      act(deed, { name, args: [value], on: undefined }, doing)
  }
}

const HANDS_OVER = /^(?:array_map|array_walk|array_filter|call_user_func(?:_array)?|usort)$/

/** `open(file).write(fetched)`, `urlretrieve(address, file)`: what was fetched lies in the file. */
function keepFetched({ name, args, on }: Call, { reading, invocation }: Doing): void {
  const saves = /(?:^|[.:])(?:urlretrieve|download\.file|wget\.download|URLDownloadToFile|download)$/.test(name)
  const writes = /(?:^|\.)(?:write|writelines|write_text|write_bytes|writeFileSync|writeFile|file_put_contents|binwrite)$/.test(name)
  if (!saves && !writes) return
  const file = saves ? args[1] : on?.text === undefined && on?.on?.text === undefined ? args[0] : on.text === undefined ? on.on : on
  const path = knownText(file)
  const content = saves ? args[0] : args.find((value) => value !== file)
  const addresses = fetchedBy(content)
  if (path === undefined || addresses.length === 0 || URL.test(path)) return
  const word = { text: path, known: true, glob: false }
  const place = { reading, cwd: invocation.cwd }
  useFile(word, 'write', place)
  keepContent(word, { addresses, decodes: false }, place)
}

/** Deeds that carry what they are given out of the program, and functions that show or write it. */
const OUTWARD: ReadonlySet<Deed> = new Set<Deed>(['shell', 'fetch', 'send', 'host', 'write'])
const TELLS = /^(?:print|p|pp|puts|say|echo|printf|print_r|var_dump|console\.\w+|.*\.(?:write|writelines|info|debug|warning|error|end))$/

/** A secret of the environment comes to light. */
function reveal(values: readonly CodeValue[], { reading }: Doing): void {
  const secret = secretIn(values)
  if (secret === undefined) return
  const detail = secret === 'environment' ? 'shows every environment variable' : 'an environment variable'
  tell({ class: 'secret.read', target: secret, certainty: 'inferred', kind: 'name', words: [], detail }, reading)
}

function act(deed: Deed, call: Call, doing: Doing): void {
  const { args } = call
  const target = call.on?.text === undefined || !call.name.startsWith('.') ? args[0] : call.on
  switch (deed) {
    case 'shell':
      return shell(call, doing)
    case 'program':
      return program(args, doing)
    case 'open':
      return opened(call, target, doing)
    case 'read':
    case 'list':
      return used(target, 'read', doing)
    case 'write':
      used(target, 'write', doing)
      return kept(target, args, doing)
    case 'delete':
      for (const one of args.length > 1 && target === args[0] ? args : [target]) used(one, 'delete', doing)
      return
    case 'move':
      used(args[0], 'read', doing)
      used(args[0], 'delete', doing)
      return used(args[1], 'write', doing)
    case 'copy':
    case 'link':
      used(args[0], 'read', doing)
      return used(args[1], 'write', doing)
    case 'fetch':
    case 'send':
      return addressed(deed === 'fetch' ? args.slice(0, 1) : args, deed === 'fetch' && args.length === 1, doing)
    case 'host':
      return hosted(args, doing)
    case 'code':
      return evaluated(call, doing)
    default:
      return undefined
  }
}

/** Functions that list a folder: whole paths, or names within it. */
const LISTS_PATHS = /(?:^|\.)(?:iterdir|glob|rglob|iglob|scandir)$|^Dir\.glob$/
const LISTS_NAMES = /(?:^|\.)(?:listdir|readdirSync|readdir)$|^Dir\.(?:children|entries|each_child)$/

/** What a listing of a folder holds: anything. */
function entries({ name, on, args }: Call): { readonly items?: readonly CodeValue[] } {
  if (LISTS_NAMES.test(name)) return { items: [{ text: '*', known: true }] }
  if (!LISTS_PATHS.test(name)) return {}
  const [folder, pattern] = on?.text === undefined ? [args[0], undefined] : [on, args[0]]
  if (folder?.text === undefined) return {}
  const asked = knownText(pattern) ?? (/scandir|iterdir/.test(name) || on?.text !== undefined ? '*' : undefined)
  return { items: [asked === undefined ? folder : { ...joinedPath([folder, { text: asked, known: true }]), name: 'path' }] }
}

/** A text for a shell, or a list of words that are run as they are. */
function shell(call: Call, doing: Doing): void {
  const { invocation, reading } = doing
  const [first, ...rest] = call.args
  if (first === undefined) return
  if (first.items !== undefined) return program([first.items[0] ?? UNKNOWN, { known: first.known, items: first.items.slice(1) }], doing)
  const words = rest.filter((value) => value.text !== undefined && value.items === undefined)
  // Perl, Ruby and PHP run several texts as one command; elsewhere what follows are settings.
  if (words.length > 0 && /^(perl|ruby)$/.test(doing.language)) return program([first, { known: true, items: words }], doing)
  runShellText(first, { invocation, reading })
  if (first.text === undefined) runFetched(fetchedBy(first), doing)
}

/** What is known of the text is followed; what is not is told. */
export function runShellText(value: CodeValue, from: { readonly invocation: Invocation; readonly reading: Reading }): Flow {
  const { invocation, reading } = from
  if (value.text === undefined || !value.known) {
    if (value.decoded === true) runFlow({ ...NO_FLOW, decodes: true }, invocation, reading)
    else runProgram(invocation, 'unknown', { reading, detail: 'what it hands to a shell is decided when it runs' })
  }
  return value.text !== undefined && value.text.trim() !== '' ? reading.nested(value.text, invocation) : NO_FLOW
}

function program(args: readonly CodeValue[], doing: Doing): void {
  const { invocation, reading } = doing
  const [first, second] = args
  const rest = second?.items ?? args.slice(1)
  for (const value of [first, ...rest]) if (value !== undefined && value.text === undefined) runFetched(fetchedBy(value), doing)
  const words = [first, ...rest].flatMap((value) => (value?.text === undefined ? [] : [wordOf(value)]))
  if (words.length === 0 || first?.text === undefined)
    return runProgram(invocation, 'unknown', { reading, detail: 'which program it starts is decided when it runs' })
  reading.run({ ...invocation, words, input: undefined, inputFile: undefined })
}

function wordOf(value: CodeValue): Expanded {
  return { text: value.text ?? '', known: value.known, glob: false }
}

/** Opened for reading unless a mode says otherwise. In Perl a program may stand in place of a file. */
function opened(call: Call, target: CodeValue | undefined, doing: Doing): void {
  const texts = call.args.map(knownText)
  const modes = texts.filter((text) => text !== undefined && /^(?:[rwaxbtU+]{1,4}|\+?[<>]{1,2}(?::\S*)?|\|-|-\|)$/.test(text))
  if (doing.language === 'perl') return openedInPerl(call, doing)
  const writes = modes.some((mode) => /[wax+]/.test(mode ?? ''))
  used(target, writes ? 'write' : 'read', doing)
}

function openedInPerl(call: Call, doing: Doing): void {
  const texts = call.args.map(knownText)
  const mode = texts.find((text) => text !== undefined && /^\+?[<>|-]{1,2}(?::\S*)?$/.test(text))
  if (mode?.includes('|') === true) {
    const command = call.args.slice(texts.indexOf(mode) + 1)
    if (command.length !== 1) return program(command, doing)
    runShellText(command[0] ?? UNKNOWN, doing)
    return
  }
  const piped = texts.find((text) => text !== undefined && (/^\s*\|\s*\S/.test(text) || /\S\s*\|\s*$/.test(text)))
  if (piped !== undefined) {
    runShellText({ text: piped.replace(/^\s*\||\|\s*$/g, ''), known: true }, doing)
    return
  }
  const file = call.args.at(-1)
  const written = mode?.includes('>') === true || /^\s*>/.test(file?.text ?? '')
  used(
    file === undefined ? undefined : { ...file, text: (file.text ?? '').replace(/^\s*\+?[<>]{1,2}\s*/, '') },
    written ? 'write' : 'read',
    doing,
  )
}

/** A file by its path; an address where the library takes either. */
function used(value: CodeValue | undefined, access: FileAccess, doing: Doing): void {
  const { reading, invocation } = doing
  if (value?.items !== undefined) {
    for (const item of value.items.slice(0, 16)) used(item, access, doing)
    return
  }
  const text = value?.text
  if (value === undefined || text === undefined || text === '' || text.length > 4096) return
  if (URL.test(text) && !/^file:/i.test(text)) return addressed([value], access === 'read', doing)
  // Of a path that is not known in full, where it is written to cannot be told; what is read is told by the end of it.
  if (!value.known && access !== 'read') return
  useFile({ text, known: value.known, glob: /[*?[]/.test(text) }, access, { reading, cwd: invocation.cwd, detail: 'named in code' })
}

/** What is written into a file whose path and text are known. */
function kept(file: CodeValue | undefined, args: readonly CodeValue[], { reading, invocation }: Doing): void {
  const text = knownText(args.find((value) => value !== file))
  const path = knownText(file)
  if (path === undefined || text === undefined) return
  keepContent({ text: path, known: true, glob: false }, { ...NO_FLOW, text }, { reading, cwd: invocation.cwd })
}

function addressed(values: readonly CodeValue[], retrieval: boolean, { reading, fetched }: Doing): void {
  for (const { text, known } of values) {
    if (text === undefined || !URL.test(text)) continue
    // Where the end of it is decided at run time, the machine may still be known.
    if (!known && !/^[a-z+.-]+:\/\/[^/]+\//i.test(text)) continue
    if (retrieval && known && fetched.length < 16) fetched.push(text)
    if (/^file:/i.test(text)) useFile({ text, known, glob: false }, 'read', { reading, cwd: undefined, detail: 'named in code' })
    else useAddress({ text, known: true, glob: false }, { reading, detail: 'contacted by code', retrieval })
  }
}

/** `connect(('host', 443))`, `connect(443, 'host')`. */
function hosted(args: readonly CodeValue[], doing: Doing): void {
  const flat = args.flatMap((value) => value.items ?? [value])
  const host = flat.map(knownText).find((text) => text !== undefined && (/^[\w-]+(\.[\w-]+)+$|^localhost$|:/.test(text) || URL.test(text)))
  const port = flat.map(knownText).find((text) => text !== undefined && /^\d{1,5}$/.test(text))
  if (host === undefined) return mentioned({ name: '', args, on: undefined }, doing)
  const text = URL.test(host) ? host : `tcp://${host}${port === undefined ? '' : `:${port}`}`
  useAddress({ text, known: true, glob: false }, { reading: doing.reading, detail: 'contacted by code' })
}

/** Text that is run as code of the same language. */
function evaluated(call: Call, doing: Doing): void {
  const { invocation, reading } = doing
  const value = call.args.find(({ text, items }) => text !== undefined && items === undefined) ?? call.args[0]
  const text = knownText(value)
  if (text !== undefined) return doing.code(text)
  const decodes = value?.decoded === true || isDecoded(value)
  const from = fetchedBy(value)
  // Where the text comes from cannot be told: most likely from what was fetched just before.
  const flow: Flow = { addresses: from.length > 0 || decodes ? from : doing.fetched.slice(-1), decodes }
  runFlow(flow, invocation, reading)
}

function isDecoded(value: CodeValue | undefined): boolean {
  for (let one = value, hops = 0; one !== undefined && hops < 8; one = one.on, hops += 1) if (one.decoded === true) return true
  return false
}

/** Where the text was fetched from, if a call behind it fetched something. */
function fetchedBy(value: CodeValue | undefined): readonly string[] {
  for (let one = value, hops = 0; one !== undefined && hops < 8; one = one.on, hops += 1) {
    const text = one.text
    if (text !== undefined && URL.test(text)) return [text]
  }
  return []
}

const PATH_LIKE = /^(?:~|\.{1,2})?\/[\w.@+-]|^\.[a-z][\w./-]*$|^[A-Za-z]:[\\/]|^~$/i
/** Folders at the root of a machine: other texts with a slash in front are more often the routes of a server. */
const ROOTED =
  /^\/(?:etc|home|root|usr|var|opt|tmp|srv|mnt|media|proc|sys|dev|run|boot|bin|lib|private|Users|Library|Applications|Volumes|System|workspace|workspaces|data|app)(?:\/|$)/

function isPathLike(text: string, home: string | undefined): boolean {
  if (!PATH_LIKE.test(text)) return false
  return (
    !text.startsWith('/') ||
    ROOTED.test(text) ||
    /\/\.[a-z]|id_(?:rsa|ed25519|ecdsa)|\.(?:pem|key|p12|pfx|kdbx)$/i.test(text) ||
    (home !== undefined && text.startsWith(home))
  )
}

/** A function nobody knows: a path handed to it may be opened, an address contacted. */
function mentioned(call: Call, doing: Doing): void {
  const { reading, invocation } = doing
  for (const { text, known } of [...call.args, ...call.args.flatMap(({ items }) => items ?? [])].slice(0, 16)) {
    if (text === undefined || text.length > 4096 || /\n/.test(text)) continue
    if (parseAddress(text) !== undefined && URL.test(text) && !/^file:/i.test(text)) {
      if (!known || !doing.reaches()) continue
      if (doing.fetched.length < 16) doing.fetched.push(text)
      useAddress({ text, known, glob: false }, { reading, detail: 'named in code' })
    } else if (isPathLike(text, reading.at.home))
      useFile({ text, known, glob: /[*?[]/.test(text) }, 'read', { reading, cwd: invocation.cwd, detail: 'named in code' })
  }
}

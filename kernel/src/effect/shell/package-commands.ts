import { isUsualSource } from '../edit/sources.ts'
import { parseAddress } from '../place/address.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { packageScripts } from './build-commands.ts'
import { COMMANDS, INTERPRETERS, SHELLS, WRAPPERS } from './command-table.ts'
import { runHandedOn } from './handed-on.ts'
import { act, keepFetched, type Reading, runFlow, runProgram, useAddress, useFile } from './reading.ts'

/** What the verbs of package managers do. */
interface Manager {
  readonly install: ReadonlySet<string>
  readonly publish: ReadonlySet<string>
  /** Runs a package that may first be fetched. */
  readonly fetchAndRun: ReadonlySet<string>
  /** Named packages only; without one, what the project lists is installed. */
  readonly bareInstallIsProject: boolean
}

const manager = (install: string, publish = '', fetchAndRun = ''): Manager => ({
  install: new Set(install.split(' ')),
  publish: new Set(publish.split(' ').filter(Boolean)),
  fetchAndRun: new Set(fetchAndRun.split(' ').filter(Boolean)),
  bareInstallIsProject: true,
})

const MANAGERS: ReadonlyMap<string, Manager> = new Map([
  ['npm', manager('install i add ci update', 'publish unpublish dist-tag deprecate owner access', 'exec x')],
  ['pnpm', manager('install i add update', 'publish', 'dlx exec')],
  ['yarn', manager('install add upgrade', 'publish', 'dlx exec')],
  ['bun', manager('install i add update', 'publish', 'x')],
  ['pip', manager('install download', '')],
  ['pip3', manager('install download', '')],
  ['pipx', manager('install inject upgrade', '', 'run')],
  ['uv', manager('add sync tool pip', 'publish')],
  ['poetry', manager('add install update', 'publish')],
  ['pdm', manager('add install', 'publish')],
  ['pipenv', manager('install', '')],
  ['conda', manager('install create', '')],
  ['mamba', manager('install create', '')],
  ['cargo', manager('install add', 'publish yank owner')],
  ['go', manager('install get', '')],
  ['gem', manager('install', 'push owner yank')],
  ['bundle', manager('install add', '')],
  ['composer', manager('install require', '')],
  ['helm', manager('install upgrade repo', 'push')],
  ['deno', manager('install add', 'publish')],
  ['dotnet', manager('add tool', 'nuget')],
])
const VALUED = new Set(
  '-C --prefix --registry -r --requirement -c --constraint -i --index-url --extra-index-url -t --target --tag -w --workspace --filter --features --manifest-path -p --package -e --editable -n --name --channel'.split(
    ' ',
  ),
)

const NODE_VALUED = new Set([...VALUED].filter((name) => !/^(-e|-i|-r|-n|-t)$/.test(name)).concat('--call'))

export function isPackageManager(name: string): boolean {
  return MANAGERS.has(name)
}

export function readPackageManager(invocation: Invocation, reading: Reading): Flow {
  const known = MANAGERS.get(commandName(invocation)) as Manager
  const node = /^(npm|npx|pnpm|yarn|bun)$/.test(commandName(invocation))
  const { options, operands } = parseOptions(invocation.words.slice(1), node ? NODE_VALUED : VALUED)
  const verb = operands[0]?.text ?? ''
  const named = operands.slice(1).filter((word) => !/^(\.{0,2}\/|\.$)/.test(word.text))
  packageScripts(verb, operands.slice(1), { invocation, reading })
  for (const { name, value } of options) {
    if (/^(--registry|-i|--index-url|--extra-index-url)$/.test(name) && value !== undefined)
      useAddress(value, { reading, detail: 'packages come from here', retrieval: true })
  }
  if (/^(config|set|c)$/.test(verb)) setting(operands.slice(1), { invocation, reading })
  if (verb === 'pkg' && operands[1]?.text === 'set')
    for (const word of operands.slice(2)) {
      const command = /^scripts[.[][^=]{1,80}=(.+)$/s.exec(word.text)?.[1]
      if (command !== undefined) reading.nested(command, { ...invocation, input: undefined })
    }
  if (verb === 'mod' && commandName(invocation) === 'go') replacedModules(invocation, reading)
  if (known.publish.has(verb))
    act(
      {
        class: 'code.publish',
        target: `${commandName(invocation)} ${named[0]?.text ?? '.'}`,
        certainty: 'certain',
        kind: 'name',
        words: named.slice(0, 1),
        detail: `${commandName(invocation)} ${verb}`,
      },
      reading,
    )
  else if (known.fetchAndRun.has(verb)) return runPackage(behind(verb, invocation), invocation, reading)
  else if (known.install.has(verb)) install(named, invocation, reading)
  else
    runProgram(invocation, 'likely', {
      reading,
      detail: [commandName(invocation), ...operands.slice(0, 2).map((word) => word.text)].join(' ').slice(0, 120),
    })
  return NO_FLOW
}

/** `go mod edit -replace old=new@v1`: what is built from now on is somebody else's. */
function replacedModules({ words }: Invocation, reading: Reading): void {
  for (const [index, word] of words.entries()) {
    const given = /^--?replace(?:=(.*))?$/.exec(word.text)
    const module = given === null ? undefined : (given[1] ?? words[index + 1]?.text ?? '').split('=').at(-1)?.split('@')[0]
    if (module === undefined || !module.includes('/') || /^\.{0,2}\//.test(module)) continue
    act(
      {
        class: 'code.install',
        target: `module:${module}`,
        certainty: 'certain',
        kind: 'address',
        words: [{ ...word, text: module }],
        detail: 'takes the place of another module',
      },
      reading,
    )
  }
}

/** `npm config set script-shell /tmp/x`: settings that decide what runs, or where packages come from. */
function setting(
  words: readonly Expanded[],
  { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading },
): void {
  const line = words.map(({ text }) => text).join(' ')
  const found = /\b(script-shell|shell|node-options|onload-script|git|editor|viewer|init-module|prefix)[ =]+(\S+)/.exec(line)
  const source = /\b(registry|proxy|https-proxy|index-url|extra-index-url)[ =]+(\S+)/.exec(line)
  if (found === null && source === null) return
  const file = commandName(invocation).startsWith('pip') ? '~/.config/pip/pip.conf' : '~/.npmrc'
  useFile({ text: file, known: true, glob: false }, 'write', { reading, cwd: invocation.cwd, detail: line.slice(0, 120) })
  if (source !== null) {
    const address = { text: source[2] as string, known: true, glob: false }
    // What is published goes there as well.
    useAddress(address, { reading, detail: 'packages come from here', retrieval: source[1] !== 'registry' })
    if (source[1]?.endsWith('proxy') !== true) comesFrom(address, reading)
  } else
    act(
      {
        class: 'code.install',
        target: `/${(found?.[2] ?? '').replace(/^\/+/, '')}`,
        certainty: 'likely',
        kind: 'path',
        words: words.slice(-1),
        detail: `persistence: ${line.slice(0, 120)}`,
      },
      reading,
    )
}

/** From now on packages are fetched from there: everybody's own registries aside, that is code of somebody's choice. */
function comesFrom(word: Expanded, reading: Reading): void {
  const address = parseAddress(word.text, 'https')
  if (address === undefined || isUsualSource(`${address.url}/`)) return
  act(
    {
      class: 'code.install',
      target: address.url,
      certainty: 'likely',
      kind: 'address',
      words: [word],
      detail: 'packages would come from there',
    },
    reading,
  )
}

function install(named: readonly Expanded[], invocation: Invocation, reading: Reading): void {
  if (named.length === 0) return runProgram(invocation, 'likely', { reading, detail: 'installs what the project lists' })
  for (const word of named.slice(0, 32)) installPackage(word, invocation, reading)
}

function behind(verb: string, { words }: Invocation): readonly Expanded[] {
  return words.slice(words.findIndex(({ text }, index) => index > 0 && text === verb) + 1)
}

const RUN_VALUED =
  /^(?:-p|--package|-w|--workspace|--registry|--from|--with|--python|--spec|--index-url|--cache|--prefix|-C|--dir|--filter)$/

/** `npx PACKAGE WORDS…`: what the package brings runs with the words behind it, and it may be no more than a name for a usual command. */
export function runPackage(words: readonly Expanded[], invocation: Invocation, reading: Reading): Flow {
  let at = 0
  let given = false
  for (; at < words.length; at += 1) {
    const { text } = words[at] as Expanded
    const [, option = '', inline] = /^(--?[\w-]+)(?:=([\s\S]*))?$/.exec(text) ?? []
    if (!text.startsWith('-')) break
    if (text === '--') {
      at += 1
      break
    }
    const value = inline === undefined ? words[at + 1] : { ...(words[at] as Expanded), text: inline }
    if (/^(?:-c|--call|--shell-mode)$/.test(option) && value !== undefined) reading.nested(value.text, { ...invocation, input: undefined })
    if (/^(?:-p|--package|--from|--with|--spec)$/.test(option) && value !== undefined) {
      runsFetched(value, invocation, reading)
      installPackage(value, invocation, reading)
      given = true
    }
    if (option === '--registry' || option === '--index-url')
      if (value !== undefined) useAddress(value, { reading, detail: 'packages come from here', retrieval: true })
    if (inline === undefined && (RUN_VALUED.test(option) || /^(?:-c|--call)$/.test(option))) at += 1
  }
  const [program, ...rest] = words.slice(at)
  if (program === undefined) {
    runProgram(invocation, 'likely', { reading, detail: commandName(invocation) })
    return NO_FLOW
  }
  // `yarn exec 'TEXT'`: no package has a name with blanks in it.
  if (/\s/.test(program.text)) return reading.nested(program.text, { ...invocation, input: undefined })
  if (!given) runsFetched(program, invocation, reading)
  if (!given) installPackage(program, invocation, reading)
  const name = { ...program, text: program.text.replace(/^@[^/]{1,80}\//, '').replace(/@[^@/]*$/, '') }
  if (isUsual(name.text)) return reading.run({ ...invocation, words: [name, ...rest] })
  runHandedOn(rest, invocation, reading)
  const [source, folder] = rest.filter(({ text }) => !text.startsWith('-'))
  if (COPIES.test(name.text) && source !== undefined)
    keepFetched(
      folder ?? { text: '.', known: true, glob: false },
      { ...source, text: source.text.replace(/^(?:gh|github|gitlab):/, '').replace(/#.*$/s, '') },
      { reading, cwd: invocation.cwd },
    )
  return NO_FLOW
}

/** Packages that put what they are told the address of into a folder. */
const COPIES = /^(?:degit|tiged|giget|gitpick)$/

/** A package that is named by an address and run right away is code from there. */
function runsFetched(word: Expanded, invocation: Invocation, reading: Reading): void {
  const short = /^(?:github|gitlab|bitbucket):([\w.-]{1,80}\/[\w.-]{1,80})/.exec(word.text)
  const host = short === null ? '' : word.text.slice(0, word.text.indexOf(':'))
  const address =
    short === null
      ? /^(?:git\+)?((?:https?|ssh|git):\/\/\S+)$/.exec(word.text)?.[1]
      : `https://${host}.${host === 'bitbucket' ? 'org' : 'com'}/${short[1]}`
  if (address !== undefined) runFlow({ addresses: [address], decodes: false }, invocation, reading)
}

/** Commands whose words are read the same whoever starts them. */
function isUsual(name: string): boolean {
  return COMMANDS.has(name) || SHELLS.has(name) || INTERPRETERS.has(name) || WRAPPERS.has(name)
}

/** One package by name, address or Git reference. */
export function installPackage(word: Expanded, invocation: Invocation, reading: Reading): void {
  const manager = commandName(invocation)
  const address = /^(git\+)?[a-z]+:\/\//.test(word.text)
  // Texts name it without what stands in front.
  const short = /^(?:github|gitlab|bitbucket|gist):([^#]+)/.exec(word.text)?.[1]
  act(
    {
      class: 'code.install',
      target: `${manager}:${word.text}`,
      certainty: word.known ? 'certain' : 'unknown',
      kind: address ? 'address' : 'name',
      words: [short === undefined ? word : { ...word, text: short }],
      detail: `installs ${word.text.slice(0, 120)}`,
    },
    reading,
  )
  if (address) useAddress({ ...word, text: word.text.replace(/^git\+/, '') }, { reading, detail: 'fetches a package', retrieval: true })
}

import type { Certainty, EffectClass } from '../effect.ts'
import { parseAddress } from '../place/address.ts'
import { machineCredentials } from '../place/machine-credentials.ts'
import { canonicalPath, isInside, type Surroundings } from '../place/path.ts'
import { withoutEndSlashes } from '../place/segments.ts'
import { effectsOfAddress, type FileAccess, fileEffects } from '../place/place-effects.ts'
import { type Spelling, type TargetKind, traced, type TracedEffect } from '../traced-effect.ts'
import type { Files } from '../written-files.ts'
import type { Expanded, Flow } from './expanded.ts'
import type { Invocation } from './invocation.ts'

/** Text put into a file, and what stood in its place where that is told. */
interface Change extends Spelling {
  readonly old?: string
}

/** What the readers of commands write their findings to. */
export interface Reading {
  /** JSON pointer of the argument that holds the script. */
  readonly arg: string
  /** The whole script, as the payload of whatever it does. */
  readonly payload: readonly Spelling[]
  readonly at: Surroundings
  readonly add: (effect: TracedEffect) => void
  /** Follows script text that the invocation would hand to a shell. */
  readonly nested: (script: string, invocation: Invocation, values?: readonly Expanded[]) => Flow
  /** What the session wrote into files; absent where nothing is remembered. */
  readonly files?: Files
  /** What a command line would do on another machine; absent where that is not followed. */
  readonly elsewhere?: (script: string) => readonly TracedEffect[]
  /** What text put into a file would do later, when something else runs it. */
  readonly later?: (file: string, added: readonly Change[], at: Surroundings) => readonly TracedEffect[]
  /** What a file would do that a program takes up without being told; absent where that is not followed. */
  readonly loaded?: (path: string, text: string, at: Surroundings) => readonly TracedEffect[]
  /** Judges another invocation, as a wrapper does. */
  readonly run: (invocation: Invocation) => Flow
}

function spelled(word: Expanded, reading: Reading): Spelling {
  return { arg: reading.arg, text: word.text }
}

function around(invocation: { readonly cwd: string | undefined }, reading: Reading): Surroundings {
  return { ...reading.at, cwd: invocation.cwd }
}

const DEVICES = /^\/dev\/(null|stdin|stdout|stderr|tty|zero|u?random|full|fd\/\d+|pts\/\d+|ptmx|shm)$/

/** A file is used. Addresses of bash's own (`/dev/tcp/host/port`) are egress. */
export function useFile(
  word: Expanded,
  access: FileAccess,
  from: { readonly cwd: string | undefined; readonly reading: Reading; readonly detail?: string },
): void {
  const { reading, detail } = from
  const socket = /^\/dev\/(?:tcp|udp)\/([^/]+)(?:\/(\d+))?/.exec(word.text)
  if (socket !== null)
    return useAddress(
      { ...word, text: `tcp://${socket[1]}${socket[2] === undefined ? '' : `:${socket[2]}`}` },
      { reading, detail: 'opens a network socket' },
    )
  if (word.text === '' || word.text === '-' || DEVICES.test(word.text)) return
  const certainty: Certainty = word.known && !word.glob ? 'certain' : 'likely'
  const at = around(from, reading)
  const use = { access, spelling: spelled(word, reading), certainty, detail, payload: reading.payload }
  for (const effect of fileEffects(use, at)) reading.add(effect)
  const real = reading.files?.real(word.text, at)
  if (real !== undefined) for (const effect of fileEffects({ ...use, path: real }, at)) reading.add(effect)
}

/** A folder is read with all that lies in it: a whole home directory holds keys and passwords. */
export function useTree(word: Expanded, from: Place): void {
  const home = homeWithin(word, from)
  if (home === undefined) return
  const parts = { target: `${home}/**`, certainty: 'likely', kind: 'path', words: [word] } as const
  act({ ...parts, class: 'secret.read', detail: 'everything in the home directory' }, from.reading)
}

/** The same for a change of what lies in it: a whole home directory holds what decides who may log in. */
export function changeTree(word: Expanded, from: Place): void {
  const home = homeWithin(word, from)
  if (home === undefined) return
  const parts = { target: `${home}/**`, certainty: 'likely', kind: 'path', words: [word] } as const
  act({ ...parts, class: 'identity.grant', detail: 'changes who may use everything in the home directory' }, from.reading)
}

/** The home directory, where it is this folder or lies in it. */
function homeWithin(word: Expanded, from: Place): string | undefined {
  const at = around(from, from.reading)
  const home = at.home === undefined ? undefined : canonicalPath(at.home, { platform: at.platform }).path
  return home !== undefined && isInside(home, canonicalPath(word.text, at).path) ? home : undefined
}

/** Where a command works that is told to go to a folder first. */
export function folderAt(folder: string, { cwd, reading }: Place): string {
  const { home } = reading.at
  const place = home === undefined ? folder : folder.replace(/^~(?=\/|$)/, () => home)
  return cwd === undefined || /^(?:[/~]|[A-Za-z]:)/.test(place) ? place : `${cwd}/${place}`
}

interface Place {
  readonly cwd: string | undefined
  readonly reading: Reading
}

/** What the session put into a file, if it is known. */
export function recalled(file: Expanded, from: Place): Flow | undefined {
  return file.known && !file.glob ? from.reading.files?.recall(file.text, around(from, from.reading)) : undefined
}

/** All below the folder was fetched from there. */
export function keepFetched(folder: Expanded, address: Expanded, from: Place & { readonly loose?: boolean }): void {
  if (!folder.known || folder.glob || !address.known) return
  from.reading.files?.keepFolder(folder.text, [address.text], { at: around(from, from.reading), loose: from.loose === true })
}

/** What runs lies in a folder that was fetched: whoever named the address has chosen the code. Answers whether it does. */
export function runsFromFetched(file: string, invocation: Invocation, reading: Reading): boolean {
  const address = reading.files?.fetchedWith(file, around(invocation, reading))
  if (address === undefined) return false
  const detail = `runs what was fetched from ${address.slice(0, 120)}`
  act(
    {
      class: 'process.exec',
      target: invocation.words[0]?.text ?? '',
      certainty: 'unknown',
      kind: 'command',
      words: [{ text: address, known: true, glob: false }],
      detail,
    },
    reading,
  )
  return true
}

/** Remembers what goes into a file. */
export function keepContent(file: Expanded, content: Flow, from: Place & { readonly append?: boolean }): void {
  if (!file.known || file.glob || DEVICES.test(file.text)) return
  const at = around(from, from.reading)
  from.reading.files?.keep(file.text, content, { at, append: from.append === true })
  if (content.text !== undefined) putInto(file, content.text, from)
}

/** What text that is put into a file, or into the middle of one, would do later. */
export function putInto(file: Expanded, put: string | Omit<Change, 'arg'>, from: Place): void {
  const change = typeof put === 'string' ? { text: put } : put
  if (change.text === '' || !file.known || file.glob) return
  for (const effect of from.reading.later?.(file.text, [{ arg: from.reading.arg, ...change }], around(from, from.reading)) ?? [])
    from.reading.add(effect)
}

/** A file is gone, and what it held. */
export function forgetContent(file: Expanded, from: Place): void {
  if (file.known && !file.glob) from.reading.files?.forget(file.text, around(from, from.reading))
}

/** A file gets another name, or its content another place; into a folder when the target is one. */
export function copyContent(source: Expanded, target: Expanded, from: Place & { readonly link?: boolean }): void {
  if (!source.known || source.glob || !target.known || target.glob) return
  const at = around(from, from.reading)
  const name = withoutEndSlashes(source.text).split('/').at(-1) ?? ''
  const into = /(?:^|\/)\.{0,2}$/.test(target.text)
  from.reading.files?.copy(source.text, into ? `${target.text}/${name}` : target.text, { at, link: from.link === true })
}

/** Something is sent to, or fetched from, an address; a bare host gets `scheme`. */
export function useAddress(
  word: Expanded,
  from: { readonly reading: Reading; readonly scheme?: string; readonly detail?: string | undefined; readonly retrieval?: boolean },
): void {
  const { reading, detail, retrieval } = from
  const address = parseAddress(word.text, from.scheme ?? 'https')
  const certainty: Certainty = word.known ? 'certain' : 'unknown'
  if (address !== undefined) {
    const spelling = { arg: reading.arg, text: word.text }
    const credentials = machineCredentials(address, spelling)
    if (credentials !== undefined) reading.add({ ...credentials, payload: reading.payload })
    const use = { address, spelling, certainty, detail, retrieval: retrieval === true && word.known }
    for (const effect of effectsOfAddress({ ...use, payload: use.retrieval ? [] : reading.payload })) reading.add(effect)
  } else {
    act(
      {
        class: 'net.egress',
        target: word.text,
        certainty: 'unknown',
        kind: 'address',
        words: [word],
        detail: detail ?? 'an address that could not be told',
      },
      reading,
    )
  }
}

export interface Act {
  readonly class: EffectClass
  readonly target: string
  readonly certainty: Certainty
  readonly kind: TargetKind
  readonly words: readonly Expanded[]
  readonly detail?: string | undefined
}

/** Any other effect of a command. */
export function act(parts: Act, reading: Reading): void {
  const spellings = parts.words.map((word) => spelled(word, reading))
  const effect = traced({
    class: parts.class,
    target: parts.target,
    certainty: parts.certainty,
    kind: parts.kind,
    spellings,
    detail: parts.detail,
  })
  reading.add({ ...effect, effect: { ...effect.effect, arguments: [reading.arg] }, payload: reading.payload })
}

/** A program runs. Its own name is the target. */
export function runProgram(
  invocation: Invocation,
  certainty: Certainty,
  from: { readonly reading: Reading; readonly detail?: string; readonly words?: readonly Expanded[] },
): void {
  const name = invocation.words[0]?.text ?? ''
  // A bare name says nothing about where the idea came from; a path or an argument does.
  const words = from.words ?? invocation.words.slice(0, 1).filter((word) => word.text.includes('/'))
  // What runs is this command line, not the whole script around it.
  const payload = [
    {
      arg: from.reading.arg,
      text: invocation.words
        .map((word) => word.text)
        .join(' ')
        .slice(0, 16_384),
    },
  ]
  act({ class: 'process.exec', target: name, certainty, kind: 'command', words, detail: from.detail }, { ...from.reading, payload })
}

/** Whatever flows in is run as code: the shape of `curl … | sh`. */
export function runFlow(flow: Flow, invocation: Invocation, reading: Reading): void {
  const name = invocation.words[0]?.text ?? 'sh'
  const fetched = flow.addresses[0]
  const how =
    fetched !== undefined
      ? `pipes what was fetched from ${fetched} into ${name}`
      : flow.decodes
        ? `decodes hidden text and runs it with ${name}`
        : `runs what it is handed with ${name}`
  act({ class: 'process.exec', target: name, certainty: 'unknown', kind: 'command', words: [], detail: how }, reading)
  if (fetched === undefined && !flow.decodes) return
  const words = fetched === undefined ? [] : [{ text: fetched, known: true, glob: false }]
  // `curl host/path` is an address as well: policies go by the whole of it.
  const address = fetched === undefined ? undefined : (parseAddress(fetched, 'http')?.url ?? fetched)
  act(
    {
      class: 'code.install',
      // Policies know code that was hidden by these words.
      target: address ?? `hidden code for ${name.slice(0, 64)}`,
      certainty: 'certain',
      kind: fetched === undefined ? 'command' : 'address',
      words,
      detail: how,
    },
    reading,
  )
}

/** What a session wrote into which file, as far as that can be told: a script is read when it runs, a link is followed when it is used. */
import { canonicalPath, isInside } from './place/path.ts'
import type { Surroundings } from './place/surroundings.ts'
import type { Flow } from './shell/expanded.ts'

export interface WrittenFile {
  /** Its text if that is known, and the addresses it was fetched from. */
  readonly content: Flow
  /** It is a link to this path instead. Canonical. */
  readonly link?: string
}

/** By canonical path. */
export type WrittenFiles = ReadonlyMap<string, WrittenFile>

export const NO_FILES: WrittenFiles = new Map()

/** Files remembered; the oldest makes room, and running it is then running an unknown program. */
export const FILES = 128
/** Longest text kept of one file; of a longer one only that it was written. */
const TEXT_LENGTH = 65_536
/** Most links followed for one path, and most folders on its way: no system opens a path that takes more. */
const HOPS = 16
const SEGMENTS = 256

/** The files while one call is read. Immutable outside: `result` is what they are afterwards. */
export class Files {
  readonly #before: WrittenFiles
  #now: Map<string, WrittenFile> | undefined

  constructor(before: WrittenFiles) {
    this.#before = before
  }

  result(): WrittenFiles {
    return this.#now ?? this.#before
  }

  /** What is known of the file's content. */
  recall(path: string, at: Surroundings): Flow | undefined {
    const files = this.result()
    return files.size === 0 ? undefined : files.get(this.#place(path, at))?.content
  }

  isEmpty(): boolean {
    return this.result().size === 0
  }

  /** Files of which the text is known in the folder that the call runs in and all below it. */
  below(at: Surroundings): readonly (readonly [path: string, text: string])[] {
    if (at.cwd === undefined) return []
    const folder = canonicalPath(at.cwd, at).path
    return [...this.result()].flatMap(([path, { content }]) =>
      content.text !== undefined && isInside(path, folder) ? [[path, content.text] as const] : [],
    )
  }

  /** All that comes to lie below a folder was fetched; `loose`: only what is called after the address, beside what was there before. */
  keepFolder(path: string, addresses: readonly string[], how: { readonly at: Surroundings; readonly loose?: boolean }): void {
    const content: Flow = { addresses: addresses.slice(0, 4), decodes: how.loose === true }
    this.#set(`${this.#place(path, how.at)}${BELOW}`, { content })
  }

  /** Where the folder that a file lies in was fetched from; undefined when the session fetched none. */
  fetchedWith(path: string, at: Surroundings): string | undefined {
    let file: string | undefined
    for (const [key, { content }] of this.result()) {
      if (!key.endsWith(BELOW)) continue
      file ??= this.#place(path, at)
      const folder = key.slice(0, -BELOW.length)
      const address = content.addresses[0]
      if (address === undefined || !isInside(file, folder)) continue
      if (!content.decodes || isCalledAfter(file.slice(folder.length + 1), address)) return address
    }
    return undefined
  }

  keep(path: string, content: Flow, how: { readonly at: Surroundings; readonly append?: boolean }): void {
    const key = this.#place(path, how.at)
    const before = how.append === true ? this.result().get(key)?.content : undefined
    this.#set(key, { content: bounded(before === undefined ? content : joined(before, content)) })
  }

  /** `link` tells that the new name is another name for the old one. */
  copy(from: string, to: string, how: { readonly at: Surroundings; readonly link?: boolean }): void {
    const source = this.#place(from, how.at)
    const target = canonicalPath(to, how.at).path
    if (how.link === true) return this.#set(target, { content: UNKNOWN, link: source })
    const address = this.fetchedWith(from, how.at)
    if (address !== undefined) this.#set(`${target}${BELOW}`, { content: { addresses: [address], decodes: false } })
    const known = this.result().get(source)
    if (known !== undefined) this.#set(target, known)
    else if (this.result().has(target)) this.forget(to, how.at)
  }

  forget(path: string, at: Surroundings): void {
    const key = canonicalPath(path, at).path
    if (!this.result().has(key)) return
    this.#now = new Map(this.result())
    this.#now.delete(key)
  }

  /** Where a path leads when links that the session made are followed; undefined when there are none on its way. */
  real(path: string, at: Surroundings): string | undefined {
    const files = this.result()
    let linked = false
    for (const { link } of files.values()) linked ||= link !== undefined
    return linked ? followed(path, at, files) : undefined
  }

  #place(path: string, at: Surroundings): string {
    return this.real(path, at) ?? canonicalPath(path, at).path
  }

  #set(key: string, file: WrittenFile): void {
    const now = new Map(this.result())
    now.delete(key)
    now.set(key, file)
    for (const oldest of now.keys()) {
      if (now.size <= FILES) break
      now.delete(oldest)
    }
    this.#now = now
  }
}

/** What stands behind a folder of which all was fetched, or behind a file out of one; no path is written so. */
const BELOW = '//'

/** The first folder shares a word with the address. */
function isCalledAfter(path: string, address: string): boolean {
  const end = path.indexOf('/')
  if (end < 0) return false
  const words = path
    .slice(0, end)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const there = new Set(
    address
      .slice(0, 2048)
      .toLowerCase()
      .split(/[^a-z0-9]+/),
  )
  return words.some((word) => word.length >= 4 && there.has(word))
}

const UNKNOWN: Flow = { addresses: [], decodes: false }

function bounded(content: Flow): Flow {
  return content.text !== undefined && content.text.length > TEXT_LENGTH
    ? { ...content, text: content.text.slice(0, TEXT_LENGTH) }
    : content
}

function joined(before: Flow, more: Flow): Flow {
  const addresses = [...before.addresses, ...more.addresses].slice(0, 32)
  const decodes = before.decodes || more.decodes
  const text = before.text === undefined ? more.text : more.text === undefined ? before.text : before.text + more.text
  return { addresses, decodes, ...(text === undefined ? {} : { text }) }
}

/** Segment by segment, as the system does it: `link/../x` goes up from where the link leads. */
function followed(path: string, at: Surroundings, files: WrittenFiles): string | undefined {
  const home = at.home === undefined ? path : path.replace(/^~(?=\/|$)/, () => at.home as string)
  const absolute = (at.platform === 'windows' ? /^([A-Za-z]:)?[\\/]/ : /^\//).test(home)
  const waiting = (absolute ? home : `${at.cwd ?? ''}/${home}`).replaceAll('\\', '/').split('/').filter(Boolean).reverse()
  const names = linkNames(files)
  let here: string[] = []
  let hops = 0
  for (let segment = waiting.pop(); segment !== undefined; segment = waiting.pop()) {
    // A link to a place below itself would grow with every link made from it.
    if (here.length + waiting.length > SEGMENTS) return undefined
    if (segment === '.') continue
    if (segment === '..') {
      here.pop()
      continue
    }
    here.push(segment)
    // A plain name is spelled in one way but for its case, except on Windows.
    if (at.platform !== 'windows' && /^[\x21-\x7e]+$/.test(segment) && !names.has(segment.toLowerCase())) continue
    const link = files.get(canonicalPath(`${/^[A-Za-z]:$/.test(here[0] ?? '') ? '' : '/'}${here.join('/')}`, at).path)?.link
    if (link === undefined || hops >= HOPS) continue
    hops += 1
    here = []
    waiting.push(...link.split('/').filter(Boolean).reverse())
  }
  if (hops === 0) return undefined
  return canonicalPath(`${/^[A-Za-z]:$/.test(here[0] ?? '') ? '' : '/'}${here.join('/')}`, at).path
}

/** Last names of the links, small. */
function linkNames(files: WrittenFiles): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [path, { link }] of files) if (link !== undefined) names.add(path.slice(path.lastIndexOf('/') + 1).toLowerCase())
  return names
}

/** What a path means: canonical form, whether it lies in the workspace, and which known place of the machine it is. */

import { rememberedAt } from './remembered.ts'
import type { Surroundings } from './surroundings.ts'

export type { Surroundings } from './surroundings.ts'

export interface CanonicalPath {
  /** Absolute when that could be told, `/`-separated; lower case and `c:/…` on Windows, `//host/share/…` for UNC. */
  readonly path: string
  /** False when a variable, a pattern or an unknown base keeps the file from being told exactly. */
  readonly resolved: boolean
  /** Machine behind a UNC path: opening it talks to that machine. */
  readonly remoteHost?: string
}

/** Longest path looked at; anything longer is no path an operating system takes. */
const PATH_LENGTH = 8192

const recall = rememberedAt<CanonicalPath>()

/** Lexical: symbolic links are the agent's to resolve, before it asks. */
export function canonicalPath(spelled: string, at: Surroundings): CanonicalPath {
  return recall(at, spelled, () => canonical(spelled, at))
}

function canonical(spelled: string, at: Surroundings): CanonicalPath {
  const cut = spelled.length > PATH_LENGTH || spelled.includes('\0')
  const text = stripFileScheme(spelled.slice(0, PATH_LENGTH).replaceAll('\0', '')).normalize('NFC')
  const found = at.platform === 'windows' || /^[A-Za-z]:[\\/]|^\\\\/.test(text) ? windowsPath(text, at) : posixPath(text, at)
  return cut ? { ...found, resolved: false } : found
}

function stripFileScheme(text: string): string {
  if (!/^file:\/\//i.test(text)) return text
  const rest = text.slice(7).replace(/^localhost(?=\/)/i, '')
  try {
    return decodeURIComponent(rest)
  } catch {
    return rest
  }
}

function posixPath(text: string, at: Surroundings): CanonicalPath {
  const expanded = expandHome(text, at)
  const absolute = expanded.startsWith('/')
  const base = absolute || at.cwd === undefined ? '' : at.cwd
  const rooted = absolute || base !== ''
  let path = foldSegments(`${base}/${expanded}`)
  for (let again = aliased(path, at); again !== path; again = aliased(path, at)) path = foldSegments(again)
  const resolved = rooted && !/[$`*?[{]/.test(expanded) && !expanded.startsWith('~')
  return { path: rooted ? path : path.slice(1) || '.', resolved }
}

function expandHome(text: string, at: Surroundings): string {
  const { home, cwd } = at
  let path = text
  if (home !== undefined) path = path.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, () => home)
  if (cwd !== undefined) path = path.replace(/^(\$PWD|\$\{PWD\}|~\+)(?=\/|$)/, () => cwd)
  return path
}

/** Resolves `.`, `..`, repeated and trailing slashes of a rooted path. */
function foldSegments(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') kept.pop()
    else kept.push(segment)
  }
  return `/${kept.join('/')}`
}

/** Other names the system itself gives to the same file. */
function aliased(path: string, at: Surroundings): string {
  if (path.startsWith('/proc/')) {
    const root = /^\/proc\/(?:self|thread-self|\d+)(?:\/task\/\d+)?\/root(?=\/|$)/.exec(path)
    if (root !== null) return path.slice(root[0].length) || '/'
    const cwd = /^\/proc\/(?:self|thread-self)\/cwd(?=\/|$)/.exec(path)
    if (cwd !== null && at.cwd !== undefined && !at.cwd.startsWith('/proc/')) return at.cwd + path.slice(cwd[0].length)
  }
  if (/^\/private\/(etc|tmp|var)(\/|$)/.test(path)) return path.slice('/private'.length)
  if (path.startsWith('/System/Volumes/Data/')) return path.slice('/System/Volumes/Data'.length)
  return path
}

function windowsPath(text: string, at: Surroundings): CanonicalPath {
  let path = text.replaceAll('\\', '/')
  path = path.replace(/^\/\/[?.]\/UNC\//i, '//').replace(/^(\/\/[?.]\/|\/\?\?\/)/, '')
  if (at.home !== undefined) {
    const home = at.home.replaceAll('\\', '/')
    path = path.replace(/^(~|%USERPROFILE%|\$HOME|\$env:USERPROFILE|%HOMEDRIVE%%HOMEPATH%)(?=\/|$)/i, () => home)
    path = path.replace(/^(%APPDATA%|\$env:APPDATA)(?=\/|$)/i, () => `${home}/AppData/Roaming`)
    path = path.replace(/^(%LOCALAPPDATA%|\$env:LOCALAPPDATA)(?=\/|$)/i, () => `${home}/AppData/Local`)
  }
  const unc = /^\/\/([^/]+)\//.exec(path)
  if (unc !== null) {
    const host = (unc[1] as string).toLowerCase()
    return { path: `/${windowsSegments(path)}`, resolved: !hasWindowsUnknown(path), remoteHost: host }
  }
  const drive = /^[A-Za-z]:/.exec(path)?.[0]
  const cwd = (at.cwd ?? '').replaceAll('\\', '/')
  let rooted = path
  if (drive === undefined) rooted = path.startsWith('/') ? `${/^[A-Za-z]:/.exec(cwd)?.[0] ?? ''}${path}` : `${cwd}/${path}`
  else if (!path.startsWith(`${drive}/`))
    rooted = cwd.toLowerCase().startsWith(drive.toLowerCase()) ? `${cwd}/${path.slice(2)}` : `${drive}/${path.slice(2)}`
  const known = /^[A-Za-z]:\//.test(rooted)
  const found = windowsSegments(rooted).slice(1) || '.'
  return { path: /^[a-z]:$/.test(found) ? `${found}/` : found, resolved: known && !hasWindowsUnknown(path) }
}

function hasWindowsUnknown(path: string): boolean {
  return /[%$*?]|~\d/.test(path)
}

/** Windows opens `Name. ` and `name::$DATA` as `name`. */
function windowsSegments(path: string): string {
  const clean = path
    .split('/')
    .map((segment, index) => (index === 0 && /^[A-Za-z]:$/.test(segment) ? segment : cleanWindowsSegment(segment)))
  return foldSegments(clean.join('/')).toLowerCase()
}

function cleanWindowsSegment(segment: string): string {
  if (segment === '.' || segment === '..') return segment
  const stream = segment.indexOf(':')
  return (stream > 0 ? segment.slice(0, stream) : segment).replace(/[. ]+$/, '')
}

/** Whether a canonical path is a directory or lies in it. */
export function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`)
}

/** Whether a canonical path lies in the caller's workspace. A root is none, and the hidden files of a home directory are not in one. */
export function insideWorkspace(path: string, at: Surroundings): boolean {
  if (at.workspace === undefined) return false
  const base = { platform: at.platform }
  const workspace = canonicalPath(at.workspace, base).path
  if (workspace === '/' || /^\/?[a-z]:\/?$/.test(workspace) || !isInside(path, workspace)) return false
  const home = at.home === undefined ? undefined : canonicalPath(at.home, base).path
  return home !== workspace || !path.slice(workspace.length + 1).startsWith('.')
}

/** `~/…` for a path in the caller's home or in what looks like anyone's. */
export function homeRelative(path: string, at: Surroundings): string {
  const home = at.home === undefined ? undefined : canonicalPath(at.home, { platform: at.platform }).path
  if (home !== undefined && home !== '/' && path.startsWith(`${home}/`)) return `~${path.slice(home.length)}`
  const other = /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/var\/root|\/root|[a-z]:\/users\/[^/]+)(?=\/)/i.exec(path)
  if (other !== null) return `~${path.slice(other[0].length)}`
  return /^(?:\$HOME|\$\{HOME\}|~[\w-]*)(?=\/)/.test(path) ? path.replace(/^[^/]+/, '~') : path
}

/** What a path means: canonical form, whether it lies in the workspace, and which known place of the machine it is. */

import { rememberedAt } from './remembered.ts'
import { type CanonicalPath, foldSegments } from './segments.ts'
import type { Surroundings } from './surroundings.ts'
import { windowsPath } from './windows-path.ts'

export type { CanonicalPath } from './segments.ts'
export type { Surroundings } from './surroundings.ts'

/** Longest path looked at; anything longer is no path an operating system takes. */
const PATH_LENGTH = 8192

const recall = rememberedAt<CanonicalPath>()

/** Lexical: symbolic links are the agent's to resolve, before it asks. */
export function canonicalPath(spelled: string, at: Surroundings): CanonicalPath {
  return recall(at, spelled, () => canonical(spelled, at))
}

function canonical(spelled: string, at: Surroundings): CanonicalPath {
  const cut = spelled.length > PATH_LENGTH || UNSEEN.test(spelled)
  const plain = cut ? spelled.slice(0, PATH_LENGTH).replace(UNSEEN_ALL, '') : spelled
  const text = expandHome(stripFileScheme(plain, at).normalize('NFC'), at)
  const inside = /^[\\/]{2}wsl(?:\$|\.localhost)[\\/][^\\/]+([\\/].*)?$/i.exec(text)
  if (inside !== null) return { ...posixPath((inside[1] ?? '/').replaceAll('\\', '/'), { ...at, platform: 'posix' }), resolved: false }
  const found = at.platform === 'windows' || /^[A-Za-z]:[\\/]|^\\\\/.test(text) ? windowsPath(text, at) : posixPath(text, at)
  return cut ? { ...found, resolved: false } : found
}

/** What ends a name in some systems, and letters nobody sees, which others leave out of it. */
const UNSEEN = /[\0\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/
const UNSEEN_ALL = new RegExp(UNSEEN, 'g')

/** `file:///x`, `file:/x`, `file://host/share`. */
function stripFileScheme(text: string, at: Surroundings): string {
  if (!/^file:/i.test(text)) return text
  const named = /^file:\/\/([^/\\]+)(?=[/\\])/i.exec(text)?.[1]?.toLowerCase()
  const remote = named !== undefined && named !== 'localhost' && named !== '127.0.0.1'
  const rest = text.replace(/^file:(?:\/\/(?:[^/\\]+(?=[/\\]))?)?/i, '')
  const path = remote && at.platform === 'windows' ? `//${named}${rest}` : rest
  const plain = path
    .replace(/[?#].*$/s, '')
    .replace(/^\/+(?=[A-Za-z][:|][\\/])/, '')
    .replace(/^([A-Za-z])\|/, '$1:')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

function posixPath(text: string, at: Surroundings): CanonicalPath {
  const absolute = text.startsWith('/')
  const base = absolute || at.cwd === undefined ? '' : at.cwd
  const rooted = absolute || base !== ''
  let path = foldSegments(`${base}/${text}`)
  for (let again = aliased(path, at); again !== path; again = aliased(path, at)) path = foldSegments(again)
  const resolved = rooted && !/[$`*?[{]/.test(text) && !text.startsWith('~')
  return { path: rooted ? path : path.slice(1) || '.', resolved }
}

function expandHome(text: string, at: Surroundings): string {
  const { home, cwd } = at
  let path = text
  if (home !== undefined) path = path.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, () => home)
  if (home !== undefined && path.startsWith('~'))
    path = path.replace(/^~([a-z_][\w-]{0,31})(?=\/|$)/, (_, name: string) => homeOf(name, home))
  if (cwd !== undefined) path = path.replace(/^(\$PWD|\$\{PWD\}|~\+)(?=\/|$)/, () => cwd)
  return path
}

/** `~name`: beside the home directory that is known, but for the administrator's. */
function homeOf(name: string, home: string): string {
  if (home.endsWith(`/${name}`)) return home
  return name === 'root' ? '/root' : `${home.startsWith('/Users/') ? '/Users' : '/home'}/${name}`
}

/** Other names the system itself gives to the same file. */
function aliased(path: string, at: Surroundings): string {
  if (path.startsWith('/proc/')) {
    const root = /^\/proc\/(?:self|thread-self|\d+)(?:\/task\/\d+)?\/root(?=\/|$)/.exec(path)
    if (root !== null) return path.slice(root[0].length) || '/'
    const cwd = /^\/proc\/(?:self|thread-self)(?:\/task\/\d+)?\/cwd(?=\/|$)/.exec(path)
    if (cwd !== null && at.cwd !== undefined && !at.cwd.startsWith('/proc/')) return at.cwd + path.slice(cwd[0].length)
  }
  if (/^\/private\/(etc|tmp|var)(\/|$)/.test(path)) return path.slice('/private'.length)
  if (path.startsWith('/System/Volumes/Data/')) return path.slice('/System/Volumes/Data'.length)
  if (path.startsWith('/Volumes/Macintosh HD/')) return path.slice('/Volumes/Macintosh HD'.length)
  // The usual file system of a Mac knows no case: `.SSH` is `.ssh` there.
  return /^\/(?:Users|Volumes)\//.test(path) ? path.replace(/\/\.[^/]*[A-Z][^/]*/g, (segment) => segment.toLowerCase()) : path
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
  const other =
    /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/var\/root|\/root|[a-z]:\/(?:users|documents and settings)\/[^/]+|\/mnt\/[a-z]\/users\/[^/]+)(?=\/)/i.exec(
      path,
    )
  if (other !== null) return `~${path.slice(other[0].length)}`
  return /^(?:\$HOME|\$\{HOME\}|~[\w-]*|%userprofile%|\$env:userprofile|%homedrive%%homepath%|%homepath%)(?=\/)/.test(path)
    ? path.replace(/^[^/]+/, '~')
    : path
}

import { type CanonicalPath, foldSegments, withoutLast } from './segments.ts'
import type { Surroundings } from './surroundings.ts'

/** What Windows opens by this name: device prefixes, administrative shares, short names, streams and trailing dots taken off. */
export function windowsPath(text: string, at: Surroundings): CanonicalPath {
  const path = withoutPrefix(expandVariables(text.replaceAll('\\', '/'), at))
  const unc = /^\/\/([^/]+)\/+/.exec(path)
  if (unc !== null) return sharedPath(path, (unc[1] as string).toLowerCase())
  const drive = /^[A-Za-z]:/.exec(path)?.[0]
  const cwd = (at.cwd ?? '').replaceAll('\\', '/')
  const letter = /^\/([A-Za-z])\//.exec(text)?.[1]
  let rooted = path
  // Git's shell on Windows shows drives as folders.
  if (letter !== undefined) rooted = `${letter}:${path.slice(2)}`
  else if (drive === undefined) rooted = path.startsWith('/') ? `${/^[A-Za-z]:/.exec(cwd)?.[0] ?? ''}${path}` : `${cwd}/${path}`
  else if (!path.startsWith(`${drive}/`))
    rooted = cwd.toLowerCase().startsWith(drive.toLowerCase()) ? `${cwd}/${path.slice(2)}` : `${drive}/${path.slice(2)}`
  const known = /^[A-Za-z]:\//.test(rooted)
  const found = segmentsOf(rooted).slice(1) || '.'
  return { path: /^[a-z]:$/.test(found) ? `${found}/` : found, resolved: known && !hasUnknown(path) }
}

/** `\\?\`, `\\.\`, `\??\`, also twice; the copies that backups are made of; a volume by its number. */
function withoutPrefix(path: string): string {
  let rest = path
  for (let again = ''; again !== rest; ) {
    again = rest
    rest = rest
      .replace(/^(?:\/\/[?.]|\/\?\?)\/UNC\//i, '//')
      .replace(/^(?:\/\/[?.]|\/\?\?)\/(?:GLOBALROOT\/)?(?:Device\/HarddiskVolume(?:ShadowCopy)?\d+|Volume\{[^}/]*\})(?=\/)/i, 'c:')
      .replace(/^(?:\/\/[?.]\/|\/\?\?\/)(?:GLOBALROOT\/)?/i, '')
  }
  return rest
}

function expandVariables(text: string, at: Surroundings): string {
  let path = text
  if (at.home !== undefined) {
    const home = at.home.replaceAll('\\', '/')
    path = path
      .replace(/^(?:~|%USERPROFILE%|\$HOME|\$\{HOME\}|\$env:USERPROFILE|\$\{env:USERPROFILE\}|%HOMEDRIVE%%HOMEPATH%)(?=\/|$)/i, () => home)
      .replace(/^(?:%APPDATA%|\$env:APPDATA)(?=\/|$)/i, () => `${home}/AppData/Roaming`)
      .replace(/^(?:%LOCALAPPDATA%|\$env:LOCALAPPDATA)(?=\/|$)/i, () => `${home}/AppData/Local`)
      .replace(/^(?:%TE?MP%|\$env:TE?MP)(?=\/|$)/i, () => `${home}/AppData/Local/Temp`)
  }
  return path
    .replace(/^(?:%(?:SYSTEMROOT|WINDIR)%|\$env:(?:SYSTEMROOT|WINDIR)|\/SystemRoot)(?=\/|$)/i, 'c:/windows')
    .replace(/^(?:%(?:PROGRAMDATA|ALLUSERSPROFILE)%|\$env:(?:PROGRAMDATA|ALLUSERSPROFILE))(?=\/|$)/i, 'c:/programdata')
    .replace(/^(?:%PROGRAMFILES%|\$env:PROGRAMFILES)(?=\/|$)/i, 'c:/program files')
    .replace(/^(?:%SYSTEMDRIVE%|\$env:SYSTEMDRIVE)(?=\/|$)/i, 'c:')
}

const THIS_MACHINE = /^(?:localhost|127(?:\.\d+){3}|::1|0--1\.ipv6-literal\.net|--1\.ipv6-literal\.net|\.)$/

/** A folder another machine shares; the shares every machine has for its drives lead to these when the machine is this one. */
function sharedPath(path: string, named: string): CanonicalPath {
  // `host@SSL@443` is a web folder of the host.
  const host = named.replace(/@.*$/, '')
  const share = /^\/\/[^/]+\/+([A-Za-z])\$(?=\/|$)/.exec(path)
  if (THIS_MACHINE.test(host) && share !== null) {
    const local = segmentsOf(`${share[1]}:${path.slice(share[0].length)}`).slice(1)
    return { path: /^[a-z]:$/.test(local) ? `${local}/` : local, resolved: !hasUnknown(path.slice(share[0].length)) }
  }
  return { path: `/${segmentsOf(path)}`, resolved: !hasUnknown(path), ...(THIS_MACHINE.test(host) ? {} : { remoteHost: host }) }
}

const DEVICE = /(?:^|\/)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?:[.: ][^/]*)?(?=\/|$)/i

function hasUnknown(path: string): boolean {
  return /[%$*?]|~\d/.test(path) || DEVICE.test(path)
}

/** Windows opens `Name. ` and `name::$DATA` as `name`. */
function segmentsOf(path: string): string {
  const clean = path.split('/').map((segment, index) => (index === 0 && /^[A-Za-z]:$/.test(segment) ? segment : cleanSegment(segment)))
  return foldSegments(clean.join('/')).toLowerCase()
}

/** The short names of folders that every machine has, and what others may stand for. */
const SHORT: Readonly<Record<string, string>> = {
  'progra~1': 'program files',
  'progra~2': 'program files (x86)',
  'progra~3': 'programdata',
  'docume~1': 'documents and settings',
}

function cleanSegment(segment: string): string {
  if (segment === '.' || segment === '..') return segment
  const stream = segment.indexOf(':')
  const name = withoutLast(stream > 0 ? segment.slice(0, stream) : segment, '. ')
  const short = /^([^~.]{1,6})~\d{1,2}(?:\.([^.]{1,3}))?$/.exec(name)
  return short === null ? name : (SHORT[name.toLowerCase()] ?? `*${short[1]}*${short[2] === undefined ? '' : `.${short[2]}*`}`)
}

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import type { Platform } from './platform.ts'
import { privateDirectory, writePrivateFile } from './private-file.ts'

/** Longest path a unix socket may have everywhere: macOS allows 104 bytes with the closing zero. */
const SOCKET_PATH_BYTES = 103

const pathOf = (platform: Pick<Platform, 'os'>) => (platform.os === 'win32' ? win32 : posix)

/** Where the agent keeps everything when nobody says otherwise. Root and services use the machine-wide place. */
export function defaultStateDirectory(platform: Platform): string {
  const { environment: env, home } = platform
  switch (platform.os) {
    case 'win32':
      return win32.join(env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'Assize')
    case 'darwin':
      return posix.join(platform.uid === 0 ? '/' : home, 'Library', 'Application Support', 'Assize')
    case 'linux':
      if (platform.uid === 0) return '/var/lib/assize'
      return posix.join(env['XDG_STATE_HOME'] ?? posix.join(home, '.local', 'state'), 'assize')
  }
}

/** Where the configuration file is looked for, first found wins. */
export function configFiles(platform: Platform): readonly string[] {
  switch (platform.os) {
    case 'win32':
      return [win32.join(platform.environment['ProgramData'] ?? 'C:\\ProgramData', 'Assize', 'agent.yaml')]
    case 'darwin':
      return [posix.join(platform.home, 'Library/Application Support/Assize/agent.yaml'), '/Library/Application Support/Assize/agent.yaml']
    case 'linux':
      return ['/etc/assize/agent.yaml']
  }
}

/** Names of what lies in the state directory. */
export interface StatePaths {
  readonly directory: string
  /** Lets gate front-ends in. */
  readonly token: string
  /** Lets commands in, which may answer questions and stop the agent: kept out of sandboxes. */
  readonly commandToken: string
  /** Lets programs ask for decisions. */
  readonly apiToken: string
  /** Says where the socket is when it is not beside this file. */
  readonly address: string
  readonly journal: string
  readonly identity: string
  readonly policy: string
  readonly models: string
  readonly grants: string
  /** How applications behaved. */
  readonly standings: string
  /** What sessions have read, so that it is known after a start. */
  readonly sessions: string
  /** What front-ends let through while no agent answered. */
  readonly unjudged: string
  /** Compiled code, so that commands start sooner. */
  readonly compileCache: string
}

export function statePaths(directory: string, platform: Pick<Platform, 'os'>): StatePaths {
  const { join } = pathOf(platform)
  return {
    directory,
    token: join(directory, 'agent.token'),
    commandToken: join(directory, 'command.token'),
    apiToken: join(directory, 'api.token'),
    address: join(directory, 'agent.address'),
    journal: join(directory, 'journal.db'),
    identity: join(directory, 'identity'),
    policy: join(directory, 'policy'),
    models: join(directory, 'models'),
    grants: join(directory, 'grants.json'),
    standings: join(directory, 'standings.json'),
    sessions: join(directory, 'sessions'),
    unjudged: join(directory, 'unjudged.jsonl'),
    compileCache: join(directory, 'compile-cache'),
  }
}

/** Address the agent listens on. A path too long for a socket is replaced by a short one, written down in the state directory. */
export function listenAddress(directory: string, platform: Platform): string {
  const preferred = preferredAddress(directory, platform)
  const { address } = statePaths(directory, platform)
  if (platform.os === 'win32' || Buffer.byteLength(preferred) <= SOCKET_PATH_BYTES) {
    // The name of a pipe is not seen in the directory, and the native front-end does not work it out.
    if (platform.os === 'win32' || existsSync(address)) writePrivateFile(address, preferred)
    return preferred
  }
  const parent = platform.environment['XDG_RUNTIME_DIR'] ?? platform.temporary
  const short = posix.join(privateDirectory(posix.join(parent, `assize-${platform.uid ?? 0}`), platform), `${shortHash(directory)}.sock`)
  writePrivateFile(address, short)
  return short
}

/** Address a front-end connects to. */
export function connectAddress(directory: string, platform: Platform): string {
  try {
    const written = readFileSync(statePaths(directory, platform).address, 'utf8').trim()
    if (written !== '') return written
  } catch {
    // Written only when the usual place is too long.
  }
  return preferredAddress(directory, platform)
}

function preferredAddress(directory: string, platform: Pick<Platform, 'os' | 'user'>): string {
  if (platform.os === 'win32') return `\\\\.\\pipe\\assize-${shortHash(`${platform.user}\0${directory.toLowerCase()}`)}`
  return posix.join(directory, 'agent.sock')
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

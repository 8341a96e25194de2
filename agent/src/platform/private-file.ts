import { chmodSync, closeSync, fsyncSync, lstatSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { AgentError, messageOf } from './errors.ts'
import type { Platform } from './platform.ts'

/**
 * Makes a directory that only this user can enter, or checks that an existing one is so. Returns its real path.
 * Throws an `AgentError` when it belongs to somebody else: whatever lies in it could be theirs.
 */
export function privateDirectory(path: string, platform: Pick<Platform, 'os' | 'uid'>): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const real = realpathSync(path)
    const stat = lstatSync(real)
    if (!stat.isDirectory()) throw new Error('it is not a directory')
    if (platform.os === 'win32') return real
    if (platform.uid !== undefined && platform.uid !== 0 && stat.uid !== platform.uid) throw new Error(`it belongs to user ${stat.uid}`)
    if ((stat.mode & 0o077) !== 0) chmodSync(real, 0o700)
    return real
  } catch (error) {
    throw new AgentError(
      'usage',
      `The directory \`${path}\` cannot be used as a private directory (${messageOf(error)}), so nothing was started and nothing is protected. Name another one with --state.`,
      error,
    )
  }
}

/** Replaces a file in one step, readable by this user only. Either the old or the new content is there, never a part. */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      // A full disk may take a part and say nothing; this goes on until all is written or it fails.
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubError } from './errors.ts'

/** The hub's own folder. Nobody but its user may look in. */
export interface StateDirectory {
  readonly path: string
  file(...parts: readonly string[]): string
}

export function openStateDirectory(path: string): StateDirectory {
  try {
    makePrivate(path)
    for (const folder of ['ca', 'keys']) makePrivate(join(path, folder))
  } catch (cause) {
    throw new HubError(
      {
        code: 'state-directory',
        status: 500,
        detail: `The state directory \`${path}\` cannot be used.`,
        protection: 'Agents keep deciding from their last good bundle; the hub does not start.',
        remedy: 'Give its user write access, or choose another folder with --state.',
      },
      cause,
    )
  }
  return { path, file: (...parts) => join(path, ...parts) }
}

function makePrivate(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}

/** Writes a 0600 file that is either the old one or the whole new one, also after a power cut. */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
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

export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

export function removeFile(path: string): void {
  rmSync(path, { force: true })
}

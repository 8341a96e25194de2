/** Another program's configuration file, read and written with care. */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { messageOf, systemCode } from '../../platform/errors.ts'
import { Unsafe } from './edit/change.ts'

const MOST_BYTES = 8 * 1024 * 1024
const BOM = '\uFEFF'

export interface ConfigFile {
  /** As it was named. */
  readonly path: string
  /** Where its bytes are: behind symbolic links. */
  readonly target: string
  /** Absent when there is no file. */
  readonly bytes: Buffer | undefined
  /** Without a byte order mark. */
  readonly text: string
  readonly bom: boolean
}

/** Reads a file that may be edited. Throws an `Unsafe` on one that must be left alone. */
export function readConfig(path: string): ConfigFile {
  const target = targetOf(path)
  const bytes = read(target)
  if (bytes === undefined) return { path, target, bytes, text: '', bom: false }
  const all = decode(bytes)
  const bom = all.startsWith(BOM)
  return { path, target, bytes, text: bom ? all.slice(1) : all, bom }
}

/** The bytes of a file whose text changed. */
export function encoded(file: ConfigFile, text: string): Buffer {
  return Buffer.from(file.bom ? BOM + text : text)
}

/** Puts bytes in the place of those that were read, all at once. Throws an `Unsafe` when somebody else changed the file meanwhile. */
export function replaceConfig(file: ConfigFile, bytes: Buffer, mode?: number): void {
  const { target } = file
  const stat = statSync(target, { throwIfNoEntry: false })
  mkdirSync(dirname(target), { recursive: true })
  const beside = join(dirname(target), `.${basename(target)}.assize-${randomBytes(6).toString('hex')}`)
  try {
    const descriptor = openSync(beside, 'wx', mode ?? (stat === undefined ? 0o644 : stat.mode & 0o7777))
    try {
      writeFileSync(descriptor, bytes)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    if (stat !== undefined && process.getuid?.() === 0) chownSync(beside, stat.uid, stat.gid)
    if (mode !== undefined || stat !== undefined) chmodSync(beside, mode ?? (stat?.mode ?? 0) & 0o7777)
    if (!sameBytes(read(target), file.bytes)) throw new Unsafe('another program changed it at the same moment; try again')
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

export function sameBytes(left: Buffer | undefined, right: Buffer | undefined): boolean {
  return left === undefined || right === undefined ? left === right : left.equals(right)
}

function targetOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw new Unsafe(`it cannot be reached (${systemCode(error) || messageOf(error)})`)
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) throw new Unsafe('it is a link to a file that is not there')
    return path
  }
}

function read(target: string): Buffer | undefined {
  const stat = statSync(target, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  if (!stat.isFile()) throw new Unsafe('it is no plain file')
  if (stat.size > MOST_BYTES) throw new Unsafe('it is too large')
  if (stat.nlink > 1) throw new Unsafe('it has more than one name (hard links), and a new file would part them')
  if ((stat.mode & 0o200) === 0) throw new Unsafe('it is read-only; make it writable first if it may be changed')
  try {
    accessSync(target, constants.R_OK | constants.W_OK)
    return readFileSync(target)
  } catch (error) {
    throw new Unsafe(`this user may not change it (${systemCode(error) || messageOf(error)})`)
  }
}

function decode(bytes: Buffer): string {
  try {
    // The mark stays in the text: it has to come back.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (text.includes('\u0000')) throw new Unsafe('it holds zero bytes')
    return text
  } catch (error) {
    throw error instanceof Unsafe ? error : new Unsafe('it is not UTF-8')
  }
}

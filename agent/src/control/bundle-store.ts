import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from '../platform/private-file.ts'
import type { BundleOffer } from './control-messages.ts'

const versionsSchema = z.object({
  /** Highest version ever in force: an agent never goes back by itself. */
  highest: z.number().int().nonnegative(),
  active: z
    .string()
    .regex(/^[0-9]{1,15}-[0-9a-f]{16}$/)
    .nullable(),
  previous: z
    .string()
    .regex(/^[0-9]{1,15}-[0-9a-f]{16}$/)
    .nullable(),
  /** When the active bundle came into force, milliseconds since 1970. */
  activatedAt: z.number().optional(),
  /** The bundle that was taken back, so that it is called so when it is offered again. */
  takenBack: z.object({ hash: z.string(), name: z.string(), version: z.number(), detail: z.string() }).optional(),
})
export type Versions = z.infer<typeof versionsSchema>

/** A bundle as it was offered and fetched. */
export interface StoredBundle {
  readonly manifest: Uint8Array
  readonly signatures: BundleOffer['signatures']
  readonly files: ReadonlyMap<string, Uint8Array>
}

const NAME = /^[0-9]+-[0-9a-f]{16}$/
const NOTHING: Versions = { highest: 0, active: null, previous: null }
const LARGEST_FILE = 8 * 1024 * 1024

/** Keeps the bundle in force and the one before it on disk. Every change is one rename: a crash leaves the old or the new. */
export class BundleStore {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  }

  /** A damaged record is replaced by what lies on disk: bundles are signed, so the newest of them may be believed. */
  versions(): Versions {
    try {
      return versionsSchema.parse(JSON.parse(readFileSync(this.#versionsPath(), 'utf8')))
    } catch {
      if (!existsSync(this.#versionsPath())) return NOTHING
      const [active = null, previous = null] = this.#stored()
      return { highest: active === null ? 0 : versionOf(active), active, previous }
    }
  }

  /** Reads a stored bundle; undefined when it is not whole. */
  read(name: string): StoredBundle | undefined {
    try {
      const directory = join(this.#directory, name)
      const signatures = z
        .array(z.object({ keyId: z.string(), signature: z.string() }))
        .parse(JSON.parse(readFileSync(join(directory, 'signatures.json'), 'utf8')))
      const paths = readdirSync(join(directory, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      const root = join(directory, 'files')
      const files = new Map(
        paths.map((entry) => [
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .replaceAll('\\', '/'),
          readBounded(join(entry.parentPath, entry.name)),
        ]),
      )
      return {
        manifest: readBounded(join(directory, 'manifest.json')),
        signatures: signatures.map(({ keyId, signature }) => ({ keyId, signature: Buffer.from(signature, 'base64') })),
        files,
      }
    } catch {
      return undefined
    }
  }

  /** Writes a bundle to disk, whole or not at all. */
  write(name: string, bundle: StoredBundle): void {
    const directory = join(this.#directory, name)
    const temporary = `${directory}.tmp`
    rmSync(temporary, { recursive: true, force: true })
    writeDurably(join(temporary, 'manifest.json'), bundle.manifest)
    writeDurably(
      join(temporary, 'signatures.json'),
      Buffer.from(
        JSON.stringify(bundle.signatures.map(({ keyId, signature }) => ({ keyId, signature: Buffer.from(signature).toString('base64') }))),
      ),
    )
    for (const [path, bytes] of bundle.files) writeDurably(join(temporary, 'files', path), bytes)
    rmSync(directory, { recursive: true, force: true })
    renameSync(temporary, directory)
  }

  /** Says which bundle is in force, and forgets all but it and the one before. */
  commit(versions: Versions): void {
    writePrivateFile(this.#versionsPath(), JSON.stringify(versions))
    const kept = new Set([versions.active, versions.previous, 'versions.json'])
    for (const name of readdirSync(this.#directory))
      if (!kept.has(name) && /^[0-9]+-[0-9a-f]{16}(\.tmp)?$/.test(name))
        rmSync(join(this.#directory, name), { recursive: true, force: true })
  }

  #versionsPath(): string {
    return join(this.#directory, 'versions.json')
  }

  /** Names of the stored bundles, newest first. */
  #stored(): readonly string[] {
    return readdirSync(this.#directory)
      .filter((name) => NAME.test(name))
      .sort((left, right) => versionOf(right) - versionOf(left))
  }
}

function versionOf(name: string): number {
  return Number(name.split('-')[0])
}

/** Name of a bundle's directory. */
export function bundleName(version: number, manifestHash: string): string {
  return `${version}-${manifestHash.slice(0, 16)}`
}

function readBounded(path: string): Uint8Array {
  if (statSync(path).size > LARGEST_FILE) throw new Error('a stored file is too large')
  return readFileSync(path)
}

function writeDurably(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'w', 0o600)
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

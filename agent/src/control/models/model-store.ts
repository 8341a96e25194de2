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
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { ModelFiles } from '@assize/inference'
import { z } from 'zod'
import { systemCode } from '../../platform/errors.ts'
import { writePrivateFile } from '../../platform/private-file.ts'

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}-[0-9]{1,15}-[0-9a-f]{16}$/
const nameSchema = z.string().regex(NAME).nullable()
const useSchema = z.object({
  /** Scores count. Nothing means the model that ships with the agent. */
  active: nameSchema,
  /** Was active before; what a roll-back returns to. */
  previous: nameSchema,
  /** Scores are recorded beside the active one's and count for nothing. */
  shadow: nameSchema,
  /** Keys an administrator of this machine named, beside those pinned at enrolment. */
  keys: z
    .array(z.object({ keyId: z.string(), publicKey: z.string() }))
    .max(16)
    .default([]),
  /** Those of the models in use that came from the hub: it may take them back. */
  fromHub: z.array(z.string().regex(NAME)).max(8).default([]),
  /** Highest release of the hub's that was ever active here: the hub cannot go back to an older one. */
  highest: z.number().int().nonnegative().default(0),
  /** When the active one came into use, milliseconds since 1970. */
  activatedAt: z.number().nullable().default(null),
  /** The release this machine took back by itself, so that it is called so when it is offered again. */
  takenBack: z.object({ hash: z.string(), name: z.string(), version: z.number(), detail: z.string() }).nullable().default(null),
})
export type ModelUse = z.infer<typeof useSchema>

const NOTHING: ModelUse = {
  active: null,
  previous: null,
  shadow: null,
  keys: [],
  fromHub: [],
  highest: 0,
  activatedAt: null,
  takenBack: null,
}

/** Keeps the models in use on disk, as they came, signatures included. Every change of use is one rename. */
export class ModelStore {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  use(): ModelUse {
    try {
      return useSchema.parse(JSON.parse(readFileSync(this.#usePath, 'utf8')))
    } catch {
      // Never written, or damaged, which `problem` tells: the model that ships with the agent needs no record. What lies here still
      // says how far the hub has come.
      return { ...NOTHING, highest: Math.max(0, ...this.stored().map((name) => Number(name.split('-').at(-2)))) }
    }
  }

  /** Why the record of what is used cannot be read; empty where it can, or where none was written. */
  problem(): string {
    try {
      useSchema.parse(JSON.parse(readFileSync(this.#usePath, 'utf8')))
      return ''
    } catch (error) {
      return systemCode(error) === 'ENOENT' ? '' : damaged(this.#usePath)
    }
  }

  /** Folder of a stored bundle. */
  path(name: string): string {
    if (!NAME.test(name)) throw new Error(`${name.slice(0, 80)} is no name of a stored model`)
    return join(this.#directory, name)
  }

  stored(): readonly string[] {
    if (!existsSync(this.#directory)) return []
    return readdirSync(this.#directory)
      .filter((name) => NAME.test(name))
      .sort()
  }

  /** Whole or not at all. */
  write(name: string, files: ModelFiles): void {
    const directory = this.path(name)
    const temporary = join(this.#directory, `.${name}.tmp`)
    rmSync(temporary, { recursive: true, force: true })
    mkdirSync(temporary, { recursive: true, mode: 0o700 })
    for (const [path, bytes] of files) writeDurably(join(temporary, path), bytes)
    rmSync(directory, { recursive: true, force: true })
    renameSync(temporary, directory)
  }

  /** Says what is used, and forgets every model that is not. */
  commit(use: ModelUse): void {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    const kept = new Set([use.active, use.previous, use.shadow])
    writePrivateFile(this.#usePath, JSON.stringify({ ...use, fromHub: use.fromHub.filter((name) => kept.has(name)) }))
    for (const name of this.stored()) if (!kept.has(name)) rmSync(join(this.#directory, name), { recursive: true, force: true })
  }

  get #usePath(): string {
    return join(this.#directory, 'use.json')
  }
}

function damaged(path: string): string {
  return `The record of the models in use, \`${path}\`, is damaged: the model that ships with the agent is used, and none is tried beside it. Bring the model into use again with \`assize model activate\`, or remove the file to stay with the one that ships.`
}

export function storedName(name: string, version: number, hash: string): string {
  return `${name}-${version}-${hash.slice(0, 16)}`
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

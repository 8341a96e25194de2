/** What was changed in other programs' configurations, and what it looked like before. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import { z } from 'zod'
import { AgentError } from '../../platform/errors.ts'
import { privateDirectory, writePrivateFile } from '../../platform/private-file.ts'
import type { Platform } from '../../platform/platform.ts'

const entrySchema = z.object({ at: z.array(z.string()), as: z.enum(['item', 'member']), value: z.json() })
const recordSchema = z.object({
  path: z.string(),
  apps: z.array(z.string()),
  format: z.enum(['json', 'toml', 'yaml', 'whole']),
  /** Absent when there was no file. */
  before: z.string().optional(),
  after: z.string(),
  /** Folders that were made for it, outermost first. */
  folders: z.array(z.string()),
  entries: z.array(entrySchema),
})
const ledgerSchema = z.object({ version: z.literal(1), files: z.array(recordSchema).max(1000) })
export type FileRecord = z.infer<typeof recordSchema>

export class Ledger {
  private readonly directory: string
  private files: readonly FileRecord[]

  /** Throws an `AgentError` on one that cannot be read: what it holds is the way back. */
  constructor(state: string, platform: Platform) {
    this.directory = privateDirectory(join(privateDirectory(state, platform), 'protect'), platform)
    this.files = this.read()
  }

  all(): readonly FileRecord[] {
    return this.files
  }

  find(path: string): FileRecord | undefined {
    return this.files.find((record) => record.path === path)
  }

  /** Keeps what was there before, and that it was changed. Called before the file itself is touched. */
  put(record: FileRecord, before: Buffer | undefined): void {
    if (before !== undefined && record.before !== undefined) writePrivateFile(join(this.directory, record.before), before)
    this.write([...this.files.filter(({ path }) => path !== record.path), record])
  }

  /** Folders that were made for the file and still hold another of ours go over to that one. */
  forget(path: string): void {
    const { folders = [], before: gone } = this.find(path) ?? {}
    const kept = this.files
      .filter((record) => record.path !== path)
      .map((record) => {
        const shared = folders.filter((folder) => record.path.startsWith(folder + sep) && !record.folders.includes(folder))
        return { ...record, folders: [...shared, ...record.folders] }
      })
    this.write(kept)
    if (gone !== undefined && !kept.some(({ before }) => before === gone)) rmSync(join(this.directory, gone), { force: true })
  }

  /** The bytes from before; nothing when there was no file. Throws when they are lost. */
  before({ before, path }: FileRecord): Buffer | undefined {
    if (before === undefined) return undefined
    const bytes = readFileSync(join(this.directory, before))
    if (digest(bytes) !== before) throw new AgentError('internal', `The copy of ${path} is damaged, so it cannot be put back by itself.`)
    return bytes
  }

  private read(): readonly FileRecord[] {
    const path = join(this.directory, 'ledger.json')
    if (!existsSync(path)) return []
    const parsed = ledgerSchema.safeParse(jsonOf(readFileSync(path, 'utf8')))
    if (parsed.success) return parsed.data.files
    throw new AgentError(
      'internal',
      `The list of changed files in ${path} cannot be read, so nothing was changed. The copies of what was there before lie beside it.`,
    )
  }

  private write(files: readonly FileRecord[]): void {
    writePrivateFile(join(this.directory, 'ledger.json'), JSON.stringify({ version: 1, files }, null, 2))
    this.files = files
  }
}

/** Names bytes, and is the name of their copy. */
export function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

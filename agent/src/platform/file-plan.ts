/** What is to be changed in another program's configuration, in words that do not depend on the file's format. */
import type { Json } from '@assize/kernel'

/** One thing to be put into a structured file, and to be taken out again. Parents that are missing are made. */
export interface FileEntry {
  /** Keys from the top. */
  readonly at: readonly string[]
  /** `item` is put at the end of the list there, `member` becomes the value there. */
  readonly as: 'item' | 'member'
  readonly value: Json
}

/** A file of its own that is written whole. */
export interface WholeFile {
  readonly path: string
  readonly format: 'whole'
  readonly text: string
  readonly executable?: boolean
}

export type FilePlan =
  | { readonly path: string; readonly format: 'json' | 'toml' | 'yaml'; readonly entries: readonly FileEntry[] }
  | WholeFile

/** Where on a machine configurations are looked for. */
export interface Place {
  readonly os: 'linux' | 'darwin' | 'win32'
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

import type { ParsedScript } from 'unbash'

/** A shell word after expansion, as far as that can be told without running anything. */
export interface Expanded {
  readonly text: string
  /** False when part of it is decided only at run time. */
  readonly known: boolean
  /** Unquoted pattern characters stand in it. */
  readonly glob: boolean
  /** What a substitution in it would bring in. */
  readonly flow?: Flow
  /** The elements of an array. */
  readonly items?: readonly Expanded[]
  /** A variable that is only another name for this one. */
  readonly alias?: string
}

/** What flows out of a piece of script. */
export interface Flow {
  /** Addresses whose content it carries. */
  readonly addresses: readonly string[]
  /** It decodes or decompresses something. */
  readonly decodes: boolean
  /** Its exact text, when that can be told. */
  readonly text?: string
  /** It names these files, as patterns. */
  readonly paths?: readonly Expanded[]
}

export const NO_FLOW: Flow = { addresses: [], decodes: false }

export interface Scope {
  readonly variables: Map<string, Expanded>
  /** Walks a nested script and tells what flows out of it. */
  readonly nested: (script: ParsedScript) => Flow
  /** Walks whatever a plain text holds that a shell would run when it counts with it. */
  readonly counted: (text: string) => void
  /** Told of every variable read whose value is not set here. */
  readonly free: (name: string) => void
}

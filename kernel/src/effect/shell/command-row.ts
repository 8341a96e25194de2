/**
 * What a command does with a word. `named`: an address if it has a scheme, else a file. `shell`: a text that a shell runs. `setting`:
 * `Name=value`, of which some make it run the value.
 */
export type Role = 'read' | 'write' | 'delete' | 'address' | 'named' | 'ignore' | 'package' | 'script' | 'shell' | 'setting' | 'listen'

export interface CommandRow {
  /**
   * What operands are. `copy`: the last is written, the others read. `move`: the others are deleted as well. `archive`: the first is
   * written, the others read. `shell`: together they are a text that a shell runs.
   */
  readonly operands: Role | 'copy' | 'move' | 'archive'
  /** The first operands are no files: a pattern, a mode. */
  readonly skip?: number
  /** Options that take a value, and what the value is. */
  readonly options?: Readonly<Record<string, Role>>
  /** Options after which the operands are used otherwise: `sed -i` writes. */
  readonly switches?: Readonly<Record<string, Role>>
  /** What running it does besides: a process of its own. */
  readonly runs?: 'program' | 'installer' | 'publisher' | 'privilege' | 'database' | 'environment' | 'keyring'
  /** Its output is decoded or decompressed input. */
  readonly decodes?: boolean
}

export type Rows = readonly (readonly [names: string, row: CommandRow])[]

export function ignoreOptions(names: string): Readonly<Record<string, Role>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'ignore']))
}

/** What a relative or abbreviated path is relative to. */
export interface Surroundings {
  /** Folder relative paths start from. Absolute. */
  readonly cwd?: string | undefined
  /** Folder the caller works in, whatever a script has changed to. Absolute. */
  readonly workspace?: string | undefined
  /** Absolute. */
  readonly home?: string | undefined
  readonly platform: 'posix' | 'windows'
}

/** The program that decided to act, as far as the operating system vouches for it. */
export interface App {
  /** Stable kind, such as `claude-code`; the executable's name when it is not a known one. */
  readonly name: string
  readonly version?: string
  /** SHA-256 of the executable, lower-case hex. */
  readonly binaryHash?: string
}

/** On whose behalf a call is made. Authority along `chain` only shrinks. */
export interface Principal {
  readonly tenant: string
  readonly host: string
  readonly user: string
  readonly app: App
  /** Logical session; spans gates. */
  readonly session: string
  /** Sub-agents between the session's own agent and the caller, outermost first. */
  readonly chain: readonly string[]
}

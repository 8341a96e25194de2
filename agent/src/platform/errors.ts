/** Exit codes of the command line. */
export const EXIT = { done: 0, no: 1, usage: 2, unreachable: 3, internal: 4 } as const

export type AgentErrorCode = 'usage' | 'unreachable' | 'refused' | 'internal' | 'not-executable' | 'no-such-program'

const EXIT_OF: Readonly<Record<AgentErrorCode, number>> = {
  usage: EXIT.usage,
  unreachable: EXIT.unreachable,
  refused: EXIT.no,
  internal: EXIT.internal,
  // As every shell says it of a program it was to start.
  'not-executable': 126,
  'no-such-program': 127,
}

/** An expected failure. The text says what happened, what it means for protection and what to do next; the cause is for the log. */
export class AgentError extends Error {
  readonly code: AgentErrorCode

  constructor(code: AgentErrorCode, text: string, cause?: unknown) {
    super(text, cause === undefined ? undefined : { cause })
    this.name = 'AgentError'
    this.code = code
  }

  get exit(): number {
    return EXIT_OF[this.code]
  }
}

/** What anything thrown says, in one line. A host that answers at none of its addresses says nothing but its code. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message || systemCode(thrown) : String(thrown)
}

/** The system's short name of a failure, such as `ENOENT`; empty when it has none. */
export function systemCode(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}

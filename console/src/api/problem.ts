/** What went wrong between console and hub, told so that a person knows whether machines are still protected. */
export class HubProblem extends Error {
  override readonly name = 'HubProblem'
  /** HTTP status; 0 when the hub did not answer at all. */
  readonly status: number
  /** What happened. */
  readonly title: string
  /** What it means for protection. */
  readonly protection: string
  /** What to do next. */
  readonly remedy: string

  constructor(told: { status: number; title: string; detail: string; protection: string; remedy: string }) {
    super(told.detail)
    this.status = told.status
    this.title = told.title
    this.protection = told.protection
    this.remedy = told.remedy
  }
}

const STILL_PROTECTED = 'Protection is not affected: agents decide on their own machines and keep their records until the hub takes them.'

/** The hub is not there, or something on the way swallowed the answer. */
export function unreachable(): HubProblem {
  return new HubProblem({
    status: 0,
    title: 'The hub does not answer',
    detail: 'No answer came from the hub this page was loaded from.',
    protection: STILL_PROTECTED,
    remedy: 'Check that `assize-hub serve` is running. This page tries again by itself.',
  })
}

/** Reads an RFC 9457 body; anything else still becomes a sentence. */
export function problemFrom(status: number, body: unknown): HubProblem {
  const told = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return new HubProblem({
    status,
    title: text(told['title']) ?? titleOf(status),
    detail: text(told['detail']) ?? `The hub answered with status ${status}.`,
    protection: text(told['protection']) ?? STILL_PROTECTED,
    remedy: text(told['remedy']) ?? remedyOf(status),
  })
}

export function asProblem(error: unknown): HubProblem {
  if (error instanceof HubProblem) return error
  if (error instanceof TypeError) return unreachable()
  return new HubProblem({
    status: 0,
    title: 'The console could not draw this',
    detail: error instanceof Error ? error.message : String(error),
    protection: STILL_PROTECTED,
    remedy: 'Reload the page. If it stays, export the record with `assize-hub export --format jsonl` and report it.',
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 1000) : undefined
}

function titleOf(status: number): string {
  if (status === 401) return 'You are signed out'
  if (status === 403) return 'Your role does not allow this'
  if (status === 404) return 'The hub has no such record'
  if (status === 429) return 'Too many tries'
  return 'The hub could not answer'
}

function remedyOf(status: number): string {
  if (status === 401) return 'Sign in again.'
  if (status === 403) return 'Ask an administrator for a role that may do this.'
  if (status === 404) return 'Check the address; the agent may still hold the record: `assize decisions`.'
  if (status === 429) return 'Wait a minute, then try again.'
  return 'Try again; if it stays, look at the output of `assize-hub serve`.'
}

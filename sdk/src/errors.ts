/** A call that must not run. Its message is for the model and the person: it says why, and what would let it through. */
export class CallRefused extends Error {
  readonly tool: string
  /** Machine-readable, such as `policy` or `unreachable`. */
  readonly reasons: readonly string[]

  constructor(tool: string, text: string, reasons: readonly string[]) {
    super(text)
    this.name = 'CallRefused'
    this.tool = tool
    this.reasons = reasons
  }
}

/** The agent gave no decision that can be trusted. Nothing runs without one. */
export class NoDecision extends Error {
  constructor(why: string, cause?: unknown) {
    super(
      `The Assize agent gave no decision (${why}), so the call did not run. See that it runs (\`assize status\`) and listens for programs (\`sense.acs.port\`, or ASSIZE_DECISION_API=7311).`,
      cause === undefined ? undefined : { cause },
    )
    this.name = 'NoDecision'
  }
}

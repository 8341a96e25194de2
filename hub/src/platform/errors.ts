/** What can go wrong in the hub, in words meant for the person who meets it. */

export interface HubErrorText {
  /** Stable, kebab-case; last part of the problem's type. */
  readonly code: string
  /** HTTP status it becomes. */
  readonly status: number
  /** What happened. One sentence, no internals. */
  readonly detail: string
  /** What it means for protection on the machines. */
  readonly protection?: string
  /** What to do next. */
  readonly remedy?: string
}

/** An expected failure with a public text; `cause` stays private. */
export class HubError extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly protection: string | undefined
  readonly remedy: string | undefined

  constructor(text: HubErrorText, cause?: unknown) {
    super([text.detail, text.protection, text.remedy].filter(Boolean).join(' '), cause === undefined ? {} : { cause })
    this.name = 'HubError'
    this.code = text.code
    this.status = text.status
    this.detail = text.detail
    this.protection = text.protection
    this.remedy = text.remedy
  }
}

export function isHubError(error: unknown): error is HubError {
  return error instanceof HubError
}

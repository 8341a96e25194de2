/** Evidence, never a verdict. */
export interface Finding {
  readonly detector: string
  readonly version: string
  /** What was seen, such as `secret.aws-access-key`, `text.invisible-characters`, `tool.definition-drift`. */
  readonly kind: string
  /** 0 to 1. */
  readonly score: number
  /** Where it stands: an argument's JSON pointer, or a source id. */
  readonly where: string
  /** [start, end) there, UTF-16 code units. */
  readonly span: readonly [number, number]
  /** In plain words; never the secret itself. */
  readonly detail: string
}

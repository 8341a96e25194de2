/** Who stands behind a text. Ordered from most to least trusted; a mixture has the least trusted label of its parts. */
export const INTEGRITY = ['system', 'user', 'internal', 'untrusted'] as const
export type Integrity = (typeof INTEGRITY)[number]

/** Who may read a text. Ordered from least to most confidential; a mixture has the most confidential label of its parts. */
export const CONFIDENTIALITY = ['public', 'internal', 'secret'] as const
export type Confidentiality = (typeof CONFIDENTIALITY)[number]

export interface Labels {
  readonly integrity: Integrity
  readonly confidentiality: Confidentiality
}

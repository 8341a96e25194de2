/** A bundle to consider, as the hub offers it. Nothing in it is trusted before its signature is checked. */
export interface BundleOffer {
  readonly kind: 'policy' | 'model' | 'antibody'
  readonly manifest: Uint8Array
  readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array }[]
}

/** What became of a bundle. */
export interface BundleReport {
  readonly kind: 'policy' | 'model' | 'antibody'
  readonly status: 'active' | 'refused' | 'rolled-back'
  readonly name: string
  readonly version: number
  readonly manifestHash: string
  /** Stable; empty for a bundle in force. */
  readonly code: string
  readonly detail: string
  readonly activeVersion: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A question that a person at the hub may answer. */
export interface ApprovalQuestion {
  readonly approvalId: string
  readonly decisionId: string
  readonly question: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

export interface ApprovalResolution {
  readonly approvalId: string
  readonly resolution: 'approved' | 'denied' | 'expired'
  readonly resolvedBy: string
}

/** A person's answer, given at the hub. */
export interface ApprovalAnswer {
  readonly approvalId: string
  readonly approved: boolean
  readonly scope: 'once' | 'session' | 'always'
  readonly answeredBy: string
}

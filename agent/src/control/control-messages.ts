/** A bundle to consider, as the hub offers it. Nothing in it is trusted before its signature is checked. */
export interface BundleOffer {
  readonly kind: 'policy' | 'model' | 'antibody'
  readonly manifest: Uint8Array
  readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array }[]
  /** Of a model: what it reads, and how to use it. */
  readonly task?: string
  readonly use?: ModelPlace
}

/** `active`: its scores count. `shadow`: they are counted and used for nothing. */
export type ModelPlace = 'active' | 'shadow'

/** The hub does not want a model in use any more. */
export interface BundleWithdrawal {
  readonly kind: BundleOffer['kind']
  readonly task: string
  readonly manifestHash: string
}

/** What became of a bundle. */
export interface BundleReport {
  readonly kind: 'policy' | 'model' | 'antibody'
  readonly status: 'active' | 'shadow' | 'refused' | 'rolled-back'
  readonly name: string
  readonly version: number
  readonly manifestHash: string
  /** Stable; empty for a bundle in force. */
  readonly code: string
  readonly detail: string
  readonly activeVersion: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Of a model: what it reads. */
  readonly task?: string
}

/** One model and how it fared since the agent started. */
export interface ModelInUse {
  readonly name: string
  /** On its card. */
  readonly version: number
  /** Empty for the model that ships with the agent. */
  readonly manifestHash: string
  readonly scored: number
  readonly flagged: number
  /** Milliseconds per thousand characters. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly drifted: readonly string[]
}

/** What runs for one task. */
export interface ModelReport {
  readonly task: string
  /** What the configuration of this machine lets models do. */
  readonly mode: 'off' | 'shadow' | 'on'
  readonly active: ModelInUse | undefined
  readonly shadow: ModelInUse | undefined
  readonly comparison: ModelComparison | undefined
  readonly problems: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
}

/** How the active model and the one in the shadow judged the same texts. */
export interface ModelComparison {
  readonly compared: number
  readonly both: number
  readonly onlyActive: number
  readonly onlyShadow: number
  readonly missed: number
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

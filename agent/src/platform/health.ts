/** How far one AI application is governed. */
export interface AppCoverage {
  readonly app: string
  readonly state: 'protected' | 'partial' | 'unprotected'
  /** Why, in a sentence. */
  readonly reason: string
  readonly gate: string
  /** Milliseconds since 1970; absent for never. */
  readonly lastDecisionAt?: number
}

export interface ListeningPort {
  readonly address: string
  readonly port: number
}

/** A known AI process. Never carries its arguments. */
export interface ProcessSighting {
  readonly pid: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly kind: string
  readonly executable: string
  readonly ports: readonly ListeningPort[]
  readonly user: string
  /** Risky options, in plain words. */
  readonly exposures: readonly string[]
}

export interface ModelFileSighting {
  readonly path: string
  readonly format: 'gguf' | 'safetensors' | 'onnx' | 'pickle'
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
  readonly name: string
  readonly architecture: string
  /** What is wrong with it, in plain words. */
  readonly problems: readonly string[]
}

/** Everything a person must know about this agent, as the agent itself sees it. */
export interface Health {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly uptimeMs: number
  readonly policy: {
    readonly name: string
    /** 0 while no bundle of the hub's is in force. */
    readonly version: number
    readonly hash: string
    /** Where this machine's own rules lie, while they and no pack that ships are in force. */
    readonly folder?: string
  }
  readonly unshipped: { readonly entries: number; readonly bytes: number }
  readonly coverage: readonly AppCoverage[]
  readonly processes: readonly ProcessSighting[]
  readonly modelFiles: readonly ModelFileSighting[]
  /** Plain sentences; empty when nothing is wrong. */
  readonly problems: readonly string[]
  readonly rssBytes: number
  readonly safeMode: boolean
}

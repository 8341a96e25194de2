/** How a machine is, as its agent last said; kept as JSON, already cut to size by ingest. Times are milliseconds since 1970. */
export interface AgentHealth {
  readonly at: number
  readonly uptimeMs: number
  readonly policy: { readonly name: string; readonly version: number; readonly hash: string }
  readonly unshippedEntries: number
  readonly unshippedBytes: number
  readonly coverage: readonly {
    readonly app: string
    readonly state: 'protected' | 'partial' | 'unprotected'
    readonly reason: string
    readonly gate: string
    readonly lastDecisionAt: number
  }[]
  readonly processes: readonly {
    readonly pid: number
    readonly startedAt: number
    readonly kind: string
    readonly executable: string
    readonly user: string
    readonly ports: readonly { readonly address: string; readonly port: number }[]
    readonly exposures: readonly string[]
  }[]
  readonly modelFiles: readonly {
    readonly path: string
    readonly format: string
    readonly size: number
    readonly modifiedAt: number
    readonly name: string
    readonly architecture: string
    readonly problems: readonly string[]
  }[]
  readonly problems: readonly string[]
  readonly rssBytes: number
  readonly safeMode: boolean
  /** Agent clock minus hub clock. */
  readonly clockSkewMs: number
}

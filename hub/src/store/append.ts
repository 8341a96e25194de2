/** The one way facts get in: verified segments of agents' chains. Only ingest may import this. */

/** A batch as it came over the wire, from an agent whose certificate was checked. */
export interface AppendRequest {
  readonly tenant: string
  readonly agent: string
  /** The agent's key, SPKI DER; the batch's head must be signed with it. */
  readonly publicKey: Uint8Array
  /** An encoded telemetry request that holds a batch. */
  readonly message: Uint8Array
  /** Milliseconds since 1970. */
  readonly receivedAt: number
}

export type AppendResult =
  | {
      readonly ok: true
      readonly epoch: number
      /** Everything up to here is durable. */
      readonly acked: number
      /** Entries that were new. */
      readonly stored: number
      readonly decisions: number
      /** Entries that were there already. */
      readonly duplicates: number
    }
  | { readonly ok: false; readonly code: AppendRefusal; readonly detail: string }

/** Why a batch was refused. Nothing of a refused batch is stored. */
export type AppendRefusal =
  | 'malformed'
  | 'too-large'
  | 'gap'
  | 'broken-link'
  | 'wrong-hash'
  | 'fork'
  | 'bad-signature'
  | 'undeclared-drop'
  | 'body-mismatch'
  | 'unknown-agent'

export interface StoreAppend {
  /** Resolves after the durable commit, or with the reason nothing was stored. Rejects when the store itself failed. */
  append(request: AppendRequest): Promise<AppendResult>
  /** Highest contiguous seq held of an epoch; 0 for none. */
  acked(tenant: string, agent: string, epoch: number): Promise<number>
}

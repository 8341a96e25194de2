import type { Source } from '../provenance/derivation.ts'
import type { Request } from './requests.ts'

/** A request that stands in outside text. */
export interface Asked {
  readonly request: Request
  readonly source: Source
  /** Rank of its text in the session. */
  readonly order: number
}

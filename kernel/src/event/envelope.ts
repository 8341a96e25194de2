/** What an operator allows of the calls to a machine: which there are, and how far their numbers may go. */

/** Bounds of one number of a message. */
export interface FieldBounds {
  readonly min: number
  readonly max: number
  /** For people, such as `m/s`. */
  readonly unit?: string
}

export interface Envelope {
  /** False: the operator listed nothing like this call. */
  readonly listed: boolean
  /** Types of the message, where both are known: as it was listed, and as the call says. */
  readonly types?: readonly [listed: string, called: string]
  /** By the way to it, such as `linear.x` or `points[].velocities[]`. */
  readonly fields?: Readonly<Record<string, FieldBounds>>
  /** What numbers may be that have no bounds: 0 and nothing else, or any. */
  readonly others?: 'zero' | 'any'
  /** How many of the same there were in the last second, this one included, and how many there may be. */
  readonly rate?: { readonly count: number; readonly most: number }
}

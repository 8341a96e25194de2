/** The ground every stage of the hub stands on: time, secrets, files, certificates, the gRPC door and the event log. */

/** Time as the hub sees it; passed in so that tests can own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

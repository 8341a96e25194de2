import { status } from '@grpc/grpc-js'

/** A call's end with a status the caller may see. */
export class GrpcFailure extends Error {
  readonly code: status
  readonly details: string

  constructor(code: status, details: string) {
    super(details)
    this.name = 'GrpcFailure'
    this.code = code
    this.details = details
  }
}

/** What to answer for any thrown value; unknown ones reveal nothing. */
export function asGrpcFailure(error: unknown): GrpcFailure {
  if (error instanceof GrpcFailure) return error
  return new GrpcFailure(status.UNAVAILABLE, 'The hub could not do this now. Nothing was lost: try again in a moment.')
}

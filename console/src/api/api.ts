/** The one way from the console to the hub, typed by the hub's own OpenAPI document. */

import createClient from 'openapi-fetch'
import { problemFrom, unreachable } from './problem.ts'
import type { paths } from './schema.d.ts'

export const hub = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  querySerializer: { array: { style: 'form', explode: true } },
})

interface Reply<Body> {
  readonly data?: Body
  readonly error?: unknown
  readonly response: Response
}

/** The body of a good answer; everything else throws `HubProblem`. */
export async function answer<Body>(request: Promise<Reply<Body>>): Promise<Body> {
  const reply = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw unreachable()
  })
  if (!reply.response.ok) throw problemFrom(reply.response.status, reply.error)
  return reply.data as Body
}

/** Who may call a gate that listens at all: programs on this machine, and of web pages only those that are allowed. */
import type { IncomingMessage } from 'node:http'

export interface Refusal {
  readonly status: number
  readonly text: string
}

export interface Door {
  /** The gate's own. */
  readonly port: number
  /** Origins of web pages that may call it. */
  readonly origins: ReadonlySet<string>
  /** Where in the configuration they stand. */
  readonly setting: string
}

/** A page that resolves its own name to this machine sends that name as Host, and its own as Origin. */
export function refusalOf({ headers }: IncomingMessage, { port, origins, setting }: Door): Refusal | undefined {
  const host = headers.host?.toLowerCase()
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}` && host !== `[::1]:${port}`)
    return { status: 421, text: 'This gateway answers to 127.0.0.1 and localhost only. Nothing was forwarded. Call it under that name.' }
  const { origin } = headers
  if (origin !== undefined && !origins.has(origin))
    return {
      status: 403,
      text: `Web pages of ${origin.slice(0, 200)} may not call this gateway. Nothing was forwarded. Allow the origin under ${setting} if you trust the page.`,
    }
  return undefined
}

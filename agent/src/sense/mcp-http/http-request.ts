import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'

export interface HttpRequest {
  readonly method: 'POST' | 'GET' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  readonly signal: AbortSignal
}

// Calls may take hours and streams stay silent for days: no request here has a time limit of its own, as `fetch` would have.
const AGENTS = {
  'http:': new PlainAgent({ keepAlive: true, noDelay: true }),
  'https:': new SecureAgent({ keepAlive: true, noDelay: true }),
}

/** Resolves once the response's head is there. Redirects are answers like any other: a token never goes to another place. */
export function httpRequest(url: URL, { method, headers, body, signal }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:'
    const options = {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(body.length) }) },
      agent: AGENTS[secure ? 'https:' : 'http:'],
      signal,
    }
    const started = secure ? secureRequest(url, options, resolve) : plainRequest(url, options, resolve)
    started.on('error', reject)
    started.end(body)
  })
}

export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

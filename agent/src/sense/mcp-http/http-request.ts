import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'

export interface HttpRequest {
  readonly method: 'POST' | 'GET' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Ends with its time. */
  readonly patienceMs?: number
}

// Calls may take hours and streams stay silent for days: no request here has a time limit of its own, as `fetch` would have.
const AGENTS = {
  'http:': new PlainAgent({ keepAlive: true, noDelay: true }),
  'https:': new SecureAgent({ keepAlive: true, noDelay: true }),
}

/** One server, and the requests to it that are under way. */
export class HttpServer {
  private readonly secure: boolean
  private readonly options: { readonly hostname: string; readonly port: string; readonly path: string; readonly auth?: string }
  private readonly open = new Set<ClientRequest>()

  constructor(url: URL) {
    this.secure = url.protocol === 'https:'
    const auth =
      url.username === '' && url.password === '' ? {} : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }
    this.options = { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port, path: `${url.pathname}${url.search}`, ...auth }
  }

  /** Resolves once the response's head is there. Redirects are answers like any other: a token never goes to another place. */
  request({ method, headers, body, patienceMs }: HttpRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = {
        ...this.options,
        method,
        headers: body === undefined ? headers : { ...headers, 'content-length': String(body.length) },
        agent: AGENTS[this.secure ? 'https:' : 'http:'],
        ...(patienceMs === undefined ? {} : { signal: AbortSignal.timeout(patienceMs) }),
      }
      const started = this.secure ? secureRequest(options, resolve) : plainRequest(options, resolve)
      this.open.add(started)
      started.on('close', () => this.open.delete(started))
      started.on('error', reject)
      started.end(body)
    })
  }

  /** Ends whatever is under way, answers included. */
  hangUp(): void {
    for (const request of this.open) request.destroy()
  }
}

/** All of a body. Rejects when it is longer than allowed, or breaks off. */
export function wholeBody(body: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    body.on('data', (part: Buffer) => {
      length += part.length
      parts.push(part)
      if (length > most) body.destroy(new Error('its answer is too long'))
    })
    body.on('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)))
    body.on('error', reject)
    body.on('close', () => reject(new Error('its answer broke off')))
  })
}

export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

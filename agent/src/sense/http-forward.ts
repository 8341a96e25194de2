/** Carries a request to its server, as it is but for what speaks about one connection. */
import {
  Agent as PlainAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as plainRequest,
} from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { AnswerTaker } from './http-exchange.ts'
import { Connections } from './http-connections.ts'

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export interface Forwarding {
  readonly method: string
  readonly origin: URL
  /** Path and question. */
  readonly target: string
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer | undefined
  /** Calls its listener when the client gives up. */
  readonly abandoned: (listener: () => void) => void
}

/** Connections to servers, kept open between requests. Calls may take hours and streams stay silent for days: nothing here has a time limit. */
export class Forwarder {
  private readonly plain = new PlainAgent({ keepAlive: true, noDelay: true, maxSockets: 256 })
  private readonly secure = new SecureAgent({ keepAlive: true, noDelay: true, maxSockets: 256 })
  private readonly connections = new Connections({ silentMs: 0 })

  /** As `open`, for an answer that is taken as it comes. Throws for what cannot be asked. */
  ask({ headers, ...more }: Forwarding, taker: AnswerTaker): void {
    // What carries a message may have been carried out before the connection broke.
    const again = more.body === undefined
    this.connections.ask({ ...more, headers: { ...headers, 'accept-encoding': 'identity' }, again }, taker)
  }

  /** Resolves with the answer's head. Rejects when the server cannot be reached, or the client gave up. Follows no redirect. */
  open({ method, origin, target, headers, body, abandoned }: Forwarding): Promise<IncomingMessage> {
    const isSecure = origin.protocol === 'https:'
    const own: OutgoingHttpHeaders = { ...headers, host: origin.host, 'accept-encoding': 'identity' }
    if (body === undefined) delete own['content-length']
    else own['content-length'] = body.length
    const options = {
      method,
      hostname: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port,
      path: target,
      headers: own,
      agent: isSecure ? this.secure : this.plain,
    }
    return new Promise((resolve, reject) => {
      const question = (isSecure ? secureRequest : plainRequest)(options, resolve)
      question.on('error', reject)
      abandoned(() => question.destroy())
      question.end(body)
    })
  }

  close(): void {
    this.connections.close()
    this.plain.destroy()
    this.secure.destroy()
  }
}

/** Headers for the other side of a proxy. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { connection = '' } = headers
  const named = connection === '' || connection === 'keep-alive' ? NONE : new Set(connection.toLowerCase().split(/[\s,]+/))
  const kept: OutgoingHttpHeaders = {}
  for (const name in headers) if (!HOP_BY_HOP.has(name) && !named.has(name)) kept[name] = headers[name]
  return kept
}

const NONE: ReadonlySet<string> = new Set()

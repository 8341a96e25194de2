/** Passes a request to its upstream and brings the answer back, as it is but for what is read on the way. */
import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** These speak about one connection, not about the message. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
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
  readonly target: string
  readonly headers: IncomingHttpHeaders
  /** The whole body, or the request it streams from. */
  readonly body: Buffer | IncomingMessage
  /** The answer will be read, so it must come unpacked. */
  readonly read: boolean
  /** Calls its listener when the client gives up. */
  readonly abandoned: (listener: () => void) => void
}

/** Connections to upstreams, kept open between requests. */
export class Forwarder {
  private readonly http = new HttpAgent({ keepAlive: true, maxSockets: 256 })
  private readonly https = new HttpsAgent({ keepAlive: true, maxSockets: 256 })

  /** Resolves with the answer's head. Rejects when the upstream cannot be reached, or the client gave up. Follows no redirect. */
  open(forwarding: Forwarding): Promise<IncomingMessage> {
    const { method, origin, target, headers, body, read, abandoned } = forwarding
    const secure = origin.protocol === 'https:'
    const options = {
      method,
      hostname: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port,
      path: target,
      headers: forwarded(headers, origin, { body, read }),
      agent: secure ? this.https : this.http,
    }
    return new Promise((resolve, reject) => {
      const question = (secure ? httpsRequest : httpRequest)(options, resolve)
      question.on('error', reject)
      abandoned(() => question.destroy())
      if (Buffer.isBuffer(body)) question.end(body)
      else body.on('error', (error) => question.destroy(error)).pipe(question)
    })
  }

  close(): void {
    this.http.destroy()
    this.https.destroy()
  }
}

function forwarded(headers: IncomingHttpHeaders, origin: URL, { body, read }: Pick<Forwarding, 'body' | 'read'>): OutgoingHttpHeaders {
  const kept = endToEnd(headers)
  kept['host'] = origin.host
  if (read) kept['accept-encoding'] = 'identity'
  if (Buffer.isBuffer(body)) kept['content-length'] = body.length
  else if (headers['content-length'] === undefined && headers['transfer-encoding'] !== undefined) kept['transfer-encoding'] = 'chunked'
  return kept
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

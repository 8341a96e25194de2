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
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  /** The whole body, or the request it streams from. */
  readonly body: Buffer | IncomingMessage
  /** The answer will be read, so it must come unpacked. */
  readonly read: boolean
  readonly abandoned: AbortSignal
}

/** Connections to upstreams, kept open between requests. */
export class Upstreams {
  private readonly http = new HttpAgent({ keepAlive: true, maxSockets: 256 })
  private readonly https = new HttpsAgent({ keepAlive: true, maxSockets: 256 })

  /** Resolves with the answer's head. Rejects when the upstream cannot be reached, or the client gave up. Follows no redirect. */
  open({ method, url, headers, body, read, abandoned }: Forwarding): Promise<IncomingMessage> {
    const secure = url.protocol === 'https:'
    const options = { method, headers: forwarded(headers, url, { body, read }), agent: secure ? this.https : this.http, signal: abandoned }
    return new Promise((resolve, reject) => {
      const question = (secure ? httpsRequest : httpRequest)(url, options, resolve)
      question.on('error', reject)
      question.setNoDelay(true)
      if (Buffer.isBuffer(body)) question.end(body)
      else body.on('error', (error) => question.destroy(error)).pipe(question)
    })
  }

  close(): void {
    this.http.destroy()
    this.https.destroy()
  }
}

function forwarded(headers: IncomingHttpHeaders, url: URL, { body, read }: Pick<Forwarding, 'body' | 'read'>): OutgoingHttpHeaders {
  const kept: OutgoingHttpHeaders = { ...endToEnd(headers), host: url.host }
  if (read) kept['accept-encoding'] = 'identity'
  if (Buffer.isBuffer(body)) kept['content-length'] = body.length
  else if (headers['content-length'] === undefined && headers['transfer-encoding'] !== undefined) kept['transfer-encoding'] = 'chunked'
  return kept
}

/** Headers for the other side of a proxy. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name)))
}

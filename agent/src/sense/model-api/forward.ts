/** Passes a request to its upstream and brings the answer back, as it is but for what is read on the way. */
import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
} from 'node:http'
import type { Socket } from 'node:net'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

import type { AnswerTaker } from '../http-exchange.ts'
import { Connections } from '../http-connections.ts'

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

const CLOSING_MS = 90_000

export interface Forwarding<Body> {
  readonly method: string
  readonly origin: URL
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: Body
  /** Calls its listener when the client gives up. */
  readonly abandoned: (listener: () => void) => void
}

/** Connections to upstreams, kept open between requests. */
export class Forwarder {
  /** For answers that are read. */
  private readonly connections: Connections
  /** A model server that says nothing for so long is given up. */
  private readonly silentMs: number
  private readonly http = new HttpAgent({ keepAlive: true, maxSockets: 256 })
  private readonly https = new HttpsAgent({ keepAlive: true, maxSockets: 256 })
  /** Near ends of connections, and how many there are of each. */
  private readonly ports = new Map<number, number>()
  private readonly known = new WeakSet<Socket>()

  constructor(silentMs: number) {
    this.silentMs = silentMs
    this.connections = new Connections({ silentMs, onConnect: (socket) => this.keepPort(socket) })
  }

  /** Asks for an answer that is read on its way: it comes unpacked where its server heeds that. Throws for what cannot be asked. */
  ask({ headers, origin, ...more }: Forwarding<Buffer>, taker: AnswerTaker): void {
    const own = { ...endToEnd(headers), 'accept-encoding': 'identity' }
    this.connections.ask({ ...more, origin, headers: own, again: true }, taker)
  }

  /**
   * Passes on what is not read, as it streams by. Resolves with the answer's head. Rejects when the upstream cannot be reached, or the client
   * gave up. Follows no redirect.
   */
  open({ method, origin, target, headers, body, abandoned }: Forwarding<IncomingMessage>): Promise<IncomingMessage> {
    const secure = origin.protocol === 'https:'
    const options = {
      method,
      hostname: origin.hostname.replace(/^\[|\]$/g, ''),
      port: origin.port,
      path: target,
      headers: forwarded(headers, origin),
      agent: secure ? this.https : this.http,
    }
    return new Promise((resolve, reject) => {
      const question = (secure ? httpsRequest : httpRequest)(options, resolve)
      question.on('error', reject)
      question.on('socket', (socket) => this.keepPort(socket))
      question.setTimeout(this.silentMs, () => question.destroy(new Error(`it said nothing for ${Math.round(this.silentMs / 1000)} s`)))
      abandoned(() => question.destroy())
      body.on('error', (error) => question.destroy(error)).pipe(question)
    })
  }

  /** Whether a connection from this port is, or lately was, one of the gateway's own. */
  isOwn(port: number): boolean {
    return this.ports.has(port)
  }

  private keepPort(socket: Socket): void {
    const keep = () => {
      const { localPort } = socket
      if (localPort === undefined) return
      this.ports.set(localPort, (this.ports.get(localPort) ?? 0) + 1)
      // Closed connections stay in the tables of the system for a while.
      socket.once('close', () => setTimeout(() => this.forgetPort(localPort), CLOSING_MS).unref())
    }
    if (this.known.has(socket)) return
    this.known.add(socket)
    if (socket.connecting) socket.once('connect', keep)
    else keep()
  }

  private forgetPort(port: number): void {
    const left = (this.ports.get(port) ?? 1) - 1
    if (left > 0) this.ports.set(port, left)
    else this.ports.delete(port)
  }

  close(): void {
    this.connections.close()
    this.http.destroy()
    this.https.destroy()
  }
}

function forwarded(headers: IncomingHttpHeaders, origin: URL): OutgoingHttpHeaders {
  const kept = endToEnd(headers)
  kept['host'] = origin.host
  if (headers['content-length'] === undefined && headers['transfer-encoding'] !== undefined) kept['transfer-encoding'] = 'chunked'
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

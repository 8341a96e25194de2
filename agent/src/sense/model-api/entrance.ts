/** A port of the gateway: lets in whoever may call it, and passes on what they ask. */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { messageOf } from '../../platform/errors.ts'
import type { GateHost } from '../gate.ts'
import type { Callers } from '../loopback-caller.ts'
import { type Refusal, refusalOf } from '../loopback-door.ts'
import { closeServer, LOOPBACK, openOnLoopback } from '../loopback-server.ts'
import { BodyError, MOST_BODY_BYTES } from './bodies.ts'
import type { Conversations } from './conversations.ts'
import { passThrough, refuse } from './exchange.ts'
import type { Forwarder } from './forward.ts'
import { GATE } from './judging.ts'
import { openaiProblem } from './problems.ts'
import { routeOf, type Upstreams } from './route.ts'
import { connect, joinSockets } from './socket.ts'

/** Answers that were asked for in heaps and are fetched later. */
const LATER = /\/(?:batches|files|batchJobs|jobs)\/.*(?:results|content|download)/i
const MOST_CONNECTIONS = 512
/** Pages and applications of this machine, as a local model server trusts them by itself. */
const LOCAL_ORIGIN =
  /^(?:https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?|(?:app|file|tauri|vscode-webview|vscode-file):\/\/[\w.:/-]{0,200})$/i

export interface EntranceOptions {
  readonly port: number
  /** What stands before each path: the whole port is one upstream's. Empty where the path says which. */
  readonly prefix: '' | '/ollama'
  /** What it means when the port cannot be had, and what to do. */
  readonly lost: string
  readonly origins: ReadonlySet<string>
  readonly upstreams: Upstreams
}

/** What all ports of the gateway have in common. */
export interface Shared {
  readonly host: GateHost
  readonly callers: Callers
  readonly conversations: Conversations
  readonly forwarder: Forwarder
  /** Says once that something is passed on without being understood, so that nobody takes it for judged. */
  readonly tellUnread: (upstream: string, target: string) => void
}

export class Entrance {
  private readonly options: EntranceOptions
  private readonly shared: Shared
  private readonly server: Server
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_BODY_BYTES })
  private port: number | undefined
  problem: string | undefined

  constructor(options: EntranceOptions, shared: Shared) {
    this.options = options
    this.shared = shared
    this.server = createServer(
      { noDelay: true },
      (request, response) => void this.serve(request, response).catch((error: unknown) => this.fail(error, response)),
    )
    this.server.maxConnections = MOST_CONNECTIONS
    this.server.on('connection', (socket) => shared.callers.greet(socket))
    this.server.on('upgrade', (request, socket: Socket, head: Buffer) => void this.upgrade(request, socket, head))
  }

  get address(): string | undefined {
    return this.port === undefined ? undefined : `http://${LOOPBACK}:${this.port}`
  }

  /** Does not reject: what keeps it from listening is said in `problem`. */
  async open(): Promise<void> {
    const { port, lost } = this.options
    const opened = await openOnLoopback(this.server, port)
    if ('port' in opened) this.port = opened.port
    else this.problem = `The model gateway cannot listen on ${LOOPBACK}:${port} (${opened.why}), ${lost}`
  }

  close(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate()
    return closeServer(this.server)
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.refusal(request)
    if (refusal !== undefined) return refuse(response, { ...refusal, dialect: undefined })
    const { upstreams, prefix } = this.options
    const target = `${prefix}${request.url ?? '/'}`
    const route = routeOf(request.method ?? 'GET', target, upstreams)
    if (route === undefined) {
      const where = `Use ${Object.keys(upstreams)
        .map((name) => `/${name}`)
        .join(', ')}, and a plain path.`
      const text = `${request.url?.slice(0, 200)} is no address of this gateway, so nothing was forwarded. ${where}`
      return refuse(response, { status: 404, text, dialect: undefined })
    }
    const { host, conversations, forwarder, callers, tellUnread } = this.shared
    if (route.dialect === undefined && (request.method === 'POST' || LATER.test(route.target))) tellUnread(route.upstream, route.target)
    await passThrough({ host, conversations, forwarder, caller: await callers.of(request.socket), route, request, response })
  }

  /** Another protocol on the same connection would be a second way past the decision, so only the one that can be read is spoken. */
  private async upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const refusal = this.refusal(request)
    if (refusal !== undefined) return end(socket, refusal.status, refusal.text)
    const route = routeOf('POST', `${this.options.prefix}${request.url ?? '/'}`, this.options.upstreams)
    if (route?.dialect?.name !== 'openai-responses')
      return end(socket, 501, 'Only the Responses API is spoken over WebSockets here. Nothing was forwarded. Use plain HTTP.')
    const { host, conversations, callers } = this.shared
    try {
      const passing = { host, conversations, caller: await callers.of(socket), route, dialect: route.dialect, request }
      const upstream = await connect(passing)
      if (socket.destroyed) return upstream.terminate()
      this.sockets.handleUpgrade(request, socket, head, (client) => void joinSockets(passing, client, upstream))
    } catch (error) {
      const status = error instanceof BodyError ? error.status : 502
      end(socket, status, `${messageOf(error)}; nothing of this request ran. Assize goes on deciding.`)
    }
  }

  private refusal(request: IncomingMessage): Refusal | undefined {
    const { origins, prefix } = this.options
    const { origin } = request.headers
    const local = prefix !== '' && origin !== undefined && LOCAL_ORIGIN.test(origin)
    return refusalOf(request, { port: this.port ?? 0, origins: local ? new Set([origin]) : origins, setting: 'sense.modelApi.origins' })
  }

  /** Nothing of the answer goes out, and the journal says why. */
  private fail(error: unknown, response: ServerResponse): void {
    this.shared.host.note('gate.failed', { gate: GATE, why: messageOf(error).slice(0, 300) })
    response.destroy()
  }
}

function end(socket: Socket, status: number, text: string): void {
  const body = JSON.stringify(openaiProblem(status, `Assize: ${text}`))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`, 'connection: close', 'content-type: application/json']
  socket.end(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`)
}

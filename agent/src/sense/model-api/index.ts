/** The gate at model APIs: an HTTP gateway in front of model servers that holds every tool call a model makes until it is judged. */
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { messageOf } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import type { GateHost } from '../gate.ts'
import type { Listening, ListeningGate } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import { refusalOf } from '../loopback-door.ts'
import { BodyError, MOST_BODY_BYTES } from './bodies.ts'
import type { ModelApiConfig } from './config.ts'
import { Conversations } from './conversations.ts'
import { passThrough, refuse } from './exchange.ts'
import { Forwarder } from './forward.ts'
import { GATE } from './judging.ts'
import { openaiProblem } from './problems.ts'
import { readUpstreams, routeOf, type Upstreams } from './route.ts'
import { connect, joinSockets } from './socket.ts'

export { modelApiConfigSchema } from './config.ts'

const HOST = '127.0.0.1'
const MOST_CONNECTIONS = 512

export function modelApi(config: ModelApiConfig): ListeningGate {
  return {
    name: GATE,
    wanted: config.port !== undefined,
    async listen(host, platform) {
      const gateway = new Gateway(config, host, platform)
      await gateway.open()
      return gateway
    },
  }
}

class Gateway implements Listening {
  private readonly config: ModelApiConfig
  private readonly host: GateHost
  private readonly callers: Callers
  private readonly conversations = new Conversations()
  private readonly forwarder = new Forwarder()
  private readonly upstreams: Upstreams
  private readonly server: Server
  private readonly origins: ReadonlySet<string>
  /** Paths that were passed on without being read; each is told once. */
  private readonly unread = new Set<string>()
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_BODY_BYTES })
  private port: number | undefined
  private problem: string | undefined

  constructor(config: ModelApiConfig, host: GateHost, platform: Platform) {
    this.config = config
    this.host = host
    this.callers = new Callers(platform, GATE)
    this.origins = new Set(config.origins)
    this.upstreams = readUpstreams(config.upstreams)
    this.server = createServer(
      { noDelay: true },
      (request, response) => void this.serve(request, response).catch((error: unknown) => this.fail(error, response)),
    )
    this.server.maxConnections = MOST_CONNECTIONS
    this.server.on('connection', (socket) => this.callers.greet(socket))
    this.server.on('upgrade', (request, socket: Socket, head: Buffer) => void this.upgrade(request, socket, head))
  }

  get address(): string | undefined {
    return this.port === undefined ? undefined : `http://${HOST}:${this.port}`
  }

  problems(): readonly string[] {
    return this.problem === undefined ? [] : [this.problem]
  }

  open(): Promise<void> {
    return new Promise((resolve) => {
      this.server.once('error', (error) => {
        this.problem = `The model gateway cannot listen on ${HOST}:${this.config.port} (${messageOf(error)}), so programs that should go through it reach no model. Stop what holds the port, or choose another under sense.modelApi.port.`
        resolve()
      })
      this.server.listen(this.config.port, HOST, () => {
        const address = this.server.address()
        this.port = typeof address === 'object' && address !== null ? address.port : undefined
        resolve()
      })
    })
  }

  close(): Promise<void> {
    this.forwarder.close()
    for (const client of this.sockets.clients) client.terminate()
    return new Promise((resolve) => {
      if (!this.server.listening) return resolve()
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: this.origins, setting: 'sense.modelApi.origins' })
    if (refusal !== undefined) return refuse(response, { ...refusal, dialect: undefined })
    const route = routeOf(request.method ?? 'GET', request.url ?? '/', this.upstreams)
    if (route === undefined)
      return refuse(response, {
        status: 404,
        text: `${request.url?.slice(0, 200)} is no address of this gateway, so nothing was forwarded. Use /openai, /anthropic, /gemini, /ollama or /llama, and a plain path.`,
        dialect: undefined,
      })
    if (route.dialect === undefined && request.method === 'POST') this.tellUnread(route.upstream, route.target)
    const { host, conversations, forwarder } = this
    await passThrough({ host, conversations, forwarder, caller: await this.callers.of(request.socket), route, request, response })
  }

  /** Another protocol on the same connection would be a second way past the decision, so only the one that can be read is spoken. */
  private async upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: this.origins, setting: 'sense.modelApi.origins' })
    if (refusal !== undefined) return end(socket, refusal.status, refusal.text)
    const route = routeOf('POST', request.url ?? '/', this.upstreams)
    if (route?.dialect?.name !== 'openai-responses')
      return end(socket, 501, 'Only the Responses API is spoken over WebSockets here. Nothing was forwarded. Use plain HTTP.')
    const { host, conversations } = this
    const passing = { host, conversations, caller: await this.callers.of(socket), route, dialect: route.dialect, request }
    try {
      const upstream = await connect(passing)
      if (socket.destroyed) return upstream.terminate()
      this.sockets.handleUpgrade(request, socket, head, (client) => void joinSockets(passing, client, upstream))
    } catch (error) {
      end(
        socket,
        error instanceof BodyError ? error.status : 502,
        `${messageOf(error)}; nothing of this request ran. Assize goes on deciding.`,
      )
    }
  }

  /** Nothing of the answer goes out, and the journal says why. */
  private fail(error: unknown, response: ServerResponse): void {
    this.host.note('gate.failed', { gate: GATE, why: messageOf(error).slice(0, 300) })
    response.destroy()
  }

  /** What is passed on without being understood is said, so that nobody takes it for judged. */
  private tellUnread(upstream: string, target: string): void {
    const path = target.replace(/\?.*$/s, '')
    const place = `${upstream} ${path}`
    if (this.unread.has(place) || this.unread.size >= 200) return
    this.unread.add(place)
    this.host.note('gate.unread', { gate: GATE, upstream, path: path.slice(0, 300) })
  }
}

function end(socket: Socket, status: number, text: string): void {
  const body = JSON.stringify(openaiProblem(status, `Assize: ${text}`))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`, 'connection: close', 'content-type: application/json']
  socket.end(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`)
}

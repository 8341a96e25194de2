import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { messageOf } from '../../platform/errors.ts'
import { mcpServersFolder } from '../../platform/mcp-servers.ts'
import type { Platform } from '../../platform/platform.ts'
import type { GateHost } from '../gate.ts'
import type { Listening } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import { refusalOf } from '../loopback-door.ts'
import { Room } from '../http-bodies.ts'
import type { McpHttpConfig } from './config.ts'
import { Conversations, GATE } from './conversations.ts'
import { passThrough } from './exchange.ts'
import { Forwarder } from '../http-forward.ts'
import { refuse } from './refuse.ts'
import { routeOf } from './routes.ts'
import { ServerList } from './servers.ts'
import { SignIn } from './sign-in.ts'
import { answerSigning } from './signing.ts'

const HOST = '127.0.0.1'
const MOST_CONNECTIONS = 1024
const METHODS: ReadonlySet<string> = new Set(['POST', 'GET', 'DELETE', 'OPTIONS', 'HEAD'])

/** Listens as soon as there is a server to stand in front of. */
export class Gateway implements Listening {
  private readonly config: McpHttpConfig
  private readonly host: GateHost
  private readonly servers: ServerList
  private readonly callers: Callers
  private readonly conversations: Conversations
  private readonly forwarder = new Forwarder()
  private readonly room = new Room()
  private readonly signIn = new SignIn()
  private origins: ReadonlySet<string>
  private readonly http: Server
  private port: number | undefined
  private problem: string | undefined
  private opening: Promise<void> | undefined

  constructor(config: McpHttpConfig, state: string, { host, platform }: { readonly host: GateHost; readonly platform: Platform }) {
    this.config = config
    this.host = host
    mkdirSync(mcpServersFolder(state), { recursive: true, mode: 0o700 })
    this.servers = new ServerList(state, config.servers)
    this.callers = new Callers(platform, GATE)
    this.conversations = new Conversations(host)
    this.origins = new Set(config.origins)
    this.http = createServer(
      { noDelay: true },
      (request, response) => void this.serve(request, response).catch((error: unknown) => this.fail(error, response)),
    )
    this.http.maxConnections = MOST_CONNECTIONS
    this.http.on('connection', (socket) => this.callers.greet(socket))
    this.http.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 501 Not Implemented\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
    )
  }

  get address(): string | undefined {
    return this.port === undefined ? undefined : `http://${HOST}:${this.port}`
  }

  problems(): readonly string[] {
    return [...(this.problem === undefined ? [] : [this.problem]), ...this.servers.problems]
  }

  async start(): Promise<void> {
    this.servers.follow(() => void this.open())
    await this.open()
  }

  close(): Promise<void> {
    this.servers.close()
    this.forwarder.close()
    return new Promise((resolve) => {
      if (!this.http.listening) return resolve()
      this.http.close(() => resolve())
      this.http.closeAllConnections()
    })
  }

  private open(): Promise<void> {
    const port = this.config.port ?? this.servers.port
    if (port === undefined || (this.servers.empty && this.config.port === undefined)) return Promise.resolve()
    this.opening ??= new Promise((resolve) => {
      this.http.once('error', (error) => {
        this.problem = `The gate for MCP servers cannot listen on ${HOST}:${port} (${messageOf(error)}), so applications cannot reach the servers behind it. Stop what holds the port and start the agent again, or choose another under sense.mcpHttp.port and run \`assize protect\`.`
        resolve()
      })
      this.http.listen(port, HOST, () => {
        const address = this.http.address()
        this.port = typeof address === 'object' && address !== null ? address.port : undefined
        // Some clients name the address they call as their origin.
        this.origins = new Set([...this.origins, `http://${HOST}:${this.port}`, `http://localhost:${this.port}`])
        resolve()
      })
    })
    return this.opening
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: this.origins, setting: 'sense.mcpHttp.origins' })
    if (refusal !== undefined) return refuse(response, refusal.status, refusal.text)
    const route = routeOf(request.url ?? '/', (name) => this.servers.find(name))
    if (route === undefined)
      return refuse(
        response,
        404,
        'This is no address of an MCP server behind this gate, so nothing was passed on. `assize protect` shows which there are.',
      )
    if (!METHODS.has(request.method ?? '')) return refuse(response, 405, 'MCP knows no such method, so nothing was passed on.')
    const { host, conversations, forwarder, room, signIn } = this
    const seen = { base: `http://${request.headers.host}`, server: route.server }
    if (route.signIn !== undefined) return answerSigning({ host, signIn, forwarder, room, route: route.signIn, seen, request, response })
    await passThrough({ host, conversations, forwarder, room, caller: await this.callers.of(request.socket), route, request, response })
  }

  /** Nothing more of the answer goes out, and the journal says why. */
  private fail(error: unknown, response: ServerResponse): void {
    this.host.note('gate.failed', { gate: GATE, why: messageOf(error).slice(0, 300) })
    response.destroy()
  }
}

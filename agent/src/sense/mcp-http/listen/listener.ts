/** MCP over streamable HTTP in front of a server that speaks stdio, which is started behind the gate for each client. */
import { isUtf8 } from 'node:buffer'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Json } from '@assize/kernel'
import { messageOf } from '../../../platform/errors.ts'
import { type Scan, scan } from '../../../platform/json-scan.ts'
import type { Platform } from '../../../platform/platform.ts'
import { BodyError, readBody, Room } from '../../http-bodies.ts'
import { Callers } from '../../loopback-caller.ts'
import { refusalOf } from '../../loopback-door.ts'
import { closeServer, openOnLoopback } from '../../loopback-server.ts'
import { errorReply, INVALID_REQUEST, objectOf } from '../../mcp-protocol.ts'
import { messageProblem } from '../../mcp-refusal.ts'
import { refuse, say } from '../refuse.ts'
import type { ClientServer } from './client-server.ts'
import { ClientServers, type StartServer } from './client-servers.ts'
import { Reply } from './reply.ts'
import { isOfStatelessEra, statelessProblem } from './stateless-request.ts'

export interface ListenOptions {
  readonly port: number
  /** Where messages go. */
  readonly path: string
  /** Origins of web pages that may call it. */
  readonly origins: readonly string[]
  readonly platform: Platform
  readonly start: StartServer
}

const MOST_CONNECTIONS = 1024
const GATE = 'mcp-listen'
const NO_SESSION = 'There is no session of that name here (any more), so nothing was passed on. Begin with `initialize`.'

interface Posted {
  readonly scanned: Scan & { readonly method?: string }
  readonly body: Buffer
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Open from `start` to `close`. */
export class Listener {
  private readonly options: ListenOptions
  private readonly servers: ClientServers
  private readonly callers: Callers
  private readonly room = new Room()
  private readonly http: Server
  private port = 0

  constructor(options: ListenOptions) {
    this.options = options
    this.servers = new ClientServers(options.start)
    this.callers = new Callers(options.platform, GATE)
    this.http = createServer({ noDelay: true }, (request, response) => void this.serve(request, response))
    this.http.maxConnections = MOST_CONNECTIONS
    this.http.on('connection', (socket) => this.callers.greet(socket))
  }

  /** The address, or why there is none. */
  async start(): Promise<{ readonly address: string } | { readonly why: string }> {
    const opened = await openOnLoopback(this.http, this.options.port)
    if ('why' in opened) return opened
    this.port = opened.port
    return { address: `http://127.0.0.1:${opened.port}${this.options.path}` }
  }

  async close(): Promise<void> {
    await Promise.all([this.servers.close(), closeServer(this.http)])
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port, options } = this
    const own = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
    const refusal = refusalOf(request, { port, origins: new Set([...own, ...options.origins]), setting: '--origin' })
    if (refusal !== undefined) return refuse(response, refusal.status, refusal.text)
    const [path] = (request.url ?? '').split('?')
    if (path !== options.path)
      return refuse(response, 404, `This is not where messages go, so nothing was passed on. Call ${options.path}.`)
    try {
      if (request.method === 'POST') await this.post(request, response)
      else if (request.method === 'GET') this.listen(request, response)
      else if (request.method === 'DELETE') this.end(request, response)
      else refuse(response, 405, 'MCP knows no such method, so nothing was passed on.')
    } catch (error) {
      if (response.headersSent) return void response.destroy()
      refuse(response, error instanceof BodyError ? error.status : 502, messageOf(error))
    }
  }

  private async post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, this.room)
    const scanned: Scan = isUtf8(body) ? scan(body) : { shape: 'scalar', problem: 'not-utf8' }
    const problem =
      messageProblem(scanned) ??
      (scanned.shape === 'array' ? 'Batches are not taken, so nothing was passed on. Send each message.' : undefined)
    if (problem !== undefined) return say(response, 400, errorReply(scanned.id, INVALID_REQUEST, problem))
    const posted = { scanned, body, request, response }
    const session = request.headers['mcp-session-id']
    const params = paramsOf(body)
    if (session === undefined && isOfStatelessEra(request.headers, params)) return this.stateless(posted, params)
    if (session === undefined && scanned.method === 'initialize') {
      const [id, server] = await this.servers.open(await this.clientOf(request))
      response.setHeader('Mcp-Session-Id', id)
      return pass(server, posted, false)
    }
    const server = typeof session === 'string' ? this.servers.session(session) : undefined
    if (server === undefined) return say(response, session === undefined ? 400 : 404, errorReply(scanned.id, INVALID_REQUEST, NO_SESSION))
    pass(server, posted, false)
  }

  private async stateless(posted: Posted, params: ReturnType<typeof paramsOf>): Promise<void> {
    const { scanned, request, response } = posted
    const caller = await this.callers.of(request.socket)
    const client = caller.ancestry[1]
    const place = client === undefined ? 'somebody' : `${client.pid} ${client.started}`
    const server = await this.servers.ofProcess(place, client?.pid)
    const { method, id } = scanned
    const wrong = method === undefined || id === undefined ? undefined : statelessProblem(request.headers, { method, params }, server.names)
    if (wrong !== undefined) return say(response, 400, errorReply(id, wrong.code, wrong.why))
    pass(server, posted, true)
  }

  private listen(request: IncomingMessage, response: ServerResponse): void {
    const session = request.headers['mcp-session-id']
    const server = typeof session === 'string' ? this.servers.session(session) : undefined
    if (session === undefined) return refuse(response, 405, 'There is a stream for sessions only, so nothing was opened.')
    if (server === undefined) return refuse(response, 404, NO_SESSION)
    const reply = new Reply(response, request.headers.accept)
    if (!reply.open) return refuse(response, 406, 'This is a stream of events, which the request does not take.')
    if (!server.listen(reply)) return refuse(response, 409, 'The session has such a stream already.')
    response.once('close', () => server.deaf(reply))
  }

  private end(request: IncomingMessage, response: ServerResponse): void {
    const session = request.headers['mcp-session-id']
    if (session === undefined) return refuse(response, 405, 'Only sessions can be ended.')
    if (typeof session !== 'string' || !this.servers.end(session)) return refuse(response, 404, NO_SESSION)
    response.writeHead(200, { 'content-length': 0 }).end()
  }

  private async clientOf(request: IncomingMessage): Promise<number | undefined> {
    return (await this.callers.of(request.socket)).ancestry[1]?.pid
  }
}

function pass(server: ClientServer, { scanned, body, request, response }: Posted, stateless: boolean): void {
  const { id, method } = scanned
  const line = asLine(body)
  if (server.full) return refuse(response, 503, 'The server has more to do than it takes, so the message was not passed on. Try again.')
  if (id === undefined || method === undefined) {
    server.tell(line)
    return void response.writeHead(202, { 'content-length': 0 }).end()
  }
  const reply = new Reply(response, request.headers.accept)
  if (!server.ask({ id, method, line, stateless }, reply))
    say(response, 400, errorReply(id, INVALID_REQUEST, 'A request with this id is open in the session, so this one was not passed on.'))
}

/** One message in one line: between its parts a line end means as much as a space, and within strings there is none. */
function asLine(body: Buffer): Buffer {
  const line = Buffer.concat([body, Buffer.from('\n')])
  for (let at = 0; at < line.length - 1; at += 1) if (line[at] === 10 || line[at] === 13) line[at] = 32
  return line
}

function paramsOf(body: Buffer) {
  return objectOf(objectOf(JSON.parse(body.toString('utf8')) as Json)['params'])
}

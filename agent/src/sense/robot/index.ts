/** The gate at robots: a WebSocket proxy before rosbridge servers that holds every command until it is judged, and stops what nobody minds. */
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { messageOf } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import type { GateHost } from '../gate.ts'
import type { Listening, ListeningGate } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import { refusalOf } from '../loopback-door.ts'
import type { RobotConfig } from './config.ts'
import { GATE, Link } from './link.ts'
import { Rates } from './rates.ts'
import { SecondHand } from './second-hand.ts'

export { robotConfigSchema } from './config.ts'

const HOST = '127.0.0.1'
const MOST_CONNECTIONS = 64
const MOST_MESSAGE_BYTES = 16 * 1024 * 1024
const CONNECT_MS = 10_000

export function robot(config: RobotConfig): ListeningGate {
  return {
    name: GATE,
    wanted: config.port !== undefined,
    async listen(host, platform) {
      const gate = new RobotGate(config, host, platform)
      await gate.open()
      return gate
    },
  }
}

class RobotGate implements Listening {
  private readonly config: RobotConfig
  private readonly host: GateHost
  private readonly callers: Callers
  private readonly server: Server
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_MESSAGE_BYTES })
  private readonly links = new Set<Link>()
  /** Of those whose robot is not reached yet. */
  private readonly coming = new Set<Socket>()
  private closing = false
  private readonly rates = new Rates()
  private readonly secondHands = new Map<string, SecondHand>()
  private readonly lost = new Map<string, string>()
  private port: number | undefined
  private problem: string | undefined

  constructor(config: RobotConfig, host: GateHost, platform: Platform) {
    this.config = config
    this.host = host
    this.callers = new Callers(platform, GATE)
    this.server = createServer((_request, response) =>
      response
        .writeHead(426, { 'content-type': 'text/plain', upgrade: 'websocket' })
        .end('Assize: robots are spoken to over WebSockets here.\n'),
    )
    this.server.maxConnections = MOST_CONNECTIONS
    this.server.on('connection', (socket) => this.callers.greet(socket))
    this.server.on('upgrade', (request, socket: Socket, head: Buffer) => void this.upgrade(request, socket, head))
  }

  get address(): string | undefined {
    return this.port === undefined ? undefined : `ws://${HOST}:${this.port}`
  }

  problems(): readonly string[] {
    return [...(this.problem === undefined ? [] : [this.problem]), ...this.lost.values()]
  }

  /** Does not reject: what keeps it from listening is one of its problems. */
  open(): Promise<void> {
    const { port } = this.config
    return new Promise((resolve) => {
      this.server.once('error', (error) => {
        this.problem = `The gate for robots cannot listen on ${HOST}:${port} (${messageOf(error)}), so programs reach no robot through it. Stop what holds the port, or choose another under sense.robot.port.`
        resolve()
      })
      this.server.listen(port, HOST, () => {
        const address = this.server.address()
        this.port = typeof address === 'object' && address !== null ? address.port : undefined
        resolve()
      })
    })
  }

  async close(): Promise<void> {
    this.closing = true
    for (const socket of this.coming) socket.destroy()
    await Promise.all([...this.links].map((link) => link.end('the agent stops')))
    for (const secondHand of this.secondHands.values()) secondHand.close()
    for (const client of this.sockets.clients) client.terminate()
    await new Promise<void>((resolve) => {
      if (!this.server.listening) return resolve()
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }

  private async upgrade(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const { origins, robots } = this.config
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: new Set(origins), setting: 'sense.robot.origins' })
    if (refusal !== undefined) return end(socket, refusal.status, refusal.text)
    const name = /^\/([\w.-]+)\/?$/.exec(request.url ?? '')?.[1] ?? ''
    const setting = Object.hasOwn(robots, name) ? robots[name] : undefined
    if (setting === undefined)
      return end(socket, 404, 'There is no robot of that name behind this gate. Name robots under sense.robot.robots.')
    this.coming.add(socket)
    try {
      const caller = await this.callers.of(socket)
      const upstream = await connect(setting.url)
      if (socket.destroyed || this.closing) return upstream.terminate()
      let entered = false
      this.sockets.handleUpgrade(request, socket, head, (client) => {
        entered = true
        const secondHand = this.secondHandOf(name, setting.url)
        const link = new Link({ host: this.host, caller, name, setting, rates: this.rates, secondHand }, client, upstream)
        this.links.add(link)
        void link.closed.then(() => this.links.delete(link))
      })
      // Whoever did not ask as WebSockets do was turned away.
      if (!entered) upstream.terminate()
    } catch (error) {
      end(socket, 502, `The robot ${name} cannot be reached (${messageOf(error)}), so nothing was passed on.`)
    } finally {
      this.coming.delete(socket)
    }
  }

  private secondHandOf(name: string, url: string): SecondHand {
    const known = this.secondHands.get(name)
    if (known !== undefined) return known
    const made = new SecondHand(url, (why) => {
      if (why === undefined) this.lost.delete(name)
      else
        this.lost.set(
          name,
          `The robot ${name} would go on if the agent died now, as ${why}. It is started anew when the robot is moved; look at the machine's memory.`,
        )
    })
    this.secondHands.set(name, made)
    return made
  }
}

/** Resolves once it is open, before anything of it is read. */
function connect(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const upstream = new WebSocket(url, { handshakeTimeout: CONNECT_MS, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false })
    upstream.once('open', () => {
      upstream.pause()
      resolve(upstream)
    })
    upstream.once('error', reject)
  })
}

function end(socket: Socket, status: number, text: string): void {
  const body = `Assize: ${text}\n`
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`, 'connection: close', 'content-type: text/plain; charset=utf-8']
  socket.end(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`)
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { messageOf } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import type { GateHost } from '../gate.ts'
import { BodyError, Room } from '../http-bodies.ts'
import { endToEnd, Forwarder } from '../http-forward.ts'
import type { Listening } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import { refusalOf } from '../loopback-door.ts'
import { AgentCards, CardError, keyOf, shownCard } from './agent-cards.ts'
import { CardPins } from './card-pins.ts'
import type { AgentInterface } from './card-reading.ts'
import type { A2aConfig } from './config.ts'
import { Echoes } from './echoes.ts'
import { exchange } from './exchange.ts'
import { GATE, type Shared } from './passing.ts'
import { type Asked, failure, tell } from './refusals.ts'

const HOST = '127.0.0.1'
const MOST_CONNECTIONS = 512

export class Gateway implements Listening {
  private readonly config: A2aConfig
  private readonly host: GateHost
  private readonly callers: Callers
  private readonly forwarder = new Forwarder()
  private readonly room = new Room()
  private readonly cards: AgentCards
  private readonly shared: Shared
  private readonly http: Server
  private port: number | undefined
  private problem: string | undefined

  constructor(config: A2aConfig, state: string, { host, platform }: { readonly host: GateHost; readonly platform: Platform }) {
    this.config = config
    this.host = host
    this.callers = new Callers(platform, GATE)
    const { forwarder, room } = this
    this.cards = new AgentCards(config, { forwarder, room, now: () => host.now() })
    this.shared = { host, forwarder, room, cards: this.cards, pins: new CardPins(state), echoes: new Echoes(), introduced: new WeakMap() }
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
    return [this.problem, this.shared.pins.problem].flatMap((one) => one ?? []).concat(this.cards.problems())
  }

  /** Does not reject: what keeps it from listening is one of its problems. */
  open(): Promise<void> {
    const { port } = this.config
    return new Promise((resolve) => {
      this.http.once('error', (error) => {
        this.problem = `The gate for A2A agents cannot listen on ${HOST}:${port} (${messageOf(error)}), so programs reach no agent through it. Stop what holds the port, or choose another under sense.a2a.port.`
        resolve()
      })
      this.http.listen(port, HOST, () => {
        const address = this.http.address()
        this.port = typeof address === 'object' && address !== null ? address.port : undefined
        resolve()
      })
    })
  }

  close(): Promise<void> {
    this.forwarder.close()
    return new Promise((resolve) => {
      if (!this.http.listening) return resolve()
      this.http.close(() => resolve())
      this.http.closeAllConnections()
    })
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: new Set(this.config.origins), setting: 'sense.a2a.origins' })
    if (refusal !== undefined) return tell(response, failure(REST, refusal.status, refusal.text))
    const { name, path, question } = placeOf(request.url ?? '/')
    if (!this.cards.has(name))
      return tell(
        response,
        failure(REST, 404, `There is no agent of that name behind this gate, so nothing was passed on. ${this.whichThereAre()}`),
      )
    try {
      if (this.cards.isCardPath(name, path)) return await this.showCard(name, request, response)
      const caller = await this.callers.of(request.socket)
      const known = await this.cards.get(name)
      const found = interfaceAt(known.interfaces, path)
      if (found === undefined)
        return tell(
          response,
          failure(
            REST,
            404,
            `This is no address of the agent ${name}, so nothing was passed on. Ask the gate for its card at /${name}/.well-known/agent-card.json.`,
          ),
        )
      await exchange({
        ...this.shared,
        name,
        known,
        caller,
        at: found.at,
        path: found.path,
        question,
        base: this.baseOf(name, request),
        request,
        response,
      })
    } catch (error) {
      if (response.headersSent || response.destroyed) return void response.destroy()
      if (error instanceof CardError) return tell(response, failure(REST, 502, error.message))
      if (error instanceof BodyError) return tell(response, failure(REST, error.status, `${error.message}, so nothing was passed on.`))
      throw error
    }
  }

  private async showCard(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return tell(response, failure(REST, 405, 'A card can only be asked for, so nothing was passed on.'))
    const { 'if-none-match': _tag, 'if-modified-since': _since, ...headers } = endToEnd(request.headers)
    const known = await this.cards.fetch(name, headers)
    tell(response, { status: 200, body: Buffer.from(JSON.stringify(shownCard(known, this.baseOf(name, request)))) })
  }

  private baseOf(name: string, request: IncomingMessage): string {
    return `http://${request.headers.host}/${name}`
  }

  private whichThereAre(): string {
    const names = this.cards.names()
    return names.length === 0 ? 'Name agents under sense.a2a.agents.' : `There are: ${names.slice(0, 20).join(', ')}.`
  }

  /** Nothing more of the answer goes out, and the journal says why. */
  private fail(error: unknown, response: ServerResponse): void {
    this.host.note('gate.failed', { gate: GATE, why: messageOf(error).slice(0, 300) })
    response.destroy()
  }
}

const REST: Asked = { binding: 'rest', id: undefined }

function placeOf(target: string): { readonly name: string; readonly path: string; readonly question: string } {
  const at = target.indexOf('?')
  const plain = at < 0 ? target : target.slice(0, at)
  const [, name = '', path = ''] = /^\/([^/]+)(\/.*)?$/s.exec(plain) ?? []
  return { name, path, question: at < 0 ? '' : target.slice(at) }
}

/** Printable, without empty or dot segments, backslashes, or separators in disguise: a server might resolve them after us. */
function isPlain(path: string): boolean {
  return path.length <= 4096 && /^[\x21-\x7e]*$/.test(path) && !/\/\/|\/\.{1,2}(?:\/|$)|[\\#]|%(?:2[ef]|5c|3a|25|00)/i.test(path)
}

function interfaceAt(
  interfaces: readonly AgentInterface[],
  path: string,
): { readonly at: AgentInterface; readonly path: string } | undefined {
  const [, key = '', rest = ''] = /^\/([^/]+)(\/.*)?$/s.exec(path) ?? []
  const at = interfaces.find((one) => keyOf(one) === key)
  return at === undefined || !isPlain(rest) ? undefined : { at, path: rest }
}

/** The gate for programs that ask by themselves: a guardian of the Agent Control Standard over loopback HTTP. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { keptSecret } from '../../platform/kept-secret.ts'
import type { Platform } from '../../platform/platform.ts'
import { statePaths } from '../../platform/state-directory.ts'
import type { GateHost } from '../gate.ts'
import type { Listening, ListeningGate } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import { refusalOf } from '../loopback-door.ts'
import { closeServer, LOOPBACK, openOnLoopback } from '../loopback-server.ts'
import type { AcsConfig } from './config.ts'
import { ACS_ERROR } from './envelope.ts'
import { Guardian } from './guardian.ts'
import { GATE } from './steps.ts'

export { acsConfigSchema } from './config.ts'

const PATH = '/acs'
const MOST_BYTES = 8 * 1024 * 1024
const MOST_CONNECTIONS = 256
/** No web page has business here. */
const NO_ORIGINS: ReadonlySet<string> = new Set()

export function acs(config: AcsConfig, state: string): ListeningGate {
  return {
    name: GATE,
    wanted: config.port !== undefined,
    async listen(host, platform) {
      const gate = new AcsGate(config.port ?? 0, { host, platform, secret: keptSecret(statePaths(state, platform).apiToken) })
      await gate.open()
      return gate
    },
  }
}

class AcsGate implements Listening {
  private readonly wanted: number
  private readonly guardian: Guardian
  private readonly callers: Callers
  private readonly server: Server
  private port: number | undefined
  private problem: string | undefined

  constructor(port: number, { host, platform, secret }: { readonly host: GateHost; readonly platform: Platform; readonly secret: string }) {
    this.wanted = port
    this.guardian = new Guardian(host, secret)
    this.callers = new Callers(platform, GATE)
    this.server = createServer((request, response) => void this.serve(request, response).catch(() => response.destroy()))
    this.server.maxConnections = MOST_CONNECTIONS
    this.server.on('connection', (socket) => this.callers.greet(socket))
  }

  get address(): string | undefined {
    return this.port === undefined ? undefined : `http://${LOOPBACK}:${this.port}${PATH}`
  }

  problems(): readonly string[] {
    return this.problem === undefined ? [] : [this.problem]
  }

  async open(): Promise<void> {
    const opened = await openOnLoopback(this.server, this.wanted)
    if ('port' in opened) this.port = opened.port
    else
      this.problem = `The decision API cannot listen on ${LOOPBACK}:${this.wanted} (${opened.why}), so programs that ask it get no answer and do nothing. Stop what holds the port, or choose another under sense.acs.port.`
  }

  close(): Promise<void> {
    return closeServer(this.server)
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: NO_ORIGINS, setting: 'no setting: pages never may' })
    if (refusal !== undefined) return reply(response, refusal.status, failure(ACS_ERROR.refused, refusal.text))
    if (request.method !== 'POST' || request.url !== PATH)
      return reply(response, 404, failure(ACS_ERROR.invalidRequest, `Nothing is here: requests are posted to ${PATH}.`))
    const body = await bodyOf(request)
    if (body === undefined)
      return reply(response, 413, failure(ACS_ERROR.invalidRequest, 'The request is longer than 8 MiB, so nothing was decided.'))
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return reply(response, 400, failure(ACS_ERROR.parse, 'The request is no JSON, so nothing was decided.'))
    }
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const bearer = /^Bearer (.{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
    reply(
      response,
      200,
      await this.guardian.answer({ value, bearer, caller: await this.callers.of(request.socket), abandoned: gone.signal }),
    )
  }
}

function failure(code: number, message: string): object {
  return { jsonrpc: '2.0', id: null, error: { code, message } }
}

function reply(response: ServerResponse, status: number, value: object): void {
  if (response.destroyed) return
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store' }).end(body)
}

/** Undefined when it is too long; rejects when it breaks off. */
function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    request.on('data', (part: Buffer) => {
      length += part.length
      if (length > MOST_BYTES) {
        request.pause()
        return resolve(undefined)
      }
      parts.push(part)
    })
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    request.on('close', () => reject(new Error('it broke off')))
    request.on('error', reject)
  })
}

/**
 * The gate for hosts that send their hooks over HTTP instead of starting a program for each. Only for hosts that refuse a call
 * when nothing answers, and only when it is switched on: while the agent is stopped, another program of the machine could take
 * its port and answer in its place.
 */
import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../platform/errors.ts'
import { keptSecret } from '../../platform/kept-secret.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Conversation, GateHost } from '../gate.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import type { Listening, ListeningGate } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import { refusalOf } from '../loopback-door.ts'
import { closeServer, LOOPBACK, openOnLoopback } from '../loopback-server.ts'

/** `sense.hookHttp` in the agent's configuration. */
export const hookHttpConfigSchema = z.strictObject({
  /** Port on 127.0.0.1; absent: it does not listen. */
  port: z.number().int().min(0).max(65_535).optional(),
})
export type HookHttpConfig = z.infer<typeof hookHttpConfigSchema>

/** Name of the file in the state directory that holds what a host proves to have read: it stands in the host's settings. */
export const HOOK_SECRET_FILE = 'hook-http.token'
const MOST_BYTES = 32 * 1024 * 1024
const MOST_CONNECTIONS = 256
/** No web page has business here. */
const NO_ORIGINS: ReadonlySet<string> = new Set()

export function hookHttp(config: HookHttpConfig, state: string, hosts: readonly HookHost[]): ListeningGate {
  return {
    name: 'hook-http',
    wanted: config.port !== undefined,
    async listen(host, platform) {
      const gate = new HookHttpGate(config.port ?? 0, hosts, { host, platform, secret: keptSecret(join(state, HOOK_SECRET_FILE)) })
      await gate.open()
      return gate
    },
  }
}

interface Door {
  readonly start: ReturnType<ReturnType<typeof hookGate>['start']>
  readonly callers: Callers
}

class HookHttpGate implements Listening {
  private readonly wanted: number
  private readonly secret: Buffer
  /** By the path that a host posts to. */
  private readonly doors: ReadonlyMap<string, Door>
  private readonly server: Server
  private port: number | undefined
  private problem: string | undefined

  constructor(
    port: number,
    hosts: readonly HookHost[],
    { host, platform, secret }: { readonly host: GateHost; readonly platform: Platform; readonly secret: string },
  ) {
    this.wanted = port
    this.secret = Buffer.from(`Bearer ${secret}`)
    this.doors = new Map(
      hosts.map((one) => [`/${one.facts.client}`, { start: hookGate(one).start(host), callers: new Callers(platform, one.facts.client) }]),
    )
    this.server = createServer({ noDelay: true }, (request, response) => void this.serve(request, response))
    this.server.maxConnections = MOST_CONNECTIONS
    this.server.on('connection', (socket) => {
      for (const { callers } of this.doors.values()) callers.greet(socket)
    })
  }

  get address(): string | undefined {
    return this.port === undefined ? undefined : `http://${LOOPBACK}:${this.port}`
  }

  problems(): readonly string[] {
    return this.problem === undefined ? [] : [this.problem]
  }

  async open(): Promise<void> {
    const opened = await openOnLoopback(this.server, this.wanted)
    if ('port' in opened) this.port = opened.port
    else
      this.problem = `Hooks over HTTP are not heard (${opened.why}), so hosts that use them refuse calls. Choose another port under sense.hookHttp.port.`
  }

  close(): Promise<void> {
    return closeServer(this.server)
  }

  /** Whatever goes wrong is no answer, and hosts refuse the call then. */
  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const refusal = this.refused(request)
      if (refusal !== undefined) return say(response, refusal.status, refusal.text)
      const door = this.doors.get(request.url ?? '')
      if (door === undefined || request.method !== 'POST') return say(response, 404, 'There is no such hook here.')
      const abandoned = new AbortController()
      response.once('close', () => abandoned.abort())
      const [body, caller] = await Promise.all([read(request), door.callers.of(request.socket)])
      const conversation: Conversation = door.start(caller)
      const answer = await conversation.intercept(body, { asking: () => undefined, notice: () => undefined }, abandoned.signal)
      const { exit, stderr } = answer.extra ?? {}
      const text = Buffer.from(answer.payload ?? [])
      if (exit !== 0 || text.length === 0) return say(response, 500, String(stderr ?? 'The call was refused.'))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).end(text)
    } catch (error) {
      say(response, 500, `Blocked by Assize: ${messageOf(error)}`)
    }
  }

  private refused(request: IncomingMessage): { readonly status: number; readonly text: string } | undefined {
    const refusal = refusalOf(request, { port: this.port ?? 0, origins: NO_ORIGINS, setting: 'nothing' })
    if (refusal !== undefined) return refusal
    const given = Buffer.from(request.headers.authorization ?? '')
    const known = given.length === this.secret.length && timingSafeEqual(given, this.secret)
    return known ? undefined : { status: 401, text: `Say what stands in ${HOOK_SECRET_FILE} of the agent's state directory.` }
  }
}

function say(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}

function read(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    request.on('data', (part: Buffer) => {
      length += part.length
      if (length <= MOST_BYTES) return void parts.push(part)
      reject(new Error('the hook input is too large to be read'))
      request.destroy()
    })
    request.on('end', () => resolve(Buffer.concat(parts, length)))
    request.on('error', reject)
  })
}

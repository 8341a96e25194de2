import { randomUUID } from 'node:crypto'
import { AgentError } from '../../../platform/errors.ts'
import { ClientServer, type ServerBehindGate } from './client-server.ts'

/** Starts the server anew, on behalf of a process where one is known. Rejects with a sentence. */
export type StartServer = (client: number | undefined, to: ServerEnds) => Promise<ServerBehindGate>

export interface ServerEnds {
  readonly toClient: (line: Buffer) => boolean
  readonly ended: () => void
}

/** Servers at once; each is a process. */
const MOST_SERVERS = 64
/** How long one stays that nobody asks anything, milliseconds. */
const IDLE_MS = 30 * 60_000
const SWEEP_MS = 60_000

/** The servers that were started for clients: one a session, and one a process where the protocol has no sessions. */
export class ClientServers {
  private readonly start: StartServer
  private readonly sessions = new Map<string, ClientServer>()
  private readonly byPlace = new Map<string, Promise<ClientServer>>()
  private readonly all = new Set<ClientServer>()
  private readonly sweep: NodeJS.Timeout

  constructor(start: StartServer) {
    this.start = start
    this.sweep = setInterval(() => this.endIdle(performance.now() - IDLE_MS), SWEEP_MS)
    this.sweep.unref()
  }

  session(id: string): ClientServer | undefined {
    return this.sessions.get(id)
  }

  /** A new session and its name, which nobody can guess. */
  async open(client: number | undefined): Promise<readonly [string, ClientServer]> {
    const id = randomUUID()
    const server = await this.started(client, () => this.sessions.delete(id))
    this.sessions.set(id, server)
    return [id, server]
  }

  /** The one for all requests of a process. */
  async ofProcess(place: string, client: number | undefined): Promise<ClientServer> {
    const known = this.byPlace.get(place)
    if (known !== undefined) return known
    const starting = this.started(client, () => this.byPlace.delete(place))
    this.byPlace.set(place, starting)
    starting.catch(() => this.byPlace.delete(place))
    return starting
  }

  /** False: there is no such session. */
  end(id: string): boolean {
    const server = this.sessions.get(id)
    server?.server?.close()
    return this.sessions.delete(id)
  }

  close(): void {
    clearInterval(this.sweep)
    for (const { server } of this.all) server?.close()
  }

  private async started(client: number | undefined, forget: () => void): Promise<ClientServer> {
    if (this.all.size >= MOST_SERVERS) this.endOldest()
    const made = new ClientServer()
    this.all.add(made)
    const ended = (): void => {
      this.all.delete(made)
      forget()
      made.end()
    }
    try {
      made.server = await this.start(client, { toClient: (line) => made.heard(line), ended })
    } catch (error) {
      ended()
      throw error
    }
    return made
  }

  private endOldest(): void {
    const [oldest] = [...this.all].filter(({ idle }) => idle).toSorted((left, right) => left.used - right.used)
    if (oldest?.server === undefined)
      throw new AgentError('usage', `${MOST_SERVERS} servers are at work already, so no further one was started. Try again later.`)
    oldest.server.close()
  }

  private endIdle(before: number): void {
    for (const one of this.all) if (one.idle && one.used < before) one.server?.close()
  }
}

import { randomUUID } from 'node:crypto'
import { AgentError } from '../../../platform/errors.ts'
import { ClientServer, type ServerBehindGate } from './client-server.ts'

/** Starts the server anew, on behalf of a process where one is known. Rejects with a sentence. */
export type StartServer = (client: number | undefined, to: ServerEnds) => Promise<ServerBehindGate>

export interface ServerEnds {
  readonly toClient: (line: Buffer) => boolean
  readonly ended: () => void
}

/** Servers at once, each is a process; and with those that were told to end and have not yet. */
const [MOST_SERVERS, MOST_PROCESSES] = [64, 128]
/** How long one stays that nobody asks anything, milliseconds. */
const IDLE_MS = 30 * 60_000
const SWEEP_MS = 60_000

/** The servers that were started for clients: one a session, and one a process where the protocol has no sessions. */
export class ClientServers {
  private readonly start: StartServer
  private readonly sessions = new Map<string, ClientServer>()
  private readonly byPlace = new Map<string, Promise<ClientServer>>()
  /** At work or idle, and how each is no longer found. */
  private readonly all = new Map<ClientServer, () => void>()
  /** Told to end, and still there. */
  private readonly ending = new Set<ClientServer>()
  private readonly sweep: NodeJS.Timeout
  /** Told once nothing is left; set when all of them are to end. */
  private closed: (() => void) | undefined

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
    let starting: Promise<ClientServer> | undefined
    const forget = (): void => {
      // There may be another by now.
      if (this.byPlace.get(place) === starting) this.byPlace.delete(place)
    }
    starting = this.started(client, forget)
    this.byPlace.set(place, starting)
    starting.catch(forget)
    return starting
  }

  /** False: there is no such session. */
  end(id: string): boolean {
    const server = this.sessions.get(id)
    if (server !== undefined) this.dismiss(server)
    return server !== undefined
  }

  /** Until the last of them is gone: nobody would end one that was left behind. */
  async close(): Promise<void> {
    clearInterval(this.sweep)
    const closed = new Promise<void>((resolve) => {
      this.closed = resolve
    })
    for (const one of [...this.all.keys()]) if (one.server !== undefined) this.dismiss(one)
    this.settle()
    await closed
  }

  private settle(): void {
    if (this.all.size + this.ending.size === 0) this.closed?.()
  }

  private async started(client: number | undefined, forget: () => void): Promise<ClientServer> {
    if (this.closed !== undefined) throw new AgentError('usage', 'The gate is being closed, so no server was started.')
    if (this.all.size + this.ending.size >= MOST_PROCESSES) throw atWork()
    if (this.all.size >= MOST_SERVERS) this.endOldest()
    const made = new ClientServer()
    this.all.set(made, forget)
    const ended = (): void => {
      this.forget(made)
      this.ending.delete(made)
      made.end()
      this.settle()
    }
    try {
      made.server = await this.start(client, { toClient: (line) => made.heard(line), ended })
      if (this.closed !== undefined) this.dismiss(made)
    } catch (error) {
      ended()
      throw error
    }
    return made
  }

  /** Told to end: nobody finds it from now on, and it counts no longer as one at work. */
  private dismiss(one: ClientServer): void {
    this.forget(one)
    this.ending.add(one)
    one.server?.close()
  }

  private forget(one: ClientServer): void {
    this.all.get(one)?.()
    this.all.delete(one)
  }

  private endOldest(): void {
    const [oldest] = [...this.all.keys()].filter(({ idle }) => idle).toSorted((left, right) => left.used - right.used)
    if (oldest?.server === undefined) throw atWork()
    this.dismiss(oldest)
  }

  private endIdle(before: number): void {
    for (const one of [...this.all.keys()]) if (one.idle && one.used < before && one.server !== undefined) this.dismiss(one)
  }
}

function atWork(): AgentError {
  return new AgentError('usage', `${MOST_SERVERS} servers are at work already, so no further one was started. Try again later.`)
}

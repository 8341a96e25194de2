import { randomBytes } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { AgentError, messageOf, systemCode } from '../errors.ts'
import { writePrivateFile } from '../private-file.ts'
import { COMMAND_ROLE, type Hello } from './hello.ts'
import { Peer, type PeerHandler } from './peer.ts'

export interface LocalServerOptions {
  readonly address: string
  /** Where this start's tokens are written, readable by this user only: for gate front-ends, and for commands. */
  readonly tokenFiles: { readonly gate: string; readonly command: string }
  readonly pipe: boolean
  /** Called once the token was right. What it returns receives the frames. */
  readonly accept: (peer: Peer, hello: Hello) => Promise<PeerHandler>
  readonly log: (text: string) => void
  readonly maxConnections?: number
}

const MAX_CONNECTIONS = 512

/** The agent's door on this machine: a private unix socket or named pipe. Token and private directory keep others out. */
export class LocalServer {
  private readonly server: Server
  private readonly peers = new Set<Peer>()
  private readonly options: LocalServerOptions
  private readonly tokens = { gate: randomBytes(32).toString('hex'), command: randomBytes(32).toString('hex') }

  constructor(options: LocalServerOptions) {
    this.options = options
    this.server = createServer((socket) => this.admit(socket))
    this.server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS
  }

  /** Throws an `AgentError` when another agent holds the address. */
  async listen(): Promise<void> {
    const { address, pipe } = this.options
    if (!pipe) await removeStale(address)
    writePrivateFile(this.options.tokenFiles.gate, this.tokens.gate)
    writePrivateFile(this.options.tokenFiles.command, this.tokens.command)
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(address, () => {
        this.server.off('error', reject)
        resolve()
      })
    }).catch((error: unknown) => {
      throw inUse(address, systemCode(error) === 'EADDRINUSE' ? undefined : error)
    })
    if (!pipe) chmodSync(address, 0o600)
    this.server.on('error', (error) => this.options.log(`local socket: ${messageOf(error)}`))
  }

  get connections(): number {
    return this.peers.size
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    for (const peer of this.peers) peer.end()
    await closed
  }

  private admit(socket: Socket): void {
    const tokenOf = (role: string): string => (role === COMMAND_ROLE ? this.tokens.command : this.tokens.gate)
    const peer = new Peer(socket, { tokenOf, accept: this.options.accept, log: this.options.log })
    this.peers.add(peer)
    socket.on('close', () => this.peers.delete(peer))
  }
}

/** A socket file whose agent is gone is removed; a living agent keeps it. */
async function removeStale(address: string): Promise<void> {
  await refuseSecond(address)
  rmSync(address, { force: true })
}

/** Throws an `AgentError` when an agent listens at the address already. */
export async function refuseSecond(address: string): Promise<void> {
  const alive = await new Promise<boolean>((resolve) => {
    const probe = connect(address)
    probe.on('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.on('error', () => resolve(false))
  })
  if (alive) throw inUse(address)
}

function inUse(address: string, cause?: unknown): AgentError {
  const why = cause === undefined ? 'another Assize agent already listens there' : messageOf(cause)
  return new AgentError(
    'usage',
    `The agent could not listen on \`${address}\` (${why}), so this one did not start. Stop the other agent or name another directory with --state.`,
    cause,
  )
}

/** Who calls a gate that listens: the process behind a connection, as the operating system tells it. */
import { readlink } from 'node:fs/promises'
import type { Socket } from 'node:net'
import type { Caller } from '../platform/caller.ts'
import { type ConnectionOwners, linuxConnectionOwners, NO_CONNECTION_OWNERS } from '../platform/connection-owner.ts'
import type { Platform } from '../platform/platform.ts'

/**
 * Looking takes some milliseconds once per connection, more on a busy machine. It is waited for: a caller without a name would have a
 * session of its own, in which nothing was read.
 */
const LOOK_MS = 5000

export class Callers {
  private readonly platform: Platform
  private readonly gate: string
  private readonly owners: ConnectionOwners
  private readonly bySocket = new WeakMap<Socket, Promise<Caller>>()

  constructor(platform: Platform, gate: string) {
    this.platform = platform
    this.gate = gate
    this.owners = platform.os === 'linux' ? linuxConnectionOwners() : NO_CONNECTION_OWNERS
  }

  /** Begins to look as soon as the connection is there. */
  greet(socket: Socket): void {
    this.bySocket.set(socket, this.look(socket))
  }

  of(socket: Socket): Promise<Caller> {
    return this.bySocket.get(socket) ?? Promise.resolve(this.named([], '/'))
  }

  private async look(socket: Socket): Promise<Caller> {
    const { remotePort, localPort } = socket
    if (remotePort === undefined || localPort === undefined) return this.named([], '/')
    const timeout = new Promise<undefined>((resolve) => setTimeout(resolve, LOOK_MS, undefined).unref())
    const pid = await Promise.race([this.owners.find({ localPort: remotePort, remotePort: localPort }), timeout])
    if (pid === undefined) return this.named([], '/')
    const [own, tree, cwd] = await Promise.all([
      this.platform.processes.ancestry(process.pid),
      this.platform.processes.ancestry(pid),
      readlink(`/proc/${pid}/cwd`).catch(() => '/'),
    ])
    // A tree begins with the front-end; here that is the agent itself.
    return this.named([...own.slice(0, 1), ...tree], cwd)
  }

  private named(ancestry: Caller['ancestry'], cwd: string): Caller {
    const { user, home } = this.platform
    return { gate: this.gate, ancestry, cwd, user, home, claims: {} }
  }
}

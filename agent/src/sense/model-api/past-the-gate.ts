/** Sees who speaks to a model server directly that was moved behind the gateway. */
import type { GateHost } from '../gate.ts'
import { type Connections, linuxConnections } from '../../platform/connections.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Forwarder } from './forward.ts'
import { GATE } from './judging.ts'

const EVERY_MS = 2000
/** Told at most; whoever goes past the gate so often is known by then. */
const MOST_TOLD = 50
/** For so long status speaks of it. */
const REMEMBERED_MS = 10 * 60_000

export interface PastTheGateOptions {
  readonly host: GateHost
  readonly platform: Platform
  readonly forwarder: Forwarder
  /** Port that the server was moved to. */
  readonly port: number
  readonly connections?: Connections
}

export class PastTheGate {
  private readonly options: PastTheGateOptions
  private readonly connections: Connections
  private readonly timer: NodeJS.Timeout | undefined
  /** Who, and when they were seen last. */
  private readonly seen = new Map<string, number>()
  private looking = false

  constructor(options: PastTheGateOptions) {
    this.options = options
    this.connections = options.connections ?? linuxConnections()
    if (options.platform.os !== 'linux' && options.connections === undefined) return
    this.timer = setInterval(() => void this.look(), EVERY_MS).unref()
  }

  problems(): readonly string[] {
    const { host, port } = this.options
    const lately = [...this.seen].filter(([, at]) => host.now() - at < REMEMBERED_MS).map(([who]) => who)
    if (lately.length === 0) return []
    return [
      `${lately.slice(0, 5).join(', ')} spoke to the model server on port ${port} directly, so its calls were not decided. Let it use the port that the gateway took over.`,
    ]
  }

  close(): void {
    clearInterval(this.timer)
  }

  /** Does not reject. */
  async look(): Promise<void> {
    if (this.looking) return
    this.looking = true
    try {
      const { port, forwarder } = this.options
      for (const connection of await this.connections.to(port)) {
        if (connection.pid === process.pid || forwarder.isOwn(connection.from)) continue
        this.tell(connection.pid, connection.program)
      }
    } finally {
      this.looking = false
    }
  }

  private tell(pid: number | undefined, program: string | undefined): void {
    const { host, port } = this.options
    const who = pid === undefined ? 'a program that is gone already' : `${program ?? 'a program'} (process ${pid})`
    const known = this.seen.has(who)
    this.seen.set(who, host.now())
    if (known || this.seen.size > MOST_TOLD) return
    host.note('gate.passed-by', { gate: GATE, port, ...(pid === undefined ? {} : { pid }), ...(program === undefined ? {} : { program }) })
  }
}

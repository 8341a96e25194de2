/** Requests by which a server says what it is and offers. */
const METHODS: ReadonlySet<string> = new Set(['initialize', 'server/discover', 'tools/list'])
const MOST_EXCHANGES = 64
const MOST_BYTES = 4 * 1024 * 1024

/** A request and its answer, as they went by. */
export interface Exchange {
  readonly request: Buffer
  readonly response: Buffer
}

/**
 * Remembers how a server introduced itself. An agent that starts again knows nothing of the servers that were there before
 * it, and hosts ask only once: the front-end tells it. Newer answers push out older ones when there is no more room.
 */
export class Introductions {
  private readonly open = new Map<string, Buffer>()
  private readonly exchanges: Exchange[] = []
  private bytes = 0

  /** An answer is still to come. */
  get expecting(): boolean {
    return this.open.size > 0
  }

  asked(id: string, method: string, request: Buffer): void {
    if (METHODS.has(method) && this.open.size < MOST_EXCHANGES) this.open.set(id, Buffer.from(request))
  }

  answered(id: string | undefined, response: Buffer): void {
    const request = id === undefined ? undefined : this.open.get(id)
    if (id === undefined || request === undefined) return
    this.open.delete(id)
    if (request.length + response.length > MOST_BYTES) return
    this.exchanges.push({ request, response: Buffer.from(response) })
    this.bytes += request.length + response.length
    while (this.exchanges.length > MOST_EXCHANGES || this.bytes > MOST_BYTES) {
      const oldest = this.exchanges.shift()
      this.bytes -= (oldest?.request.length ?? 0) + (oldest?.response.length ?? 0)
    }
  }

  all(): readonly Exchange[] {
    return this.exchanges
  }
}

import type { ListeningPort } from '../../platform/health.ts'
import type { KnownProcess, ProcessSource } from './process-source.ts'
import { recognise } from './recognise.ts'

/** The part of `systeminformation` that is used; injected, so that it can be tried anywhere. */
export interface SystemListing {
  processes(): Promise<{
    readonly list: readonly {
      readonly pid: number
      readonly parentPid: number
      readonly name: string
      readonly path: string
      readonly command: string
      readonly params: string
      readonly started: string
      readonly user: string
    }[]
  }>
  networkConnections(): Promise<
    readonly { readonly state: string; readonly localAddress: string; readonly localPort: string; readonly pid: number }[]
  >
}

const COMMAND_CHARACTERS = 4_096

/** Processes from a system-wide listing, where there is no `/proc`. Costly, so it is asked for rarely. */
export class ListedSource implements ProcessSource {
  readonly every = 60_000
  readonly #listing: SystemListing

  constructor(listing: SystemListing) {
    this.#listing = listing
  }

  async scan(): Promise<readonly KnownProcess[]> {
    const { list } = await this.#listing.processes()
    const known = list.flatMap((entry) => {
      // One line is all that these systems give; arguments with spaces fall apart, which only costs a little recognition.
      const args = [entry.command || entry.name, ...entry.params.slice(0, COMMAND_CHARACTERS).split(/\s+/).filter(Boolean)]
      const facts = { executable: entry.path ? joinPath(entry.path, entry.name) : entry.name, args }
      const kind = recognise(facts)
      const startedAt = Date.parse(entry.started)
      return kind
        ? [
            {
              pid: entry.pid,
              parent: entry.parentPid,
              startedAt: Number.isNaN(startedAt) ? 0 : startedAt,
              kind,
              facts,
              user: entry.user,
              variables: new Map<string, string>(),
            },
          ]
        : []
    })
    if (known.length === 0) return []
    const ports = await this.#ports(new Set(known.map((entry) => entry.pid)))
    return known.map((entry) => ({ ...entry, ports: ports.get(entry.pid) ?? [] }))
  }

  async #ports(pids: ReadonlySet<number>): Promise<ReadonlyMap<number, readonly ListeningPort[]>> {
    const found = new Map<number, ListeningPort[]>()
    for (const connection of await this.#listing.networkConnections()) {
      const port = Number(connection.localPort)
      if (connection.state !== 'LISTEN' || !pids.has(connection.pid) || !Number.isInteger(port)) continue
      const address = connection.localAddress === '*' ? '0.0.0.0' : connection.localAddress
      found.set(connection.pid, [...(found.get(connection.pid) ?? []), { address, port }])
    }
    return found
  }
}

function joinPath(directory: string, name: string): string {
  if (directory.endsWith(name)) return directory
  return `${directory}${directory.includes('\\') ? '\\' : '/'}${name}`
}

/** The servers that stand behind this gate: those of the configuration, and those that `assize protect` put there. */
import { type FSWatcher, watch } from 'node:fs'
import { messageOf } from '../../platform/errors.ts'
import { type McpServers, mcpServersFolder, NO_MCP_SERVERS, readMcpServers } from '../../platform/mcp-servers.ts'

export interface RemoteServer {
  readonly name: string
  readonly url: URL
  /** Its own path, without a question. */
  readonly path: string
  /** Further paths that it named itself. */
  readonly places: Set<string>
  /** Streams that are open now in the protocol's oldest form, by where their messages go. Writes an event. */
  readonly streams: Map<string, (event: string) => void>
  /** Where it said how to sign in. */
  metadata: URL | undefined
}

export class ServerList {
  private readonly state: string
  private readonly configured: Readonly<Record<string, string>>
  private readonly byName = new Map<string, RemoteServer>()
  private watcher: FSWatcher | undefined
  private problem: string | undefined
  port: number | undefined

  constructor(state: string, configured: Readonly<Record<string, string>>) {
    this.state = state
    this.configured = configured
    this.read()
  }

  get empty(): boolean {
    return this.byName.size === 0
  }

  get problems(): readonly string[] {
    return this.problem === undefined ? [] : [this.problem]
  }

  find(name: string): RemoteServer | undefined {
    return this.byName.get(name)
  }

  /** Reads again whenever the list is written. */
  follow(changed: () => void): void {
    try {
      this.watcher = watch(mcpServersFolder(this.state), { persistent: false }, () => {
        this.read()
        changed()
      })
      this.watcher.on('error', () => undefined)
    } catch (error) {
      this.problem = `The list of MCP servers cannot be watched (${messageOf(error)}): what \`assize protect\` changes counts after the agent's next start.`
    }
  }

  close(): void {
    this.watcher?.close()
  }

  /** A list that cannot be read leaves the servers that were known. */
  private read(): void {
    let written: McpServers = NO_MCP_SERVERS
    try {
      written = readMcpServers(this.state)
      this.problem = undefined
    } catch (error) {
      this.problem = `The list of MCP servers cannot be read (${messageOf(error)}), so those that were added to it cannot be reached. Run \`assize protect\` again.`
      if (this.byName.size > 0) return
    }
    this.port = written.port
    const wanted = { ...written.servers, ...this.configured }
    for (const name of this.byName.keys()) if (!Object.hasOwn(wanted, name)) this.byName.delete(name)
    for (const [name, address] of Object.entries(wanted)) {
      if (this.byName.get(name)?.url.href === new URL(address).href) continue
      const url = new URL(address)
      this.byName.set(name, { name, url, path: url.pathname, places: new Set(), streams: new Map(), metadata: undefined })
    }
  }
}

/** Gives servers that are reached by address a place behind the gate, and knows where they really are. */
import { AgentError, messageOf } from '../../platform/errors.ts'
import { type McpServers, mcpServersFolder, readMcpServers, SERVER_NAME, writeMcpServers } from '../../platform/mcp-servers.ts'

/** Ports for agents that were told none: below those that systems hand out, and rarely the same for two people on a machine. */
const PORTS = { from: 7320, count: 480 } as const

export class RemoteServers {
  private readonly state: string
  private readonly port: number
  private readonly servers: Map<string, string>
  private changed: boolean

  /** `configured` is the port that the agent's configuration names, where it does. */
  constructor(state: string, configured: number | undefined) {
    const written = listOf(state)
    this.state = state
    this.port = configured ?? written.port ?? PORTS.from + (digest(state) % PORTS.count)
    this.servers = new Map(Object.entries(written.servers))
    this.changed = this.port !== written.port
  }

  /** The address that stands for another behind the gate; undefined when the gate could not stand in front of it. */
  place(name: string, address: string): string | undefined {
    const there = this.original(address)
    // Placeholders are filled in by the application, which then asks for something else than what stands here.
    if (there === undefined && (/[${}<>]/.test(address) || !isPlain(address))) return undefined
    const [base = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(there ?? address)?.slice(1) ?? []
    const url = new URL(base)
    return `http://127.0.0.1:${this.port}/${this.nameOf(name, base)}${url.pathname}${rest}`
  }

  /** Where a server behind the gate really is, as it was written; undefined for an address that is none of the gate's. */
  original(address: string): string | undefined {
    if (!URL.canParse(address)) return undefined
    const { protocol, hostname, pathname, search, hash } = new URL(address)
    const [, name = '', path = ''] = /^\/([^/]+)(\/.*)$/s.exec(pathname) ?? []
    const base = this.servers.get(name)
    if (protocol !== 'http:' || hostname !== '127.0.0.1' || base === undefined || new URL(base).pathname !== path) return undefined
    return `${base}${search}${hash}`
  }

  /** Lets the agent know. */
  keep(): void {
    if (!this.changed || this.servers.size === 0) return
    writeMcpServers(this.state, { port: this.port, servers: Object.fromEntries(this.servers) })
    this.changed = false
  }

  /** Two servers of one name have to be told apart. */
  private nameOf(wished: string, base: string): string {
    for (const [name, known] of this.servers) if (known === base && name.replace(/-\d+$/, '') === tidy(wished)) return name
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? tidy(wished) : `${tidy(wished)}-${number}`
      if (this.servers.has(name)) continue
      this.servers.set(name, base)
      this.changed = true
      return name
    }
  }
}

/** Throws an `AgentError`: without the list nobody knows where servers really are. */
function listOf(state: string): McpServers {
  try {
    return readMcpServers(state)
  } catch (error) {
    throw new AgentError(
      'usage',
      `The list of MCP servers in \`${mcpServersFolder(state)}\` cannot be read (${messageOf(error)}), so nothing was changed. Put it right, or take it away if no application stands behind the gate.`,
      error,
    )
  }
}

function tidy(name: string): string {
  const kept = name.replace(/[^\w.-]/g, '-').slice(0, 90)
  return SERVER_NAME.test(kept) ? kept : `s${kept}`
}

function isPlain(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, username, password } = new URL(address)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

function digest(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}

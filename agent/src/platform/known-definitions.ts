/** How MCP servers described their tools, prompts and resources when something was last let go to them; kept over restarts. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject, ToolDefinition } from '@assize/kernel'
import { messageOf, systemCode } from './errors.ts'
import { writePrivateFile } from './private-file.ts'

const FILE = 'tool-definitions.json'
const MOST_FILE_BYTES = 32 * 1024 * 1024
const MOST_KEPT_BYTES = 24 * 1024 * 1024
const MOST_SERVERS = 500
const MOST_TOOLS = 2000
/** Ways to describe itself that one tool is known by: the same server can run in several versions. */
const MOST_WAYS = 8

/** One tool. */
export interface KnownTool {
  /** As it was described when something was let go to it, the oldest first. */
  readonly known: readonly ToolDefinition[]
  /** As it describes itself now, where nobody has let anything go to that yet. */
  readonly changed?: ToolDefinition
}

export class KnownDefinitions {
  private readonly path: string
  private readonly servers: Map<string, Map<string, KnownTool>>
  private bytes = 0
  /** What cannot be remembered, and what that means. */
  problem: string | undefined

  constructor(state: string) {
    this.path = join(state, FILE)
    const { servers, problem } = readKnownDefinitions(state)
    this.servers = new Map([...servers].map(([server, tools]) => [server, new Map(tools)]))
    this.problem = problem
    for (const tools of this.servers.values()) for (const tool of tools.values()) this.bytes += sizeOf(tool)
  }

  /** Takes in what a server offers; gives those that were described otherwise before, as they were. */
  offered(server: string, tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
    const before: ToolDefinition[] = []
    let written = false
    for (const tool of tools) {
      const one = this.servers.get(server)?.get(tool.name)
      const latest = one?.known.at(-1)
      if (one === undefined || latest === undefined) written = this.keep(server, tool.name, { known: [tool] }) || written
      else if (!one.known.some((known) => sameDefinition(known, tool))) {
        before.push(latest)
        if (one.changed === undefined || !sameDefinition(one.changed, tool))
          written = this.keep(server, tool.name, { ...one, changed: tool }) || written
      }
    }
    if (written) this.write()
    return before
  }

  /** How the tool describes itself where it is not known by that. */
  changed(server: string, name: string): ToolDefinition | undefined {
    return this.servers.get(server)?.get(name)?.changed
  }

  /** Something was let go to the tool as it was then, so that is what it is known by from now on; false when it says something else again. */
  accept(server: string, name: string, now: ToolDefinition): boolean {
    const one = this.servers.get(server)?.get(name)
    if (one?.changed !== now) return false
    if (this.keep(server, name, { known: [...one.known, now].slice(-MOST_WAYS) })) this.write()
    return true
  }

  problems(): readonly string[] {
    return this.problem === undefined ? [] : [this.problem]
  }

  private keep(server: string, name: string, tool: KnownTool): boolean {
    const tools = this.servers.get(server) ?? new Map<string, KnownTool>()
    const before = tools.get(name)
    const size = sizeOf(tool) - (before === undefined ? 0 : sizeOf(before))
    const full = (before === undefined && tools.size >= MOST_TOOLS) || (tools.size === 0 && this.servers.size >= MOST_SERVERS)
    if (full || this.bytes + size > MOST_KEPT_BYTES) {
      this.problem = `More tools of MCP servers were described than are remembered in ${this.path}, so a change of ${server} ${name} from one session to the next is not noticed. Remove the file when its servers are no longer used.`
      return false
    }
    this.bytes += size
    this.servers.set(server, tools.set(name, tool))
    return true
  }

  private write(): void {
    try {
      const all = Object.fromEntries([...this.servers].map(([server, tools]) => [server, Object.fromEntries(tools)]))
      writePrivateFile(this.path, `${JSON.stringify(all)}\n`)
    } catch (error) {
      this.problem = `What tools say of themselves cannot be remembered in ${this.path} (${messageOf(error)}), so a change is noticed only until the agent stops. Make room or repair the folder.`
    }
  }
}

type Servers = ReadonlyMap<string, ReadonlyMap<string, KnownTool>>

/** What is kept in a state directory, by server and tool. Never throws: a file that cannot be read is a problem in words. */
export function readKnownDefinitions(state: string): { readonly servers: Servers; readonly problem: string | undefined } {
  const path = join(state, FILE)
  const servers = new Map<string, ReadonlyMap<string, KnownTool>>()
  try {
    const text = readFileSync(path, 'utf8')
    if (text.length > MOST_FILE_BYTES) throw new Error('it is larger than 32 MiB')
    for (const [server, tools] of Object.entries(JSON.parse(text) as JsonObject)) {
      const read = Object.entries(objectOf(tools)).flatMap(([name, tool]): readonly (readonly [string, KnownTool])[] => {
        const { known, changed }: { readonly known?: unknown; readonly changed?: unknown } = objectOf(tool)
        const definitions = Array.isArray(known) ? known.filter(isDefinition) : []
        if (definitions.length === 0) return []
        return [[name, { known: definitions, ...(isDefinition(changed) ? { changed } : {}) }] as const]
      })
      servers.set(server, new Map(read))
    }
    return { servers, problem: undefined }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { servers, problem: undefined }
    const problem = `What tools said of themselves, kept in ${path}, cannot be read (${messageOf(error)}), so a tool that changed since is taken as it is now. Look at the tools of your MCP servers, then remove the file.`
    return { servers: new Map(), problem }
  }
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function isDefinition(value: unknown): value is ToolDefinition {
  return typeof value === 'object' && value !== null && typeof (value as ToolDefinition).name === 'string'
}

/** Whether two say the same, for models and applications. */
export function sameDefinition(one: ToolDefinition, other: ToolDefinition): boolean {
  return one === other || fingerprintOf(one) === fingerprintOf(other)
}

const FINGERPRINTS = new WeakMap<ToolDefinition, string>()

/** The parts that models and applications go by; the order of keys is none of them. */
function fingerprintOf(tool: ToolDefinition): string {
  const made = FINGERPRINTS.get(tool) ?? createHash('sha256').update(plainText(tool)).digest('base64')
  FINGERPRINTS.set(tool, made)
  return made
}

function plainText({ name, description, inputSchema, annotations }: ToolDefinition): string {
  return JSON.stringify([name, description ?? null, inputSchema ?? null, annotations ?? null], (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  )
}

function sizeOf({ known, changed }: KnownTool): number {
  return [...known, ...(changed === undefined ? [] : [changed])].reduce((sum, tool) => sum + plainText(tool).length, 0)
}

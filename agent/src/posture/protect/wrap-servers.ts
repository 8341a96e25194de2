/** Puts the gate in front of the MCP servers that a configuration starts, and takes it away again. */
import type { Json, JsonObject } from '@assize/kernel'
import { type Change, type Path, valueAt } from './edit/change.ts'

export interface Wrapping {
  /** Where the servers stand, as in `McpHost.servers`. */
  readonly servers: readonly Path[]
  /** The member with the program. */
  readonly command: string
  /** Program and arguments of the gate, up to where `mcp` begins. */
  readonly gate: readonly string[]
  /** Where servers that are reached by address stand behind the gate. */
  readonly remote?: RemotePlaces
}

export interface RemotePlaces {
  /** Undefined when the gate could not stand in front of it. */
  place(name: string, address: string): string | undefined
  original(address: string): string | undefined
  keep(): void
}

export interface Wrapped {
  readonly changes: readonly Change[]
  /** Servers that stand behind the gate once the changes are made, those among them that did so before included. */
  readonly behind: readonly string[]
  /** Servers that are reached over the network and stay as they are. */
  readonly remote: readonly string[]
}

interface Server {
  readonly name: string
  readonly at: Path
  readonly value: JsonObject
}

export function wrapServers(config: Json, wrapping: Wrapping): Wrapped {
  const found = serversOf(config, wrapping)
  const local = found.filter((server) => programOf(server, wrapping) !== undefined)
  const distant = found.flatMap((server) => {
    const address = programOf(server, wrapping) === undefined ? addressOf(server) : undefined
    return address === undefined ? [] : [{ server, address, place: wrapping.remote?.place(server.name, address.value) }]
  })
  return {
    changes: [
      ...local.filter((server) => originalOf(server, wrapping) === undefined).flatMap((server) => wrapped(server, wrapping)),
      ...distant.flatMap(({ server, address, place }): readonly Change[] =>
        place === undefined || place === address.value ? [] : [{ do: 'set', at: [...server.at, address.key], value: place }],
      ),
    ],
    behind: [...local, ...distant.filter(({ place }) => place !== undefined).map(({ server }) => server)].map(({ name }) => name),
    remote: distant.filter(({ place }) => place === undefined).map(({ server }) => server.name),
  }
}

/** The changes that take every gate away, whoever put it there. */
export function unwrapServers(config: Json, wrapping: Pick<Wrapping, 'servers' | 'command' | 'remote'>): readonly Change[] {
  return serversOf(config, wrapping).flatMap((server): readonly Change[] => {
    const address = addressOf(server)
    const there = address === undefined ? undefined : wrapping.remote?.original(address.value)
    if (address !== undefined && there !== undefined) return [{ do: 'set', at: [...server.at, address.key], value: there }]
    const original = originalOf(server, wrapping)
    if (original === undefined) return []
    const { program, before, rest } = original
    const at = [...server.at, wrapping.command]
    if (Array.isArray(server.value[wrapping.command])) return [{ do: 'shift', at, count: before + 1 }]
    const args: Change =
      rest === 0 ? { do: 'remove', at: [...server.at, 'args'] } : { do: 'shift', at: [...server.at, 'args'], count: before + 1 }
    return [{ do: 'set', at, value: program }, args]
  })
}

function wrapped(server: Server, { command, gate }: Wrapping): readonly Change[] {
  const [program, ...before] = [...gate, 'mcp', '--server', server.name, '--']
  const at = [...server.at, command]
  const original = server.value[command]
  if (Array.isArray(original)) return [{ do: 'prepend', at, values: [program, ...before] }]
  const args = [...server.at, 'args']
  return [
    { do: 'set', at, value: program },
    Array.isArray(server.value['args'])
      ? { do: 'prepend', at: args, values: [...before, original as string] }
      : { do: 'set', at: args, value: [...before, original as string] },
  ]
}

function serversOf(config: Json, { servers }: Pick<Wrapping, 'servers'>): readonly Server[] {
  return servers
    .flatMap((path) => expand(config, path))
    .flatMap((at): readonly Server[] => {
      const value = valueAt(config, at)
      if (Array.isArray(value))
        return value.flatMap((item: Json, index) => {
          const name = isObject(item) ? item['name'] : undefined
          return isObject(item) && typeof name === 'string' ? [{ name, at: [...at, index], value: item }] : []
        })
      if (!isObject(value)) return []
      return Object.entries(value).flatMap(([name, item]) => (isObject(item) ? [{ name, at: [...at, name], value: item }] : []))
    })
}

/** Every path that a path with `*` stands for. */
function expand(config: Json, path: Path): readonly Path[] {
  const star = path.indexOf('*')
  if (star < 0) return [path]
  const parent = valueAt(config, path.slice(0, star))
  if (!isObject(parent)) return []
  return Object.keys(parent).map((key) => [...path.slice(0, star), key, ...path.slice(star + 1)])
}

/** Program and arguments of a server that this machine starts. */
function programOf(server: Server, { command }: Pick<Wrapping, 'command'>): readonly string[] | undefined {
  const program = server.value[command]
  const args = server.value['args'] ?? []
  const words: readonly unknown[] = Array.isArray(program) ? program : [program, ...(Array.isArray(args) ? args : [undefined])]
  return words.length > 0 && words.every((word) => typeof word === 'string') ? (words as readonly string[]) : undefined
}

function addressOf({ value }: Server): { readonly key: string; readonly value: string } | undefined {
  for (const key of ['url', 'serverUrl', 'httpUrl', 'uri']) {
    const address = value[key]
    if (typeof address === 'string') return { key, value: address }
  }
  return undefined
}

/** What stands behind our gate: the program, how many of the words in front of it are ours, and how many arguments are left. */
function originalOf(
  server: Server,
  wrapping: Pick<Wrapping, 'command'>,
): { readonly program: string; readonly before: number; readonly rest: number } | undefined {
  const words = programOf(server, wrapping) ?? []
  const end = words.indexOf('--')
  const ours = words.slice(0, end)
  const isGate =
    end > 0 && ours.includes('mcp') && ours.some((word) => /(?:^|[\\/])(?:assize(?:-client)?(?:\.exe)?|main\.(?:mjs|ts))$/.test(word))
  const program = words[end + 1]
  return isGate && program !== undefined ? { program, before: end, rest: words.length - end - 2 } : undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

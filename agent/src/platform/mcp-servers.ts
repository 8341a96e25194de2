/** The MCP servers that are reached over the web and stand behind the gate: `assize protect` writes the list, the agent reads it. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemCode } from './errors.ts'
import { writePrivateFile } from './private-file.ts'

/** A name is part of an address. */
export const SERVER_NAME = /^[A-Za-z0-9][\w.-]{0,99}$/
const MOST_BYTES = 1024 * 1024
const MOST_SERVERS = 1000

export interface McpServers {
  /** Where the gate listens on 127.0.0.1. */
  readonly port: number | undefined
  /** Addresses by name. */
  readonly servers: Readonly<Record<string, string>>
}

export const NO_MCP_SERVERS: McpServers = { port: undefined, servers: {} }

/** The folder that holds the list and nothing else, so that it can be watched. */
export const mcpServersFolder = (state: string): string => join(state, 'mcp-servers')
const fileIn = (state: string): string => join(mcpServersFolder(state), 'servers.json')

/** Nothing when there is no list. Throws when it cannot be read. */
export function readMcpServers(state: string): McpServers {
  let text: string
  try {
    text = readFileSync(fileIn(state), 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return NO_MCP_SERVERS
    throw error
  }
  if (text.length > MOST_BYTES) throw new Error(`${fileIn(state)} is larger than a megabyte`)
  return checked(JSON.parse(text))
}

export function writeMcpServers(state: string, { port, servers }: McpServers): void {
  mkdirSync(mcpServersFolder(state), { recursive: true, mode: 0o700 })
  writePrivateFile(fileIn(state), `${JSON.stringify({ ...(port === undefined ? {} : { port }), servers }, null, 2)}\n`)
}

/** Nothing stands behind the gate any more. Applications that still call there are refused. */
export function forgetMcpServers(state: string): void {
  rmSync(fileIn(state), { force: true })
}

/** What is no name or no address is left out. */
function checked(value: unknown): McpServers {
  const { port, servers } = fields(value)
  const known = Object.entries(fields(servers)).filter(
    (entry): entry is [string, string] => SERVER_NAME.test(entry[0]) && typeof entry[1] === 'string' && isWebAddress(entry[1]),
  )
  const isPort = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536
  return { port: isPort ? port : undefined, servers: Object.fromEntries(known.slice(0, MOST_SERVERS)) }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Where AI applications look for MCP servers in the folder of a project: data. Such a file is often shared with other people. */
import { join, sep } from 'node:path'
import { MCP_HOSTS, type McpHost } from './mcp-hosts.ts'

/** By application; format and place of the servers are those of its own file, unless the project's differs. */
const NAMES: readonly (readonly [app: string, name: string, servers?: McpHost['servers']])[] = [
  ['claude-code', '.mcp.json', [['mcpServers']]],
  ['cursor', '.cursor/mcp.json'],
  ['vscode', '.vscode/mcp.json'],
  ['codex', '.codex/config.toml'],
  ['gemini', '.gemini/settings.json'],
  ['zed', '.zed/settings.json'],
  ['roo', '.roo/mcp.json'],
  ['opencode', 'opencode.json'],
  ['opencode', 'opencode.jsonc'],
  ['amp', '.amp/settings.json'],
  ['kiro', '.kiro/settings/mcp.json'],
  ['amazon-q', '.amazonq/mcp.json'],
  ['droid', '.factory/mcp.json'],
  ['junie', '.junie/mcp/mcp.json'],
]

export interface ProjectFile {
  readonly path: string
  readonly host: McpHost
}

/** The files that there can be in a project. */
export function projectFiles(folder: string): readonly ProjectFile[] {
  return NAMES.flatMap(([app, name, servers]) => {
    const host = MCP_HOSTS.find((one) => one.app === app)
    if (host === undefined) return []
    return [{ path: join(folder, ...name.split('/')), host: servers === undefined ? host : { ...host, servers } }]
  })
}

/** What a file is that was changed in some project. */
export function projectFileAt(path: string): ProjectFile | undefined {
  return projectFiles('')
    .map((file) => ({ ...file, path: `${sep}${file.path}` }))
    .find((file) => path.endsWith(file.path))
}

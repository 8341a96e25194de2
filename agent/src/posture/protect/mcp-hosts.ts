/** Where AI applications keep the MCP servers they start: data. */
import { join } from 'node:path'
import type { Place } from '../../platform/file-plan.ts'
import type { Path } from './edit/change.ts'

export interface McpHost {
  readonly app: string
  readonly format: 'json' | 'toml' | 'yaml'
  readonly paths: (place: Place) => readonly string[]
  /** Where the servers stand: a map by name, or a list whose items have a `name`. `*` is every member. */
  readonly servers: readonly Path[]
  /** The member with the program, where it is not `command`; a list there holds the program and its arguments. */
  readonly command?: string
}

/** The folder for applications' own data. */
function data({ os, home, environment }: Place): string {
  if (os === 'darwin') return join(home, 'Library', 'Application Support')
  if (os === 'win32') return environment['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  return environment['XDG_CONFIG_HOME'] ?? join(home, '.config')
}

/** The folder for configuration files of programs that keep to the same one on every Unix. */
function config(place: Place): string {
  return place.os === 'win32' ? data(place) : (place.environment['XDG_CONFIG_HOME'] ?? join(place.home, '.config'))
}

const SERVERS: readonly Path[] = [['mcpServers']]
const EDITORS = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'] as const

/** Files under the home folder, by name. */
const inHome =
  (...names: readonly string[]) =>
  ({ home }: Place): readonly string[] =>
    names.map((name) => join(home, ...name.split('/')))

export const MCP_HOSTS: readonly McpHost[] = [
  {
    app: 'claude-desktop',
    format: 'json',
    paths: (place) => [join(data(place), 'Claude', 'claude_desktop_config.json')],
    servers: SERVERS,
  },
  { app: 'claude-code', format: 'json', paths: inHome('.claude.json'), servers: [...SERVERS, ['projects', '*', 'mcpServers']] },
  { app: 'cursor', format: 'json', paths: inHome('.cursor/mcp.json'), servers: SERVERS },
  {
    app: 'vscode',
    format: 'json',
    paths: (place) => [
      ...['Code', 'Code - Insiders'].map((editor) => join(data(place), editor, 'User', 'mcp.json')),
      join(place.home, '.vscode-server', 'data', 'User', 'mcp.json'),
    ],
    servers: [['servers']],
  },
  {
    app: 'copilot',
    format: 'json',
    paths: ({ home, environment }) => [join(environment['COPILOT_HOME'] ?? join(home, '.copilot'), 'mcp-config.json')],
    servers: SERVERS,
  },
  {
    app: 'windsurf',
    format: 'json',
    paths: (place) => [
      ...inHome('.codeium/windsurf/mcp_config.json', '.codeium/mcp_config.json')(place),
      join(config(place), 'devin', 'mcp_config.json'),
    ],
    servers: SERVERS,
  },
  {
    app: 'codex',
    format: 'toml',
    paths: ({ home, environment }) => [join(environment['CODEX_HOME'] ?? join(home, '.codex'), 'config.toml')],
    servers: [['mcp_servers']],
  },
  {
    app: 'gemini',
    format: 'json',
    paths: ({ home, environment }) => [join(environment['GEMINI_CLI_HOME'] ?? home, '.gemini', 'settings.json')],
    servers: SERVERS,
  },
  { app: 'antigravity', format: 'json', paths: inHome('.gemini/antigravity/mcp_config.json'), servers: SERVERS },
  {
    app: 'goose',
    format: 'yaml',
    paths: (place) => [
      place.os === 'win32' ? join(data(place), 'Block', 'goose', 'config', 'config.yaml') : join(config(place), 'goose', 'config.yaml'),
    ],
    servers: [['extensions']],
    command: 'cmd',
  },
  {
    app: 'zed',
    format: 'json',
    paths: (place) => [join(place.os === 'win32' ? data(place) : config(place), place.os === 'win32' ? 'Zed' : 'zed', 'settings.json')],
    servers: [['context_servers']],
  },
  { app: 'lm-studio', format: 'json', paths: inHome('.lmstudio/mcp.json'), servers: SERVERS },
  {
    app: 'cline',
    format: 'json',
    paths: (place) => EDITORS.map((editor) => join(extension(place, editor, 'saoudrizwan.claude-dev'), 'cline_mcp_settings.json')),
    servers: SERVERS,
  },
  {
    app: 'roo',
    format: 'json',
    paths: (place) => EDITORS.map((editor) => join(extension(place, editor, 'rooveterinaryinc.roo-cline'), 'mcp_settings.json')),
    servers: SERVERS,
  },
  { app: 'continue', format: 'yaml', paths: inHome('.continue/config.yaml'), servers: SERVERS },
  {
    app: 'opencode',
    format: 'json',
    paths: (place) => ['opencode.json', 'opencode.jsonc'].map((name) => join(config(place), 'opencode', name)),
    servers: [['mcp']],
  },
  { app: 'amp', format: 'json', paths: (place) => [join(config(place), 'amp', 'settings.json')], servers: [['amp.mcpServers']] },
  {
    app: 'openclaw',
    format: 'json',
    paths: ({ home, environment }) => [
      environment['OPENCLAW_CONFIG_PATH'] ||
        join(environment['OPENCLAW_STATE_DIR'] || join(environment['OPENCLAW_HOME'] || home, '.openclaw'), 'openclaw.json'),
    ],
    servers: [['mcp', 'servers']],
  },
  { app: 'kiro', format: 'json', paths: inHome('.kiro/settings/mcp.json'), servers: SERVERS },
  { app: 'amazon-q', format: 'json', paths: inHome('.aws/amazonq/mcp.json', '.aws/amazonq/agents/default.json'), servers: SERVERS },
  { app: 'droid', format: 'json', paths: inHome('.factory/mcp.json'), servers: SERVERS },
  { app: 'kimi', format: 'json', paths: inHome('.kimi/mcp.json'), servers: SERVERS },
  { app: 'vibe', format: 'toml', paths: inHome('.vibe/config.toml'), servers: [['mcp_servers']] },
  { app: 'trae', format: 'json', paths: (place) => [join(data(place), 'Trae', 'User', 'mcp.json')], servers: SERVERS },
  { app: 'junie', format: 'json', paths: inHome('.junie/mcp/mcp.json'), servers: SERVERS },
]

function extension(place: Place, editor: string, id: string): string {
  return join(data(place), editor, 'User', 'globalStorage', id, 'settings')
}

/** Configurations as people have them, one or more per application that is known. */

export interface Sample {
  readonly app: string
  /** Under the home folder, as on Linux. */
  readonly path: string
  readonly text: string
  /** Servers that this machine starts. */
  readonly local: readonly string[]
}

const standard = (server: string): string => `{
  "mcpServers": {
    "${server}": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-${server}"],
      "env": { "TOKEN": "\${TOKEN}" }
    },
    "remote": { "url": "https://mcp.example.com/mcp" }
  }
}
`

export const SAMPLES: readonly Sample[] = [
  { app: 'claude-desktop', path: '.config/Claude/claude_desktop_config.json', text: standard('filesystem'), local: ['filesystem'] },
  {
    app: 'claude-code',
    path: '.claude.json',
    text: `{"numStartups":12,"mcpServers":{},"projects":{"/work/a b":{"allowedTools":[],"mcpServers":{"db":{"type":"stdio","command":"uvx","args":["mcp-db","--ro"],"env":{}}}},"/work/c":{"history":[]}},"userID":"x"}`,
    local: ['db'],
  },
  {
    app: 'claude-code',
    path: '.claude/settings.json',
    text: `{\n\t"model": "opus",\n\t"hooks": {\n\t\t"PreToolUse": [\n\t\t\t{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "./lint.sh" }] }\n\t\t]\n\t},\n\t"permissions": { "deny": ["Read(./.env)"] }\n}`,
    local: [],
  },
  { app: 'cursor', path: '.cursor/mcp.json', text: standard('memory'), local: ['memory'] },
  {
    app: 'cursor',
    path: '.cursor/hooks.json',
    text: `{\n    "version": 1,\n    "hooks": {\n        "stop": [{ "command": "./audit.sh" }]\n    }\n}\n`,
    local: [],
  },
  {
    app: 'vscode',
    path: '.config/Code/User/mcp.json',
    text: `// Mine\n{\n  /* servers */\n  "servers": {\n    "play": {\n      "type": "stdio",\n      "command": "npx", // runs\n      "args": [\n        "@playwright/mcp@latest", // newest\n      ],\n    },\n    "gh": { "type": "http", "url": "https://api.example.com/mcp" },\n  },\n  "inputs": [],\n}\n`,
    local: ['play'],
  },
  { app: 'copilot', path: '.copilot/mcp-config.json', text: standard('everything'), local: ['everything'] },
  {
    app: 'windsurf',
    path: '.codeium/windsurf/mcp_config.json',
    text: `{\n  "mcpServers": {\n    "here": {\n      "command": "node",\n      "args": []\n    },\n    "there": { "serverUrl": "https://x.example/sse" }\n  }\n}`,
    local: ['here'],
  },
  {
    app: 'codex',
    path: '.codex/config.toml',
    text: `model = "gpt-5" # the big one\napproval_policy = "on-request"\n\n[mcp_servers.docs]\ncommand = 'npx'\nargs = ["-y", "docs-mcp"] # all\n\n[mcp_servers.docs.env]\nKEY = "v"\n\n[mcp_servers."bare one"]\ncommand = "server"\n\n[mcp_servers.far]\nurl = "https://far.example/mcp"\n\n[projects."/work/x"]\ntrust_level = "trusted"`,
    local: ['docs', 'bare one'],
  },
  {
    app: 'codex',
    path: '.codex/hooks.json',
    text: `{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"a"}]},{"hooks":[{"type":"command","command":"b"}]}]}}`,
    local: [],
  },
  {
    app: 'gemini',
    path: '.gemini/settings.json',
    text: `{\n  "theme": "Dracula",\n  "mcpServers": {\n    "local": { "command": "python", "args": ["-m", "srv"], "cwd": "./x", "timeout": 15000 },\n    "web": { "httpUrl": "https://h.example/mcp" }\n  },\n  "hooks": {}\n}\n`,
    local: ['local'],
  },
  { app: 'antigravity', path: '.gemini/antigravity/mcp_config.json', text: standard('time'), local: ['time'] },
  {
    app: 'goose',
    path: '.config/goose/config.yaml',
    text: `# goose\nGOOSE_PROVIDER: anthropic\nextensions:\n  developer:\n    bundled: true\n    enabled: true\n    name: developer\n    type: builtin\n  memory:\n    args:\n    - -y\n    - '@modelcontextprotocol/server-memory' # graph\n    cmd: npx\n    enabled: true\n    envs: {}\n    type: stdio\n  lone:\n    cmd: /usr/bin/srv\n    type: stdio\n  flow: {type: stdio, cmd: npx, args: [a, b]}\n  web:\n    type: sse\n    uri: https://w.example/sse\n`,
    local: ['memory', 'lone', 'flow'],
  },
  {
    app: 'zed',
    path: '.config/zed/settings.json',
    text: `// Zed settings\n{\n  "theme": "One Dark", // nice\n  "context_servers": {\n    "pg": {\n      "source": "custom",\n      "command": "docker",\n      "args": ["run", "-i", "pg"],\n    },\n  },\n}\n`,
    local: ['pg'],
  },
  { app: 'lm-studio', path: '.lmstudio/mcp.json', text: standard('fetch'), local: ['fetch'] },
  {
    app: 'cline',
    path: '.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    text: standard('git'),
    local: ['git'],
  },
  {
    app: 'roo',
    path: '.config/VSCodium/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
    text: standard('git'),
    local: ['git'],
  },
  {
    app: 'continue',
    path: '.continue/config.yaml',
    text: `name: Local\nversion: 1.0.0\nschema: v1\nmcpServers:\n  - name: sqlite # db\n    command: npx\n    args:\n      - "-y"\n      - mcp-sqlite\n  - command: bare\n    name: bare\n  - name: net\n    type: sse\n    url: https://n.example\nmodels: []\n`,
    local: ['sqlite', 'bare'],
  },
  {
    app: 'opencode',
    path: '.config/opencode/opencode.json',
    text: `{\n  "$schema": "https://opencode.ai/config.json",\n  "mcp": {\n    "one": { "type": "local", "command": ["bun", "x", "one"], "enabled": true },\n    "two": { "type": "remote", "url": "https://two.example" }\n  }\n}\n`,
    local: ['one'],
  },
  {
    app: 'amp',
    path: '.config/amp/settings.json',
    text: `{\n  "amp.url": "https://a.example",\n  "amp.mcpServers": {\n    "k": { "command": "k-server", "args": ["--stdio"] }\n  }\n}\n`,
    local: ['k'],
  },
  { app: 'kiro', path: '.kiro/settings/mcp.json', text: standard('aws'), local: ['aws'] },
  { app: 'amazon-q', path: '.aws/amazonq/mcp.json', text: standard('q'), local: ['q'] },
  { app: 'droid', path: '.factory/mcp.json', text: standard('f'), local: ['f'] },
  {
    app: 'droid',
    path: '.factory/hooks.json',
    text: `{\n  "Stop": [{ "hooks": [{ "type": "command", "command": "/x" }] }]\n}\n`,
    local: [],
  },
  {
    app: 'openclaw',
    path: '.openclaw/openclaw.json',
    text: `{\n  // Mine\n  "agents": { "defaults": { "workspace": "~/work" } },\n  "plugins": {\n    "allow": ["memory-core"], /* only these */\n    "entries": { "memory-core": { "enabled": true } },\n  },\n  "mcp": { "servers": { "docs": { "command": "uvx", "args": ["docs-mcp"] } } }\n}\n`,
    local: ['docs'],
  },
  { app: 'kimi', path: '.kimi/mcp.json', text: standard('k'), local: ['k'] },
  {
    app: 'vibe',
    path: '.vibe/config.toml',
    text: `[mcp_servers]\n[mcp_servers.v]\ncommand = "v"\nargs = [\n  'one', # first\n]\n`,
    local: ['v'],
  },
  { app: 'trae', path: '.config/Trae/User/mcp.json', text: standard('t'), local: ['t'] },
  { app: 'junie', path: '.junie/mcp/mcp.json', text: standard('j'), local: ['j'] },
]

/** Ways in which the same text stands in files. */
export const SHAPES: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with a byte order mark': (text) => `\uFEFF${text}`,
  'without a last line end': (text) => text.trimEnd(),
  'with blank lines around': (text) => `\n${text}\n\n`,
}

/** Files that must be left as they are. */
export const UNEDITABLE: readonly (readonly [why: string, path: string, bytes: string | Buffer])[] = [
  ['broken JSON', '.cursor/mcp.json', '{"mcpServers": {'],
  ['two documents', '.cursor/mcp.json', '{} {}'],
  ['a list at the top', '.cursor/mcp.json', '{"mcpServers": 5, "mcpServers": {"a": {"command": "x"}}} trailing'],
  ['a key twice', '.cursor/mcp.json', '{"mcpServers": {"a": {"command": "x"}}, "mcpServers": {"b": {"command": "y"}}}'],
  ['bytes that are no UTF-8', '.cursor/mcp.json', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['UTF-16', '.cursor/mcp.json', Buffer.from('\uFEFF{"mcpServers":{"a":{"command":"x"}}}', 'utf16le')],
  ['names without quotes', '.openclaw/openclaw.json', "{ mcp: { servers: { docs: { command: 'uvx' } } }, plugins: {} }"],
  ['broken TOML', '.codex/config.toml', '[mcp_servers.a\ncommand = "x"'],
  [
    'servers as inline tables of dotted keys',
    '.vibe/config.toml',
    'mcp_servers = { a = { command = "x", args = ["y"] } }\nmcp_servers.b.command = "z"\n',
  ],
  ['broken YAML', '.config/goose/config.yaml', 'extensions:\n  a:\n cmd: x\n   - b'],
  ['a server behind an anchor', '.config/goose/config.yaml', 'base: &a\n  cmd: x\n  args: [y]\nextensions:\n  one: *a\n'],
]

import { expect, it } from 'vitest'
import { serverName } from './server-name.ts'

it.each([
  [['npx', '-y', '@modelcontextprotocol/server-filesystem@2026.8.31', '/data'], 'filesystem'],
  [['node', '/x/node_modules/@modelcontextprotocol/server-memory/dist/index.js'], 'memory'],
  [['uvx', 'mcp-server-git', '--repository', '.'], 'git'],
  [['/usr/local/bin/github-mcp-server', 'stdio'], 'github'],
  [['C:\\tools\\weather.exe'], 'weather'],
  [['node', './build/my-server.mjs'], 'my'],
  [['docker', 'run', '-i', '--rm', 'mcp/fetch'], 'fetch'],
  [[], 'server'],
])('%j is named %s', (command, name) => {
  expect(serverName(command)).toBe(name)
})

/** The gate at OpenCode, which has no hook programs but plugins: ours asks the hook client about every tool call. */
import type { JsonObject } from '@assize/kernel'
import { type HookTool, readEvent } from '../hook-events.ts'
import { textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['tool.execute.before']),
  result: new Set(['tool.execute.after']),
  prompt: new Set(['chat.message']),
  delegation: new Set(['chat.task']),
  end: new Set(['session.deleted']),
  asks: 'later',
  echoes: new Set(['write', 'edit', 'patch', 'multiedit', 'apply_patch', 'todowrite']),
  name: toolOf,
} as const

export const opencodeHost: HookHost = {
  facts,
  read: (payload) => readEvent(payload, ACCENT),
  edited: (_payload, args) => `${JSON.stringify({ decision: 'allow', input: args })}\n`,
  results: {
    at: ({ event }) => (event === 'tool.execute.after' ? 'tool_response' : undefined),
    replaced: (_changed, text) => `${JSON.stringify({ decision: 'allow', output: text })}\n`,
  },
  install,
}

export const opencode = hookGate(opencodeHost)

/** Tools of MCP servers are called `server_tool`; the plugin says which server it is. */
function toolOf(name: string, value: JsonObject): HookTool {
  const server = textOf(value['mcp_server'])
  return server === undefined
    ? { tool: name }
    : { tool: name.startsWith(`${plain(server)}_`) ? name.slice(server.length + 1) : name, server }
}

function plain(server: string): string {
  return server.replace(/[^a-zA-Z0-9_-]/g, '_')
}

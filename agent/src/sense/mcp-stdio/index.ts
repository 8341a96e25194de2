/** The gate between a host and an MCP server over stdio: raw JSON-RPC lines, byte-exact when nothing is changed. */
import type { Gate } from '../gate.ts'
import { GATE, McpConversation } from './conversation.ts'

export const mcpStdio: Gate = {
  name: GATE,
  start: (host) => (caller) => new McpConversation(caller, host),
}

/** The gate between a host and an MCP server over stdio: raw JSON-RPC lines, byte-exact when nothing is changed. */
import type { Gate } from '../gate.ts'
import { McpConversation } from '../mcp-conversation.ts'
import { Offers } from '../mcp-offers.ts'

const GATE = 'mcp-stdio'

export const mcpStdio: Gate = {
  name: GATE,
  start: (host) => (caller) => {
    let calls = 0
    const callId = () => `${GATE}-${caller.ancestry[0]?.pid ?? 0}-${(calls += 1)}`
    return new McpConversation({ gate: GATE, server: caller.claims['server'] ?? 'server', caller, offers: new Offers(), callId }, host)
  },
}

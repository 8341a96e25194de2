/** The MCP SDK: a client whose tool calls are decided before they leave. */
import type { Json, JsonObject } from '@assize/kernel'
import type { Client } from '@modelcontextprotocol/client'
import { CallRefused } from './errors.ts'
import type { Session } from './session.ts'

type CallTool = Client['callTool']

/**
 * Guards a client in place: a refused call comes back as a tool result that says why, as an MCP server would say it; without
 * an agent it rejects with `NoDecision`. `server` is the name that policies know the server by.
 */
export function guardClient(client: Client, session: Session, server: string): Client {
  const callTool = client.callTool.bind(client) as (...given: Parameters<CallTool>) => Promise<unknown>
  const guarded = async (params: Parameters<CallTool>[0], ...rest: readonly unknown[]): Promise<unknown> => {
    const use = { tool: params.name, server, args: (params.arguments ?? {}) as JsonObject }
    try {
      return await session.run(use, async (args) => (await callTool({ ...params, arguments: args }, ...(rest as []))) as Json)
    } catch (error) {
      if (error instanceof CallRefused) return { content: [{ type: 'text', text: error.message }], isError: true }
      throw error
    }
  }
  client.callTool = guarded as CallTool
  return client
}

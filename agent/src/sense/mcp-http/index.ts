/**
 * MCP over HTTP: a gate that listens in front of servers reached by address, a bridge that reaches one for a host that speaks
 * stdio, and a listener by which clients over HTTP reach a server that speaks stdio; with both the gate stands before the server.
 */
import type { ListeningGate } from '../listening-gate.ts'
import type { McpHttpConfig } from './config.ts'
import { GATE } from './conversations.ts'
import { Gateway } from './gateway.ts'

export { type BridgeOptions, runBridge } from './bridge.ts'
export { mcpHttpConfigSchema } from './config.ts'
export { Listener, type ListenOptions } from './listen/listener.ts'

/** `state` is the agent's own directory. */
export function mcpHttp(config: McpHttpConfig, state: string): ListeningGate {
  return {
    name: GATE,
    wanted: true,
    async listen(host, platform) {
      const gateway = new Gateway(config, state, { host, platform })
      await gateway.start()
      return gateway
    },
  }
}

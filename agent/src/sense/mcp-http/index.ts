/**
 * MCP over HTTP: a gate that listens in front of servers reached by address, and a bridge that reaches one for a host that speaks
 * stdio, where the gate stands between the two as before any server.
 */
import type { ListeningGate } from '../listening-gate.ts'
import type { McpHttpConfig } from './config.ts'
import { GATE } from './conversations.ts'
import { Gateway } from './gateway.ts'

export { type BridgeOptions, runBridge } from './bridge.ts'
export { mcpHttpConfigSchema } from './config.ts'

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

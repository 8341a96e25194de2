/** Reaches an MCP server over streamable HTTP for a host that speaks stdio; the gate stands between the two as before any server. */
export { type BridgeOptions, runBridge } from './bridge.ts'

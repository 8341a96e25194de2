/** Knows what AI there is on this machine, and routes it through the gates: what runs, which model files, whose configurations. */
export { Inventory, type InventoryOptions, type Seen } from './inventory.ts'
export { Ledger } from './protect/ledger.ts'
export { MCP_HOSTS, type McpHost } from './protect/mcp-hosts.ts'
export { projectFileAt, type ProjectFile, projectFiles } from './protect/project-files.ts'
export { MODEL_SERVERS, type ModelServer, ollama } from './protect/model-servers.ts'
export { RemoteServers } from './protect/remote-servers.ts'
export { type FileReport, type FileTarget, isProtected, protectFile, textWithoutUs, unprotectFile } from './protect/protect.ts'

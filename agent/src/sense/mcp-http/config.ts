import { z } from 'zod'
import { SERVER_NAME } from '../../platform/mcp-servers.ts'

/** `sense.mcpHttp` in the agent's configuration. */
export const mcpHttpConfigSchema = z.strictObject({
  /** Port on 127.0.0.1; absent: the one that `assize protect` chose. */
  port: z.number().int().min(0).max(65_535).optional(),
  /** Web origins that may call it from a browser, exactly as browsers send them. */
  origins: z.array(z.string().max(300)).max(100).default([]),
  /** Addresses of MCP servers by the name that policies know them by. */
  servers: z.record(z.string().regex(SERVER_NAME), z.url({ protocol: /^https?$/ })).default({}),
})
export type McpHttpConfig = z.infer<typeof mcpHttpConfigSchema>

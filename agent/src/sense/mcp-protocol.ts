import type { Json, JsonObject } from '@assize/kernel'

/** Methods whose requests are held until decided. Everything else passes and is observed. */
export const HELD_METHODS: ReadonlySet<string> = new Set(['tools/call', 'resources/read', 'prompts/get'])

/** From this revision on a result says of itself whether it is complete. */
const STATELESS_ERA = '2026-07-28'
const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion'

export const INVALID_REQUEST = -32600
export const PARSE_ERROR = -32700
export const BLOCKED = -32001
/** What clients answer a server whose question a person turned down. */
export const REFUSED_BY_PERSON = -1

/** A value as an object; everything that is none becomes an empty one, so that hostile shapes read as absent. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** A value as a list; everything that is none becomes an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** True when the request itself says that it belongs to the stateless era of the protocol. */
export function isStateless(params: JsonObject): boolean {
  const version = textOf(objectOf(params['_meta'])[VERSION_KEY])
  return version !== undefined && version >= STATELESS_ERA
}

/** A tool's result that tells the model why nothing ran. An error result, not a protocol error: the model can react to it. */
export function blockedResult(id: string, text: string, stateless: boolean): Buffer {
  const result = { content: [{ type: 'text', text }], isError: true, ...(stateless ? { resultType: 'complete' } : {}) }
  return Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(result)}}\n`)
}

export function errorReply(id: string | undefined, code: number, message: string): Buffer {
  return Buffer.from(`{"jsonrpc":"2.0","id":${id ?? 'null'},"error":${JSON.stringify({ code, message })}}\n`)
}

/** A sign of life for a host that asked for one with its request. */
export function progressNotice(token: Json, progress: number, message: string): Buffer {
  return Buffer.from(
    `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: token, progress, message } })}\n`,
  )
}

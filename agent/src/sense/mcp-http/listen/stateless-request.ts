/** What a request of the protocol without sessions has to say in its headers and in itself, and that both say the same. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Json, JsonObject } from '@assize/kernel'
import { objectOf, textOf } from '../../mcp-protocol.ts'
import { decodedHeader, HEADER_MISMATCH, NAMES } from '../mirror.ts'
import type { HeaderNames } from '../mirrored-headers.ts'

const META = 'io.modelcontextprotocol/'
const ERA = '2026-07-28'
const INVALID_PARAMS = -32602

export interface Wrong {
  readonly code: number
  readonly why: string
}

/** Whether a message belongs to the protocol without sessions. */
export function isOfStatelessEra(headers: IncomingHttpHeaders, params: JsonObject): boolean {
  const version = headers['mcp-protocol-version']
  return (typeof version === 'string' && version >= ERA) || `${META}protocolVersion` in objectOf(params['_meta'])
}

export function statelessProblem(
  headers: IncomingHttpHeaders,
  { method, params }: { readonly method: string; readonly params: JsonObject },
  names: HeaderNames,
): Wrong | undefined {
  const meta = objectOf(params['_meta'])
  const version = textOf(meta[`${META}protocolVersion`])
  if (version === undefined) return missing('protocolVersion')
  if (typeof meta[`${META}clientCapabilities`] !== 'object') return missing('clientCapabilities')
  if (headers['mcp-protocol-version'] !== version) return mismatch('MCP-Protocol-Version')
  if (decodedHeader(headers['mcp-method']) !== method) return mismatch('Mcp-Method')
  const named = NAMES.has(method) ? (method === 'resources/read' ? textOf(params['uri']) : textOf(params['name'])) : undefined
  if (named !== undefined && decodedHeader(headers['mcp-name']) !== named) return mismatch('Mcp-Name')
  if (method !== 'tools/call' || named === undefined) return undefined
  const args = objectOf(params['arguments'])
  for (const [path, header] of names.of(named)) {
    const value = path.reduce<Json | undefined>((within, key) => objectOf(within)[key], args)
    const said = decodedHeader(headers[`mcp-param-${header.toLowerCase()}`])
    const wanted = value === undefined || value === null ? undefined : String(value)
    if (said !== wanted) return mismatch(`Mcp-Param-${header}`)
  }
  return undefined
}

function missing(what: string): Wrong {
  return { code: INVALID_PARAMS, why: `The request names no ${META}${what} in its _meta, so it was not passed on and nothing ran.` }
}

function mismatch(header: string): Wrong {
  const why = `The header ${header} is not there or says something else than the message, so the message was not passed on and nothing ran.`
  return { code: HEADER_MISMATCH, why }
}

/** Headers that repeat parts of a message: they must say the same as the message, before and after something in it was masked. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { Json } from '@assize/kernel'
import { objectOf, textOf } from '../mcp-protocol.ts'
import { headerText } from './mirrored-headers.ts'

/** The protocol's own code for it. */
export const HEADER_MISMATCH = -32020

const PARAMETER = 'mcp-param-'

/** What a header contradicts, in a sentence; whoever reads the header would do something else than what is judged. */
export function mirrorProblem(headers: IncomingHttpHeaders, method: string | undefined, body: Buffer): string | undefined {
  const said = headers['mcp-method']
  if (said !== undefined && decodedHeader(said) !== method) return mismatch('Mcp-Method')
  const named = headers['mcp-name']
  if (named === undefined || method === undefined || !NAMES.has(method)) return undefined
  const params = paramsOf(body)
  const name = method === 'resources/read' ? textOf(params['uri']) : textOf(params['name'])
  return decodedHeader(named) === name ? undefined : mismatch('Mcp-Name')
}

/** Methods whose name or address of what they want is repeated. */
export const NAMES: ReadonlySet<string> = new Set(['tools/call', 'resources/read', 'prompts/get'])

function mismatch(header: string): string {
  return `The header ${header} says something else than the message, so the message was not passed on and nothing ran.`
}

/** The headers for a message in which values were replaced: a header that held one of them holds its replacement. */
export function mirrored(headers: OutgoingHttpHeaders, before: Buffer, after: Buffer): OutgoingHttpHeaders {
  const names = Object.keys(headers).filter((name) => name === 'mcp-name' || name.startsWith(PARAMETER))
  if (names.length === 0) return headers
  const replaced = differences(paramsOf(before), paramsOf(after))
  const changed = { ...headers }
  for (const name of names) {
    const value = decodedHeader(headers[name])
    const replacement = value === undefined ? undefined : replaced.get(value)
    if (replacement !== undefined) changed[name] = headerText(replacement)
  }
  return changed
}

const MOST_DIFFERENCES = 1000

/** Texts of the first value with what stands in their places in the second. */
function differences(before: Json, after: Json): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const rest: (readonly [Json, Json])[] = [[before, after]]
  for (let pair = rest.pop(); pair !== undefined && found.size < MOST_DIFFERENCES; pair = rest.pop()) {
    const [left, right] = pair
    if (typeof left === 'string' && typeof right === 'string') {
      if (left !== right) found.set(left, right)
    } else if (typeof left === 'object' && left !== null && typeof right === 'object' && right !== null)
      for (const key of Object.keys(left)) {
        const [one, other] = [(left as Record<string, Json>)[key], (right as Record<string, Json>)[key]]
        if (one !== undefined && other !== undefined) rest.push([one, other])
      }
  }
  return found
}

export function decodedHeader(value: OutgoingHttpHeaders[string]): string | undefined {
  if (typeof value !== 'string') return undefined
  const encoded = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/i.exec(value)?.[1]
  return encoded === undefined ? value : Buffer.from(encoded, 'base64').toString('utf8')
}

function paramsOf(body: Buffer) {
  try {
    return objectOf(objectOf(JSON.parse(body.toString('utf8')) as Json)['params'])
  } catch {
    return {}
  }
}

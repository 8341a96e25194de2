/** Headers that repeat parts of the message. They are made from the message as it goes out, so a masked argument is masked in both. */
import type { Json, JsonObject } from '@assize/kernel'
import { type Message, objectOf } from './messages.ts'

const META_VERSION = 'io.modelcontextprotocol/protocolVersion'
const MOST_TOOLS = 2000
const [MOST_HEADERS, MOST_DEPTH] = [100, 8]

/** Where an argument stands, by keys from the top, and the header that repeats it. */
type Mirrored = readonly [path: readonly string[], header: string]

/** Which arguments of which tools a server wants as headers, as its list of tools says. */
export class HeaderNames {
  private readonly byTool = new Map<string, readonly Mirrored[]>()

  learn(result: JsonObject): void {
    const tools = Array.isArray(result['tools']) ? (result['tools'] as Json[]) : []
    for (const tool of tools.map(objectOf)) {
      const { name } = tool
      if (typeof name !== 'string' || this.byTool.size >= MOST_TOOLS) continue
      const wanted = mirroredIn(objectOf(tool['inputSchema']), []).slice(0, MOST_HEADERS)
      this.byTool.set(name, wanted)
    }
  }

  of(tool: string): readonly Mirrored[] {
    return this.byTool.get(tool) ?? []
  }
}

/** Properties say it of themselves, at any depth that is reached by properties alone. */
function mirroredIn(schema: JsonObject, path: readonly string[]): readonly Mirrored[] {
  if (path.length >= MOST_DEPTH) return []
  return Object.entries(objectOf(schema['properties'])).flatMap(([key, value]) => {
    const property = objectOf(value)
    const header = property['x-mcp-header']
    const here = [...path, key]
    const own: readonly Mirrored[] = typeof header === 'string' && /^[\w-]{1,100}$/.test(header) ? [[here, header]] : []
    return [...own, ...mirroredIn(property, here)]
  })
}

/** Only for versions that ask for them: those that name themselves in every message. */
export function headersFor({ method, params }: Message, names: HeaderNames): Record<string, string> {
  const version = objectOf(params['_meta'])[META_VERSION]
  if (typeof version !== 'string' || method === undefined) return {}
  const headers: Record<string, string> = { 'mcp-protocol-version': headerText(version), 'mcp-method': headerText(method) }
  const name = params['name'] ?? params['uri']
  if (typeof name === 'string') headers['mcp-name'] = headerText(name)
  if (method !== 'tools/call' || typeof name !== 'string') return headers
  const args = objectOf(params['arguments'])
  for (const [path, header] of names.of(name)) {
    const value = path.reduce<Json | undefined>((within, key) => objectOf(within)[key], args)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      headers[`mcp-param-${header.toLowerCase()}`] = headerText(String(value))
  }
  return headers
}

/** Texts that a header cannot hold as they are go in base64, marked as such. */
export function headerText(text: string): string {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !text.startsWith('=?base64?')
    ? text
    : `=?base64?${Buffer.from(text).toString('base64')}?=`
}

import type { Json, JsonObject, ToolDefinition } from '@assize/kernel'
import { listOf, objectOf, textOf } from './mcp-protocol.ts'

/** Text beyond this is cut; the kernel bounds what it keeps by itself. UTF-16 code units. */
const MOST_TEXT = 4 * 1024 * 1024
const MOST_TOOLS = 2000
/** Prompts and resources of one listing whose descriptions are compared, and characters of a name. */
const [MOST_FETCHED, MOST_NAME] = [200, 2000]

/** A piece of text with the name of where it came from. */
export interface Piece {
  readonly text: string
  readonly origin?: string
}

/** The text a tool returned: its text blocks, embedded resources and links, and structured content that no block repeats. */
export function toolResultText(result: JsonObject): string {
  const parts = listOf(result['content']).map((block) => blockText(objectOf(block)))
  const structured = result['structuredContent']
  if (structured !== undefined && !isRepeated(structured, parts.join('\n'))) parts.push(JSON.stringify(structured))
  return joined(parts)
}

const MOST_LEAVES = 500

/** Servers repeat structured content as text: once is enough. */
function isRepeated(structured: Json, said: string): boolean {
  const rest: Json[] = [structured]
  for (let seen = 0; rest.length > 0; seen += 1) {
    const next = rest.pop() ?? null
    if (seen > MOST_LEAVES) return false
    if (typeof next !== 'object' || next === null) {
      if (!said.includes(String(next))) return false
    } else rest.push(...(Array.isArray(next) ? (next as readonly Json[]) : Object.values(next)).slice(0, MOST_LEAVES))
  }
  return true
}

function blockText(block: JsonObject): string {
  const resource = objectOf(block['resource'])
  return joined([
    textOf(block['text']),
    textOf(resource['text']),
    textOf(resource['uri']),
    textOf(block['uri']),
    textOf(block['title']),
    textOf(block['description']),
  ])
}

export function resourcePieces(result: JsonObject): readonly Piece[] {
  return listOf(result['contents']).flatMap((content) => {
    const { text, uri } = objectOf(content)
    return typeof text === 'string' ? [piece(text, textOf(uri))] : []
  })
}

export function promptText(result: JsonObject): string {
  const messages = listOf(result['messages']).map((message) => blockText(objectOf(objectOf(message)['content'])))
  return joined([textOf(result['description']), ...messages])
}

/** Every string of a value, for shapes nobody knows. Iterative: nesting is the sender's choice. */
export function allStrings(value: Json | undefined): string {
  const found: string[] = []
  const rest: Json[] = value === undefined ? [] : [value]
  let length = 0
  while (rest.length > 0 && length < MOST_TEXT) {
    const next = rest.pop()
    if (typeof next === 'string') {
      found.push(next)
      length += next.length
    } else if (typeof next === 'object' && next !== null)
      rest.push(...(Array.isArray(next) ? next : Object.values(next)).slice(0, 10_000).reverse())
  }
  return joined(found)
}

export function errorText(error: JsonObject): string {
  return joined([textOf(error['message']), error['data'] === undefined ? undefined : allStrings(error['data'])])
}

/** The tools of a listing that have a name; the rest is no tool. */
export function toolDefinitions(result: JsonObject): readonly ToolDefinition[] {
  return listOf(result['tools'])
    .slice(0, MOST_TOOLS)
    .flatMap((tool) => {
      const { name, description, inputSchema, annotations } = objectOf(tool)
      if (typeof name !== 'string') return []
      return [
        {
          name,
          ...(typeof description === 'string' ? { description } : {}),
          ...(inputSchema === undefined ? {} : { inputSchema }),
          ...(annotations === undefined ? {} : { annotations }),
        },
      ]
    })
}

/** The prompts or resources of a listing, under the method that fetches them and their own name. */
export function fetchedDefinitions(method: 'prompts/get' | 'resources/read', result: JsonObject): readonly ToolDefinition[] {
  const [list, key] = method === 'prompts/get' ? (['prompts', 'name'] as const) : (['resources', 'uri'] as const)
  return listOf(result[list])
    .slice(0, MOST_FETCHED)
    .flatMap((one) => {
      const { [key]: name, description, title, arguments: parameters, annotations } = objectOf(one)
      if (typeof name !== 'string' || name.length > MOST_NAME) return []
      const said = joined([textOf(title), textOf(description)])
      return [
        {
          name: `${method} ${name}`,
          ...(said === '' ? {} : { description: said }),
          ...(parameters === undefined ? {} : { inputSchema: parameters }),
          ...(annotations === undefined ? {} : { annotations }),
        },
      ]
    })
}

/** JSON schemas of structured results, by tool. */
export function resultSchemas(result: JsonObject): readonly (readonly [tool: string, schema: Json])[] {
  return listOf(result['tools'])
    .slice(0, MOST_TOOLS)
    .flatMap((tool) => {
      const { name, outputSchema } = objectOf(tool)
      return typeof name === 'string' && outputSchema !== undefined ? [[name, outputSchema] as const] : []
    })
}

/** What a server wants the person or the model to read: questions, forms, sampling prompts. */
export function requestTexts(params: JsonObject): string {
  return allStrings(withoutMeta(params))
}

function withoutMeta(params: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(params).filter(([key]) => key !== '_meta' && key !== 'requestState'))
}

function piece(text: string, origin: string | undefined): Piece {
  const cut = text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text
  return origin === undefined ? { text: cut } : { text: cut, origin }
}

function joined(parts: readonly (string | undefined)[]): string {
  const text = parts.filter((part) => part !== undefined && part !== '').join('\n')
  return text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text
}

/** Careful looks into JSON from outside: a missing or odd value is absent, never an error. */
import type { Json, JsonObject, ToolDefinition } from '@assize/kernel'

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item): item is JsonObject => objectOf(item) !== undefined) : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function parseObject(text: string): JsonObject | undefined {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Arguments that a model wrote as text. What is no JSON object is judged as the text it is: some clients repair it. */
export function argumentsOf(text: string): JsonObject {
  return text.trim() === '' ? {} : (parseObject(text) ?? { arguments: text })
}

/** A tool's definition from the three or four places in which APIs put its parts. */
export function definitionOf(tool: JsonObject, schema: Json | undefined): ToolDefinition | undefined {
  const name = textOf(tool['name'])
  if (name === undefined || name === '') return undefined
  const description = textOf(tool['description'])
  return { name, ...(description === undefined ? {} : { description }), ...(schema === undefined ? {} : { inputSchema: schema }) }
}

/** The text in content that is a string or a list of parts, and whether some parts are no text. */
export function contentOf(content: unknown): { readonly text: string; readonly unread: boolean } {
  if (typeof content === 'string') return { text: content, unread: false }
  const parts = objectsOf(content)
  const texts = parts.map((part) => textOf(part['text']) ?? textOf(part['refusal']))
  return { text: texts.filter((text) => text !== undefined).join('\n'), unread: texts.includes(undefined) }
}

/** Reasons of blocked calls as one text for the model and the person. */
export function reasonsOf(settlements: readonly { readonly blocked?: string }[]): string {
  return settlements.flatMap(({ blocked }) => (blocked === undefined ? [] : [blocked])).join('\n\n')
}

/** Which tools a request puts before a model, and where, for every model API. */
import type { Json, JsonObject } from '@assize/kernel'
import type { OfferedTool, Place } from './dialect.ts'
import { objectOf, objectsOf, textOf } from './json-shape.ts'

/** Never told to anybody: what opens doors. */
const KEYS = /authorization|token|secret|passw|api_?key|credential|headers|cookie/i
const DEPTH = 6

/** Tools that the application runs, though the provider knows them by a kind of their own. */
const ANTHROPIC_CLIENT = /^(?:custom|bash|text_editor|computer|memory)(?:_\d{8})?$/
const RESPONSES_CLIENT: ReadonlySet<string> = new Set(['function', 'custom', 'apply_patch', 'local_shell', 'computer'])

export function anthropicTools(body: JsonObject): readonly OfferedTool[] {
  const tools = listAt(body, ['tools'])
  const servers = listAt(body, ['mcp_servers']).map(({ item, place }): OfferedTool => {
    const name = textOf(item['name'])
    const sets = tools.filter((tool) => tool.item['type'] === 'mcp_toolset' && tool.item['mcp_server_name'] === name)
    return provided('mcp', item, [place, ...sets.map((set) => set.place)])
  })
  const own = tools.flatMap(({ item, place }): readonly OfferedTool[] => {
    const kind = withoutVersion(textOf(item['type']) ?? 'custom')
    if (kind === 'mcp_toolset' && servers.some(({ places }) => places.some((one) => isSame(one, place)))) return []
    return [ANTHROPIC_CLIENT.test(kind) ? client(textOf(item['name']) ?? kind, place) : provided(kind, item, [place])]
  })
  return [...own, ...servers]
}

export function chatTools(body: JsonObject): readonly OfferedTool[] {
  const tools = listAt(body, ['tools']).map(({ item, place }): OfferedTool => {
    const named = objectOf(item['function']) ?? objectOf(item['custom'])
    return named === undefined ? provided(kindOf(item), item, [place]) : client(textOf(named['name']) ?? '', place)
  })
  const legacy = listAt(body, ['functions']).map(({ item, place }) => client(textOf(item['name']) ?? '', place))
  const plugins = listAt(body, ['plugins']).map(({ item, place }) => provided(textOf(item['id']) ?? 'plugin', item, [place]))
  const searches = ['web_search_options', 'search_parameters'].flatMap((key) => {
    const options = objectOf(body[key])
    return options === undefined || options['mode'] === 'off' ? [] : [provided('web_search', options, [[key]])]
  })
  return [...tools, ...legacy, ...plugins, ...searches]
}

export function responsesTools(body: JsonObject): readonly OfferedTool[] {
  return listAt(body, ['tools']).flatMap(({ item, place }): readonly OfferedTool[] => {
    const kind = kindOf(item)
    if (kind === 'namespace')
      return listAt(item, ['tools']).map((inner) => client(textOf(inner.item['name']) ?? '', [...place, ...inner.place]))
    const local = kind === 'shell' && (objectOf(item['environment'])?.['type'] ?? 'local') === 'local'
    if (RESPONSES_CLIENT.has(kind) || local) return [client(textOf(item['name']) ?? kind.replace('local_', ''), place)]
    return [provided(kind, item, [place])]
  })
}

export function geminiTools(body: JsonObject): readonly OfferedTool[] {
  const at: Place = objectOf(body['request']) === undefined ? ['tools'] : ['request', 'tools']
  return listAt(body, at).flatMap(({ item, place }) =>
    Object.entries(item).flatMap(([key, value]): readonly OfferedTool[] => {
      const name = snake(key)
      if (name === 'function_declarations')
        return listAt(item, [key]).map((inner) => client(textOf(inner.item['name']) ?? '', [...place, ...inner.place]))
      const whole: Place = [...place, key]
      if (name === 'computer_use') return [client(name, whole)]
      if (name === 'mcp_servers') return listAt(item, [key]).map((inner) => provided('mcp', inner.item, [[...place, ...inner.place]]))
      return [provided(name, objectOf(value) ?? {}, [whole])]
    }),
  )
}

export function functionTools(body: JsonObject): readonly OfferedTool[] {
  return listAt(body, ['tools']).map(({ item, place }) => client(textOf(objectOf(item['function'])?.['name']) ?? '', place))
}

function client(name: string, place: Place): OfferedTool {
  return { kind: 'client', name, args: {}, places: [place] }
}

function provided(name: string, how: JsonObject, places: readonly Place[]): OfferedTool {
  const { type: _type, ...rest } = how
  return { kind: 'provider', name, args: withoutKeys(rest, DEPTH), places }
}

function withoutKeys(value: JsonObject, depth: number): JsonObject {
  const kept = Object.entries(value).filter(([key]) => !KEYS.test(key))
  return Object.fromEntries(kept.map(([key, inner]) => [key, depth > 0 ? deeper(inner, depth) : null]))
}

function deeper(value: Json, depth: number): Json {
  if (Array.isArray(value)) return value.slice(0, 100).map((item: Json) => deeper(item, depth - 1))
  const object = objectOf(value)
  return object === undefined ? value : withoutKeys(object, depth - 1)
}

function kindOf(item: JsonObject): string {
  return withoutVersion(textOf(item['type']) ?? 'function')
}

/** `web_search_20250305`, `web_search_preview_2025_03_11` and `computer_use_preview` are versions of one tool. */
function withoutVersion(kind: string): string {
  const plain = kind.replace(/_(?:\d{8}|\d{4}_\d\d_\d\d)$/, '').replace(/_preview$/, '')
  if (plain === 'computer_use') return 'computer'
  return plain.startsWith('tool_search_tool_') ? 'tool_search' : plain
}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function isSame(left: Place, right: Place): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index])
}

/** The objects of a list somewhere in the request, each with its place. */
function listAt(body: JsonObject, at: Place): readonly { readonly item: JsonObject; readonly place: Place }[] {
  let list: Json | undefined = body
  for (const key of at) list = objectOf(list)?.[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((value: Json, index) => {
    const item = objectOf(value)
    return item === undefined ? [] : [{ item, place: [...at, index] }]
  })
}

/** The API takes no conversation with calls in it where no tool is offered. */
export function mendedAnthropic(body: JsonObject, left: readonly OfferedTool[]): JsonObject {
  const mended = mendedChoice(body, left)
  const called = objectsOf(body['messages']).some(({ content }) =>
    objectsOf(content).some(({ type }) => /^tool_(?:use|result)$/.test(textOf(type) ?? '')),
  )
  return left.length > 0 || !called ? mended : { ...mended, tools: [NO_TOOL], tool_choice: { type: 'none' } }
}

const NO_TOOL: JsonObject = {
  name: 'no_tool_left',
  description: 'No tool may be used here.',
  input_schema: { type: 'object', properties: {} },
}

/** What a request says of the choice among tools, in the shapes of all the APIs. */
export function mendedChoice(body: JsonObject, left: readonly OfferedTool[]): JsonObject {
  const choice = body['tool_choice']
  if (left.length === 0) return withoutAny(body, ['tool_choice', 'function_call', 'parallel_tool_calls', 'tools', 'functions'])
  const legacy = textOf(objectOf(body['function_call'])?.['name'])
  const named = legacy !== undefined && !left.some(({ name }) => name === legacy) ? { ...body, function_call: 'auto' } : body
  if (objectOf(choice) === undefined) return named
  return { ...named, tool_choice: mendedOne(choice as JsonObject, left) }
}

function mendedOne(choice: JsonObject, left: readonly OfferedTool[]): Json {
  const within = objectOf(choice['allowed_tools']) ?? (Array.isArray(choice['tools']) ? choice : undefined)
  if (within !== undefined) {
    const tools = objectsOf(within['tools']).filter((one) => isLeft(one, left))
    if (tools.length === 0) return 'auto'
    return within === choice ? { ...choice, tools } : { ...choice, allowed_tools: { ...within, tools } }
  }
  if (isLeft(choice, left)) return choice
  // Of the APIs with choices that are objects, only this one names its own kinds of choice there.
  return choice['type'] === 'tool' ? { type: 'auto' } : 'auto'
}

const MODES: ReadonlySet<unknown> = new Set(['auto', 'any', 'none'])

function isLeft(choice: JsonObject, left: readonly OfferedTool[]): boolean {
  if (MODES.has(choice['type'])) return true
  const name = textOf(objectOf(choice['function'])?.['name'] ?? objectOf(choice['custom'])?.['name'] ?? choice['name'])
  const kind = kindOf(choice)
  return left.some((tool) => (tool.kind === 'provider' ? tool.name === kind : tool.name === (name ?? kind)))
}

export function mendedGemini(given: JsonObject, left: readonly OfferedTool[]): JsonObject {
  const inner = objectOf(given['request'])
  if (inner !== undefined) return { ...given, request: mendedGemini(inner, left) }
  const key = given['toolConfig'] === undefined ? 'tool_config' : 'toolConfig'
  const config = objectOf(given[key])
  if (left.length === 0) return withoutAny(given, ['tools', key])
  const at = config?.['functionCallingConfig'] === undefined ? 'function_calling_config' : 'functionCallingConfig'
  const calling = objectOf(config?.[at])
  const names = calling?.['allowedFunctionNames'] === undefined ? 'allowed_function_names' : 'allowedFunctionNames'
  const allowed = calling?.[names]
  if (config === undefined || calling === undefined || !Array.isArray(allowed)) return given
  const still = allowed.filter((name) => left.some((tool) => tool.name === name))
  const mended = still.length > 0 ? { ...calling, [names]: still } : { ...withoutAny(calling, [names]), mode: 'AUTO' }
  return { ...given, [key]: { ...config, [at]: mended } }
}

function withoutAny(body: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))
}

/** The gate at Kiro's hooks, of its editor from version 1 and its command line from version 3. They can refuse, and nothing else. */
import type { Json, JsonObject } from '@assize/kernel'
import { argumentsOf, type HookEvent, type HookTool, readEvent } from '../hook-events.ts'
import { type HookPayload, objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['PreToolUse', 'preToolUse']),
  result: new Set(['PostToolUse', 'postToolUse']),
  prompt: new Set(['UserPromptSubmit', 'userPromptSubmit']),
  asks: 'later',
  echoes: new Set(['write', 'fs_write', 'fsWrite', 'str_replace', 'strReplace']),
  name: toolOf,
} as const
const WRITES: ReadonlySet<string> = new Set(['write', 'fs_write', 'fsWrite'])
const READS: ReadonlySet<string> = new Set(['read', 'fs_read', 'fsRead'])
const SHELLS: ReadonlySet<string> = new Set(['shell', 'execute_bash', 'executeBash', 'execute_cmd'])

export const kiroHost: HookHost = { facts, read, install }

export const kiro = hookGate(kiroHost)

function read(payload: HookPayload): HookEvent {
  const event = readEvent(payload, ACCENT)
  if (event.kind !== 'call' && event.kind !== 'result') return event
  const given = event.kind === 'call' ? event.args : (event.args ?? {})
  return { ...event, ...called(payload.tool, given, event) }
}

/** Tools of MCP servers are called `@server/tool`. */
function toolOf(name: string): HookTool {
  const [, server, tool] = /^@([^/]+)\/(.+)$/s.exec(name) ?? []
  return server === undefined || tool === undefined ? { tool: name } : { tool, server }
}

/** Its own tools in the words that are known for them: one writes, edits or appends by a member that elsewhere is a command. */
function called(name: string, args: JsonObject, { tool, server }: HookTool): HookTool & { readonly args: JsonObject } {
  if (server !== undefined) return { tool, server, args }
  if (SHELLS.has(name)) return { tool: 'execute_command', args }
  if (READS.has(name)) return { tool: 'read_file', args: pathsOf(args) }
  if (!WRITES.has(name)) return { tool, args }
  const { command, ...rest } = args
  return { tool: command === undefined || command === 'create' ? 'write_file' : 'edit_file', args: rest }
}

/** What one call reads: several places at once, each with its own way of reading. */
function pathsOf(args: JsonObject): JsonObject {
  const operations = argumentsOf({ list: args['operations'] ?? [] })['list']
  if (!Array.isArray(operations)) return args
  const paths = operations.flatMap((one: Json) => {
    const { path, image_paths: images } = objectOf(one)
    return [textOf(path), ...(Array.isArray(images) ? images.map((image: Json) => textOf(image)) : [])].filter((path) => path !== undefined)
  })
  return paths.length === 0 ? args : { ...args, paths }
}

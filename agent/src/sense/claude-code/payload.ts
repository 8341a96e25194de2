import type { Json, JsonObject } from '@assize/kernel'

/** What Claude Code tells its hooks; everything beyond the event's name may be missing. */
export interface HookPayload {
  readonly event: string
  readonly session: string | undefined
  readonly cwd: string | undefined
  readonly tool: string
  readonly input: JsonObject
  readonly response: Json | undefined
  readonly toolUseId: string | undefined
  readonly agent: string | undefined
  readonly prompt: string | undefined
  readonly promptSource: string | undefined
  readonly permissionMode: string | undefined
  readonly error: string | undefined
}

/** Events whose answer decides whether a tool runs. */
const GUARDING: ReadonlySet<string> = new Set(['PreToolUse', 'PermissionRequest'])

/** Throws on what is no hook payload; the text says so. */
export function parsePayload(text: string): HookPayload {
  const value = objectOf(JSON.parse(text) as Json)
  const event = textOf(value['hook_event_name'])
  if (event === undefined) throw new Error('the input names no hook event')
  if (GUARDING.has(event) && !textOf(value['tool_name'])) throw new Error('the input names no tool')
  return {
    event,
    session: textOf(value['session_id']),
    cwd: textOf(value['cwd']),
    tool: textOf(value['tool_name']) ?? '',
    input: objectOf(value['tool_input']),
    response: value['tool_response'],
    toolUseId: textOf(value['tool_use_id']),
    agent: textOf(value['agent_type']) ?? textOf(value['agent_id']),
    prompt: textOf(value['prompt']),
    promptSource: textOf(value['source']),
    permissionMode: textOf(value['permission_mode']),
    error: textOf(value['error']),
  }
}

/** `mcp__server__tool` in its parts; other tools are their own name. */
export function toolOf(name: string): { readonly tool: string; readonly server?: string } {
  const match = /^mcp__(.+?)__(.+)$/.exec(name)
  return match?.[1] === undefined || match[2] === undefined ? { tool: name } : { tool: match[2], server: match[1] }
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

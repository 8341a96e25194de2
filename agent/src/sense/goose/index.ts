/** The gate at Goose's hooks, which come as a plugin. They can refuse a tool, and nothing else. */
import { type HookTool, readEvent } from '../hook-events.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['PreToolUse']),
  result: new Set(['PostToolUse']),
  failure: new Set(['PostToolUseFailure']),
  prompt: new Set(['UserPromptSubmit']),
  end: new Set(['SessionEnd']),
  asks: 'later',
  callId: ['tool_call_id', 'tool_use_id'],
  said: ['message', 'prompt'],
  response: ['tool_output', 'tool_response', 'tool_result', 'output'],
  echoes: new Set(['developer__write', 'developer__edit']),
  name: toolOf,
} as const

export const gooseHost: HookHost = { facts, read: (payload) => readEvent(payload, ACCENT), install }

export const goose = hookGate(gooseHost)

/** Tools are named after the extension they come from; those of the built-in one are known by their own names. */
function toolOf(name: string): HookTool {
  const at = name.indexOf('__')
  if (at <= 0) return { tool: name }
  const [server, tool] = [name.slice(0, at), name.slice(at + 2)]
  return server === 'developer' ? { tool } : { tool, server }
}

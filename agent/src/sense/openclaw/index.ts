/** The gate at OpenClaw, which has no hook programs but plugins: ours asks the hook client about every tool call. */
import type { JsonObject } from '@assize/kernel'
import { type HookEvent, type HookTool, readEvent } from '../hook-events.ts'
import { type HookPayload, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['before_tool_call']),
  result: new Set(['tool_result']),
  prompt: new Set(['before_agent_run']),
  delegation: new Set(['before_agent_task']),
  end: new Set(['session_end']),
  asks: 'later',
  echoes: new Set(['write', 'edit', 'apply_patch']),
  name: toolOf,
} as const
/** What is typed into a terminal that a call left open. */
const TYPING: ReadonlySet<string> = new Set(['write', 'send-keys', 'submit', 'paste'])

export const openclawHost: HookHost = {
  facts,
  read,
  edited: (_payload, args) => `${JSON.stringify({ decision: 'allow', input: args })}\n`,
  results: {
    at: ({ event }) => (event === 'tool_result' ? 'tool_response' : undefined),
    replaced: ({ value }) => `${JSON.stringify({ decision: 'allow', output: value['tool_response'] ?? [] })}\n`,
  },
  install,
}

export const openclaw = hookGate(openclawHost)

/** What reaches it from others than its owner, by a channel or on a schedule, is not the person's word. */
function read(payload: HookPayload): HookEvent {
  const event = readEvent(payload, ACCENT)
  return event.kind === 'prompt' ? { ...event, origin: textOf(payload.value['origin']) } : event
}

function toolOf(name: string, { tool_kind: kind, tool_input: input }: JsonObject): HookTool {
  if (kind === 'code_mode_exec') return { tool: 'execute_code' }
  const action = typeof input === 'object' && input !== null && 'action' in input ? String(input['action']) : ''
  if (name === 'process') return { tool: TYPING.has(action) ? 'write_stdin' : name }
  // Tools of MCP servers are named after them.
  const [, server, tool] = /^([A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*)__(.+)$/s.exec(name) ?? []
  return server === undefined || tool === undefined ? { tool: name } : { tool, server }
}

/** The gate at Codex's hooks. It asks about every tool but not about what is typed into a running terminal. */
import { type HookEvent, readEvent } from '../hook-events.ts'
import { type HookPayload, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'
import { opensTerminal } from './terminals.ts'

const ACCENT = {
  call: new Set(['PreToolUse', 'PermissionRequest']),
  result: new Set(['PostToolUse']),
  prompt: new Set(['UserPromptSubmit']),
  end: new Set(['SessionEnd']),
  delegation: new Set(['SubagentStart']),
  // An `ask` from a hook is not understood by Codex, and the call would run.
  asks: 'later',
  echoes: new Set(['apply_patch', 'update_plan']),
} as const

export const codexHost: HookHost = {
  facts,
  read,
  edited: (_payload, args) =>
    `${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow', updatedInput: args } })}\n`,
  results: {
    at: ({ event }) => (event === 'PostToolUse' ? 'tool_response' : undefined),
    // The reason is all that the model gets to read; it stands where the result would.
    replaced: (_changed, text) => `${JSON.stringify({ decision: 'block', reason: text })}\n`,
  },
  install,
}

export const codex = hookGate(codexHost)

function read(payload: HookPayload): HookEvent {
  const event = terminal(readEvent(payload, ACCENT))
  return event.kind === 'call' && payload.event === 'PermissionRequest' ? { ...event, asks: 'nobody' } : event
}

/** What opens a terminal for later is another deed than running a command: policies ask about it. */
function terminal(event: HookEvent): HookEvent {
  if (event.kind !== 'call' || event.tool !== 'Bash' || event.server !== undefined) return event
  return opensTerminal(textOf(event.args['command']) ?? '') ? { ...event, tool: 'open_terminal' } : event
}

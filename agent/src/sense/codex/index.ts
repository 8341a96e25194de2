/** The gate at Codex's hooks. It asks about every tool but not about what is typed into a running terminal. */
import { type HookEvent, readEvent } from '../hook-events.ts'
import type { HookPayload } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

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
  install,
}

export const codex = hookGate(codexHost)

function read(payload: HookPayload): HookEvent {
  const event = readEvent(payload, ACCENT)
  return event.kind === 'call' && payload.event === 'PermissionRequest' ? { ...event, asks: 'nobody' } : event
}

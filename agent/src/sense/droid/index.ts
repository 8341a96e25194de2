/**
 * The gate at the hooks of Factory's Droid, which speak Claude Code's protocol with tool names of their own. What a hook asks about
 * Droid runs unasked and unchanged when nobody is at its window, so a question is a refusal here, and so is a masked call.
 */
import { type HookTool, mcpTool, readEvent } from '../hook-events.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['PreToolUse']),
  result: new Set(['PostToolUse']),
  prompt: new Set(['UserPromptSubmit']),
  end: new Set(['SessionEnd']),
  asks: 'later',
  echoes: new Set(['Create', 'Edit', 'ApplyPatch', 'TodoWrite']),
  name: toolOf,
} as const
const NAMES: Readonly<Record<string, string>> = {
  Execute: 'execute_command',
  Create: 'create_file',
  ApplyPatch: 'apply_patch',
  FetchUrl: 'fetch_url',
}

export const droidHost: HookHost = {
  facts,
  read: (payload) => readEvent(payload, ACCENT),
  install,
}

export const droid = hookGate(droidHost)

function toolOf(name: string): HookTool {
  return Object.hasOwn(NAMES, name) ? { tool: NAMES[name] ?? name } : mcpTool(name)
}

/** The gate at GitHub Copilot's hooks, those of its command line and those of VS Code, which are spelt differently. */
import type { JsonObject } from '@assize/kernel'
import { type HookTool, mcpTool, readEvent, stringsOf } from '../hook-events.ts'
import { objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['preToolUse', 'PreToolUse']),
  result: new Set(['postToolUse', 'PostToolUse']),
  failure: new Set(['postToolUseFailure', 'PostToolUseFailure']),
  prompt: new Set(['userPromptSubmitted', 'UserPromptSubmit']),
  end: new Set(['sessionEnd', 'SessionEnd']),
  delegation: new Set(['subagentStart', 'SubagentStart']),
  asks: 'host',
  input: ['toolArgs', 'tool_input'],
  response: ['toolResult', 'tool_result', 'tool_response'],
  echoes: new Set(['create', 'edit', 'str_replace_editor', 'apply_patch', 'update_todo', 'Write', 'Edit', 'TodoWrite']),
  name: toolOf,
} as const
/** Copilot's own names for what the kernel knows by others. */
const NAMES: Readonly<Record<string, string>> = { view: 'read_file', create: 'create_file', bash: 'bash', powershell: 'powershell' }

export const copilotHost: HookHost = {
  facts,
  read: (payload) => {
    const event = readEvent(payload, ACCENT)
    if (event.kind !== 'result' || event.text === '') return event
    const result = objectOf(payload.value['toolResult'] ?? payload.value['tool_result'])
    const shown = stringsOf(result['textResultForLlm'] ?? result['text_result_for_llm'])
    return shown === '' ? event : { ...event, text: shown }
  },
  ask: (payload, text) => decided(payload.event, 'ask', text, undefined),
  // The command line takes changed arguments without a decision beside them, and goes on as the person has set it up.
  edited: (payload, args, text) =>
    payload.event === 'preToolUse' ? `${JSON.stringify({ modifiedArgs: args })}\n` : decided(payload.event, 'ask', text, args),
  // What VS Code does with such an answer is not told, so there results go on as they came.
  results: {
    at: ({ event }) => (event === 'postToolUse' ? 'toolResult' : undefined),
    replaced: ({ value }, text) => {
      const resultType = textOf(objectOf(value['toolResult'])['resultType']) ?? 'success'
      return `${JSON.stringify({ modifiedResult: { resultType, textResultForLlm: text } })}\n`
    },
  },
  install,
}

export const copilot = hookGate(copilotHost)

function toolOf(name: string): HookTool {
  return Object.hasOwn(NAMES, name) ? { tool: NAMES[name] ?? name } : mcpTool(name)
}

/** The command line reads plain keys, VS Code those of Claude Code. Both answer an event as it was spelt. */
function decided(event: string, permissionDecision: 'ask' | 'allow', reason: string, args: JsonObject | undefined): string {
  const said = { permissionDecision, permissionDecisionReason: reason }
  const output =
    event === 'PreToolUse'
      ? { hookSpecificOutput: { hookEventName: event, ...said, ...(args === undefined ? {} : { updatedInput: args }) } }
      : { ...said, ...(args === undefined ? {} : { modifiedArgs: args }) }
  return `${JSON.stringify(output)}\n`
}

/** The gate at Claude Code's hooks: every tool call before it runs, every result before the model goes on. */
import type { JsonObject } from '@assize/kernel'
import { type HookEvent, type HookTool, mcpTool, NOTHING, originOf, readEvent } from '../hook-events.ts'
import { type HookPayload, objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const UNATTENDED: ReadonlySet<string> = new Set(['bypassPermissions', 'acceptEdits', 'dontAsk'])
/** Whose words a prompt is, where Claude Code tells. What the host itself writes into the prompt is not the person's word. */
const PERSON: ReadonlySet<string> = new Set(['user', 'sdk'])

const ACCENT = {
  call: new Set(['PreToolUse', 'PermissionRequest']),
  result: new Set(['PostToolUse']),
  failure: new Set(['PostToolUseFailure']),
  prompt: new Set(['UserPromptSubmit']),
  end: new Set(['SessionEnd']),
  delegation: new Set(['SubagentStart']),
  asks: 'host',
  name: toolOf,
  echoes: new Set(['Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'TodoWrite', 'ExitPlanMode', 'EnterPlanMode']),
} as const

export const claudeCodeHost: HookHost = {
  facts,
  read,
  ask: (_payload, text) => preToolUse('ask', text, {}),
  // A changed input needs a permission beside it: the person's, unless the person already chose to let edits through unseen.
  edited: ({ value }, args, text) =>
    preToolUse(UNATTENDED.has(textOf(value['permission_mode']) ?? '') ? 'allow' : 'ask', text, { updatedInput: args }),
  results: {
    at: ({ event }) => (event === 'PostToolUse' ? 'tool_response' : undefined),
    replaced: ({ value }) =>
      `${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: value['tool_response'] } })}\n`,
  },
  install,
}

export const claudeCode = hookGate(claudeCodeHost)

function read(payload: HookPayload): HookEvent {
  const event = readEvent(payload, ACCENT)
  const { value } = payload
  // By then the call was judged; only a no is added to the person's own dialog.
  if (event.kind === 'call' && payload.event === 'PermissionRequest') return { ...event, asks: 'nobody' }
  if (event.kind === 'prompt') {
    const source = textOf(value['source'])
    return source === undefined || PERSON.has(source) ? event : { ...event, origin: `prompt from ${source}` }
  }
  if (event.kind === 'result' && payload.event === 'PostToolUse') return fileResult(event, value)
  switch (payload.event) {
    case 'UserPromptExpansion':
      return expanded(value)
    case 'Elicitation':
      return asked(value)
    case 'ConfigChange':
      return {
        kind: 'note',
        subject: 'gate.settings-changed',
        detail: { source: textOf(value['source']) ?? 'unknown', path: textOf(value['file_path']) ?? '' },
      }
    default:
      return event
  }
}

/** A file that was read is its content, not the frame that the tool puts around it. */
function fileResult(event: Extract<HookEvent, { kind: 'result' }>, value: JsonObject): HookEvent {
  const content = textOf(objectOf(objectOf(value['tool_response'])['file'])['content'])
  return content === undefined || event.text === '' ? event : { ...event, text: content, origin: originOf(objectOf(value['tool_input'])) }
}

/** A prompt that a server made is the server's word, whoever called it up. */
function expanded(value: JsonObject): HookEvent {
  const text = textOf(value['prompt']) ?? ''
  if (value['expansion_type'] !== 'mcp_prompt' || text === '') return NOTHING
  return { kind: 'prompt', text, origin: `prompt ${textOf(value['command_name']) ?? 'of a server'}` }
}

/** What a server writes when it asks the person for something. */
function asked(value: JsonObject): HookEvent {
  const text = [textOf(value['message']), textOf(value['url'])].filter((part) => part !== undefined).join('\n')
  return text === '' ? NOTHING : { kind: 'prompt', text, origin: `question of ${textOf(value['mcp_server_name']) ?? 'a server'}` }
}

/** Which server a tool belongs to is told by Claude Code beside its name, which anybody can choose. */
function toolOf(name: string, value: JsonObject): HookTool {
  const server = textOf(objectOf(value['mcp_server'])['name'])
  if (server === undefined) return mcpTool(name)
  const prefix = `mcp__${server.replaceAll(/[^\w-]/g, '_')}__`
  return { tool: name.startsWith(prefix) ? name.slice(prefix.length) : mcpTool(name).tool, server }
}

function preToolUse(permissionDecision: 'allow' | 'ask', reason: string, more: JsonObject): string {
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: reason, ...more } }
  return `${JSON.stringify(output)}\n`
}

/** The gate at Claude Code's hooks: every tool call before it runs, every result before the model goes on. */
import type { JsonObject } from '@assize/kernel'
import { type HookEvent, NOTHING, originOf, readEvent, stringsOf } from '../hook-events.ts'
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
  echoes: new Set(['Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'TodoWrite', 'ExitPlanMode', 'EnterPlanMode']),
} as const

export const claudeCodeHost: HookHost = {
  facts,
  read,
  ask: (_payload, text) => preToolUse('ask', text, {}),
  // A changed input needs a permission beside it: the person's, unless the person already chose to let edits through unseen.
  edited: ({ value }, args, text) =>
    preToolUse(UNATTENDED.has(textOf(value['permission_mode']) ?? '') ? 'allow' : 'ask', text, { updatedInput: args }),
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
  if (payload.event === 'UserPromptExpansion' || payload.event === 'InstructionsLoaded') return loaded(value)
  if (payload.event === 'ElicitationResult')
    return { kind: 'prompt', text: stringsOf(value['content'] ?? value['response']), origin: undefined }
  return event
}

/** A file that was read is its content, not the frame that the tool puts around it. */
function fileResult(event: Extract<HookEvent, { kind: 'result' }>, value: JsonObject): HookEvent {
  const content = textOf(objectOf(objectOf(value['tool_response'])['file'])['content'])
  return content === undefined || event.text === '' ? event : { ...event, text: content, origin: originOf(objectOf(value['tool_input'])) }
}

/** Instructions that come out of a file are the file's word. */
function loaded(value: JsonObject): HookEvent {
  const origin = textOf(value['file_path']) ?? textOf(value['command_name'])
  const text = stringsOf(value['content'] ?? value['expanded_prompt'] ?? value['expansion'])
  return text === '' || origin === undefined ? NOTHING : { kind: 'prompt', text, origin }
}

function preToolUse(permissionDecision: 'allow' | 'ask', reason: string, more: JsonObject): string {
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: reason, ...more } }
  return `${JSON.stringify(output)}\n`
}

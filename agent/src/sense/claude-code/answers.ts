import type { Json, JsonObject } from '@assize/kernel'
import type { Answer, Edit, Ruling } from '../gate.ts'
import type { HookPayload } from './payload.ts'

/** No opinion: Claude Code goes on as if there were no hook. An allow would overrule the person's own permission prompts. */
export const NO_OPINION: Answer = answer({}, '')

const UNATTENDED: ReadonlySet<string> = new Set(['bypassPermissions', 'acceptEdits', 'dontAsk'])

export function toolAnswer(payload: HookPayload, ruling: Ruling): Answer {
  if (payload.event === 'PermissionRequest') return permissionAnswer(ruling)
  switch (ruling.action) {
    case 'release':
      return ruling.edits.length === 0 ? NO_OPINION : editedAnswer(payload, ruling)
    case 'ask-host':
      return preToolUse('ask', ruling.text, {})
    case 'block':
      return preToolUse('deny', ruling.text, {})
  }
}

/** Only a person's dialog is answered here, and only with a no. */
function permissionAnswer(ruling: Ruling): Answer {
  if (ruling.action !== 'block') return NO_OPINION
  return answer(
    { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: ruling.text, interrupt: false } } },
    ruling.text,
  )
}

/** A changed input needs a permission beside it: the person's, unless the person already chose to let edits through unseen. */
function editedAnswer(payload: HookPayload, ruling: Ruling): Answer {
  const permission = UNATTENDED.has(payload.permissionMode ?? '') ? 'allow' : 'ask'
  return preToolUse(permission, ruling.text, { updatedInput: ruling.edits.reduce(withEdit, payload.input) })
}

function preToolUse(permissionDecision: 'allow' | 'ask' | 'deny', reason: string, more: JsonObject): Answer {
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: reason, ...more } }
  return answer(output, permissionDecision === 'deny' ? reason : '')
}

function answer(output: JsonObject, stderr: string): Answer {
  return { action: 'reply', payload: Buffer.from(`${JSON.stringify(output)}\n`), extra: { exit: 0, stderr } }
}

/** The input with one string replaced; a pointer that leads nowhere changes nothing. */
export function withEdit(input: JsonObject, edit: Edit): JsonObject {
  const keys = edit.pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return replaced(input, keys, edit.value) as JsonObject
}

function replaced(value: Json, keys: readonly string[], text: string): Json {
  const [key, ...rest] = keys
  if (key === undefined) return text
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value
  if (Array.isArray(value)) return value.map((item: Json, index) => (String(index) === key ? replaced(item, rest, text) : item))
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, item]) => [name, name === key ? replaced(item, rest, text) : item]),
  )
}

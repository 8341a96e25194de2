/** Seconds Claude Code waits for the hook; the hook answers from its own, shorter deadline. */
const TIMEOUT_S = 10

const EVENTS = [
  'PreToolUse',
  'PermissionRequest',
  'PostToolUse',
  'PostToolUseFailure',
  'UserPromptSubmit',
  'SessionStart',
  'SessionEnd',
  'SubagentStart',
  'SubagentStop',
] as const
/** Where a hook that fails must stop the call. */
const GUARDING: ReadonlySet<string> = new Set(['PreToolUse', 'PermissionRequest'])

/** The settings that route Claude Code through this gate. `command` is started without a shell. */
export function hookSettings(command: readonly string[]): object {
  const [file = '', ...args] = command
  const entry = (event: string) => ({
    type: 'command',
    command: file,
    args,
    timeout: TIMEOUT_S,
    ...(GUARDING.has(event) ? { onFailure: 'block' } : {}),
  })
  return { hooks: Object.fromEntries(EVENTS.map((event) => [event, [{ matcher: '*', hooks: [entry(event)] }]])) }
}

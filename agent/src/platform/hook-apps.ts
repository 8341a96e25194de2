/** The applications behind hook gates, and what may truthfully be said about how far a hook covers each of them. */
export interface HookApp {
  /** Name of the application, as everywhere else. */
  readonly app: string
  /** `protected` only where the real client was seen to keep to it, also when the hook fails. */
  readonly state: 'protected' | 'partial'
  readonly reason: string
}

const WORD = "Its hook asks about every tool call; what happens when the hook fails is its maker's word, not seen here."

/** By the name of the gate. */
export const HOOK_APPS: Readonly<Record<string, HookApp>> = {
  'claude-code': { app: 'claude-code', state: 'protected', reason: 'Its hook asks about every tool call.' },
  codex: {
    app: 'codex',
    state: 'partial',
    reason: 'Its hook asks about every tool call, but not about what is typed into a terminal that a call left open.',
  },
  gemini: { app: 'gemini-cli', state: 'protected', reason: 'Its hook asks about every tool call.' },
  cursor: { app: 'cursor', state: 'partial', reason: WORD },
  copilot: { app: 'copilot-cli', state: 'protected', reason: 'Its hook asks about every tool call.' },
  windsurf: {
    app: 'windsurf',
    state: 'partial',
    reason:
      'Its hook asks about commands, MCP calls, reading and writing; it can refuse and nothing else, and its failing is not seen here.',
  },
  cline: {
    app: 'cline',
    state: 'partial',
    reason:
      "Its hook asks about every tool call. Seen with its command line; in an editor, what happens when the hook fails is its maker's word.",
  },
  goose: { app: 'goose', state: 'partial', reason: WORD },
  droid: { app: 'droid', state: 'protected', reason: 'Its hook asks about every tool call.' },
  opencode: {
    app: 'opencode',
    state: 'partial',
    reason: 'Its plugin asks about every tool call, unless it was started with `--pure`, which loads no plugins.',
  },
  openclaw: {
    app: 'openclaw',
    state: 'partial',
    reason: 'Its plugin asks about every tool call, but not in a run of `openclaw agent exec`, which loads no plugins.',
  },
  kiro: {
    app: 'kiro',
    state: 'partial',
    reason:
      "Its hook asks about every tool call, in its editor from version 1 and its command line from version 3; older ones do not read it. What happens when it fails is its maker's word, not seen here.",
  },
}

export function hookApp(gate: string): HookApp | undefined {
  return Object.hasOwn(HOOK_APPS, gate) ? HOOK_APPS[gate] : undefined
}

/** The facts of every host with hooks, for the front-end: it starts once per event and needs nothing else. */
import claudeCode from './claude-code/host.json' with { type: 'json' }
import cline from './cline/host.json' with { type: 'json' }
import codex from './codex/host.json' with { type: 'json' }
import copilot from './copilot/host.json' with { type: 'json' }
import cursor from './cursor/host.json' with { type: 'json' }
import droid from './droid/host.json' with { type: 'json' }
import gemini from './gemini/host.json' with { type: 'json' }
import goose from './goose/host.json' with { type: 'json' }
import kiro from './kiro/host.json' with { type: 'json' }
import type { HookFacts } from './hook-facts.ts'
import openclaw from './openclaw/host.json' with { type: 'json' }
import opencode from './opencode/host.json' with { type: 'json' }
import windsurf from './windsurf/host.json' with { type: 'json' }

export const HOOK_FACTS: readonly HookFacts[] = [
  claudeCode,
  codex,
  cursor,
  gemini,
  copilot,
  windsurf,
  cline,
  goose,
  droid,
  opencode,
  openclaw,
  kiro,
]

/** The gate at Gemini CLI's hooks: every tool call before it runs, every result before the model goes on. */
import type { JsonObject } from '@assize/kernel'
import { type HookTool, mcpTool, readEvent, stringsOf } from '../hook-events.ts'
import { objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['BeforeTool']),
  result: new Set(['AfterTool']),
  prompt: new Set(['BeforeAgent']),
  end: new Set(['SessionEnd']),
  // Without a window in front of it Gemini CLI refuses what a hook asks about, and in one it asks about the tool, not the reason.
  asks: 'later',
  echoes: new Set(['write_file', 'replace', 'write_todos', 'save_memory']),
  name: toolOf,
} as const

export const geminiHost: HookHost = {
  facts,
  read: (payload) => {
    const event = readEvent(payload, ACCENT)
    if (event.kind !== 'result' || event.text === '') return event
    // What the model is given; the rest of the response is for the person's eyes.
    const shown = objectOf(payload.value['tool_response'])['llmContent']
    const text = stringsOf(shown)
    return text === '' ? event : { ...event, text }
  },
  edited: (_payload, args) =>
    `${JSON.stringify({ decision: 'allow', hookSpecificOutput: { hookEventName: 'BeforeTool', tool_input: args } })}\n`,
  results: {
    at: ({ event }) => (event === 'AfterTool' ? 'tool_response' : undefined),
    replaced: (_changed, text) => `${JSON.stringify({ decision: 'deny', reason: text })}\n`,
  },
  install,
}

export const gemini = hookGate(geminiHost)

function toolOf(name: string, value: JsonObject): HookTool {
  const context = objectOf(value['mcp_context'])
  const server = textOf(context['server_name'])
  return server === undefined ? mcpTool(name) : { tool: textOf(context['tool_name']) ?? name, server }
}

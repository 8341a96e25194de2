/** The gate at Cursor's hooks: commands and MCP calls at events that can ask, every other tool at the one that cannot. */
import type { JsonObject } from '@assize/kernel'
import { argumentsOf, type HookCall, type HookEvent, mcpTool, NOTHING, readEvent, stringsOf } from '../hook-events.ts'
import { type HookPayload, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ACCENT = {
  call: new Set(['preToolUse']),
  result: new Set(['postToolUse']),
  failure: new Set(['postToolUseFailure']),
  prompt: new Set(['beforeSubmitPrompt']),
  end: new Set(['sessionEnd']),
  asks: 'later',
  response: ['tool_output'],
  echoes: new Set(['Write', 'StrReplace', 'Edit', 'MultiEdit', 'Delete', 'TodoWrite']),
  name: (tool: string) => mcpTool(tool.replace(/^MCP:/, '')),
} as const
/** Tools that an event of their own asks about, where Cursor can ask the person as well. */
const ASKED_ELSEWHERE = /^(?:Shell$|MCP:)/

export const cursorHost: HookHost = {
  facts,
  read,
  ask: (_payload, text) => `${JSON.stringify({ permission: 'ask', user_message: text, agent_message: text })}\n`,
  edited: ({ event }, args, text) =>
    event === 'preToolUse'
      ? `${JSON.stringify({ permission: 'allow', updated_input: args })}\n`
      : `${JSON.stringify({ permission: 'deny', user_message: text, agent_message: text })}\n`,
  results: {
    at: ({ event, tool }) => (event === 'postToolUse' && tool.startsWith('MCP:') ? 'tool_output' : undefined),
    replaced: ({ value }, text) => {
      const left = value['tool_output']
      return `${JSON.stringify({ updated_mcp_tool_output: typeof left === 'string' ? argumentsOf(left) : (left ?? text) })}\n`
    },
  },
  install,
}

export const cursor = hookGate(cursorHost)

function read(payload: HookPayload): HookEvent {
  const { value, event, tool, cwd } = payload
  const call = (more: Pick<HookCall, 'tool' | 'args' | 'asks'> & Partial<HookCall>): HookEvent => ({
    kind: 'call',
    callId: textOf(value['tool_use_id']),
    cwd,
    chain: [],
    ...more,
  })
  switch (event) {
    case 'preToolUse':
      return ASKED_ELSEWHERE.test(tool) ? NOTHING : readEvent(payload, ACCENT)
    case 'beforeShellExecution':
      return call({ tool: 'Shell', args: { command: textOf(value['command']) ?? '' }, asks: 'host' })
    case 'beforeMCPExecution':
      return call({ tool, ...serverOf(value), args: argumentsOf(value['tool_input']), asks: 'host' })
    case 'beforeReadFile':
    case 'beforeTabFileRead':
      return call({ tool: 'Read', args: { file_path: textOf(value['file_path']) ?? '' }, asks: 'later' })
    case 'subagentStart':
      return { kind: 'delegation', to: textOf(value['subagent_type']) ?? 'subagent', task: textOf(value['task']) ?? '' }
    case 'afterShellExecution':
      return { kind: 'result', callId: undefined, tool: 'Shell', text: stringsOf(value['output']), origin: undefined, failed: false }
    case 'afterMCPExecution':
      return { kind: 'result', callId: undefined, tool, ...serverOf(value), text: mcpText(value), origin: undefined, failed: false }
    default:
      return event === 'postToolUse' && ASKED_ELSEWHERE.test(tool) ? heardElsewhere(payload) : readEvent(payload, ACCENT)
  }
}

/** What a command or an MCP call gave back comes in by an event of its own; only here can that of an MCP call be changed. */
function heardElsewhere(payload: HookPayload): HookEvent {
  const event = payload.tool.startsWith('MCP:') ? readEvent(payload, ACCENT) : NOTHING
  return event.kind === 'result' ? { ...event, heard: true } : NOTHING
}

function mcpText(value: JsonObject): string {
  return stringsOf(typeof value['result_json'] === 'string' ? argumentsOf(value['result_json']) : value['result_json'])
}

/** A server is known by its address or the program it runs. */
function serverOf(value: JsonObject): { readonly server?: string } {
  const server = textOf(value['server_name']) ?? textOf(value['url']) ?? textOf(value['command'])
  return server === undefined ? {} : { server }
}
